import type {
  LanguageModel,
  ModelMessage,
  ModelProgress,
  ModelReply,
  ModelRequest,
  ModelTool,
  OutputForm,
  ToolCall,
  ToolUse,
} from '#src/model/contract.ts';
import { printedCalls } from '#src/model/printed-calls.ts';
import { estimateRequest } from '#src/model/request-tokens.ts';
import { makeRoom } from '#src/model/tools/make-room.ts';
import { createToolRunner, type ToolRun, type ToolRunner } from '#src/model/tools/run-tools.ts';

export type ToolLoopOptions = {
  model: LanguageModel;
  messages: readonly ModelMessage[];
  tools: readonly ModelTool[];
  /** The form of the answer, which the server is held to once there are no more tools. */
  output: OutputForm;
  /** Calls of the model at the most; the last of them has no tools, so that it answers. */
  maxCalls: number;
  maxOutputTokens: number;
  /** Tokens that prompt and answer may have together. */
  contextTokens: number;
  /** One call of the model, in milliseconds. */
  timeoutMs: number;
  /** Tells an answer from a tool call that was printed as text. */
  isAnswer: (text: string) => boolean;
  signal?: AbortSignal | undefined;
  onProgress?: ((event: ModelProgress) => void) | undefined;
};

export type ToolLoopResult = {
  /** The conversation without the last reply. */
  messages: ModelMessage[];
  reply: ModelReply;
  toolUses: ToolUse[];
  calls: number;
};

/** Rounds of nothing but repeated calls before the model has to answer. */
const MOST_IDLE_ROUNDS = 2;

const ANSWER_NOW: ModelMessage = {
  role: 'user',
  content: 'No more tools. Answer now, in the form asked for, from what you know.',
};

/**
 * Lets a model use read-only tools until it answers. Calls for tools that do not exist, with wrong
 * arguments, or made before, are results that the model sees. Ends with a reply without tools:
 * when the model gives one, when the calls are used up, or when it turns in a circle.
 * @throws ModelError
 */
export async function runToolLoop(options: ToolLoopOptions): Promise<ToolLoopResult> {
  const { model, tools, output, signal, onProgress } = options;
  const names = new Set(tools.map((tool) => tool.name));
  const runner = createToolRunner(tools, { signal, onProgress });
  const ids = new Set<string>();
  let messages = [...options.messages];
  let idleRounds = 0;
  const ask = (given: Pick<ModelRequest, 'messages' | 'tools' | 'output'>): Promise<ModelReply> => {
    const { maxOutputTokens, timeoutMs } = options;
    return model.generate({ ...given, maxOutputTokens, timeoutMs, signal, onProgress });
  };
  for (let call = 1; ; call++) {
    const isLast = call >= options.maxCalls || idleRounds >= MOST_IDLE_ROUNDS;
    if (isLast && call > 1) messages.push(ANSWER_NOW);
    messages = withRoom(messages, isLast ? [] : tools, options, runner);
    const reply = await ask(isLast ? { messages, output } : { messages, tools });
    const calls = isLast ? [] : withOwnIds(callsOf(reply, names, options.isAnswer), ids);
    if (calls.length === 0) return { messages, reply, toolUses: runner.uses(), calls: call };
    const runs = await runner.run(calls);
    idleRounds = runs.every((run) => run.isRepeat) ? idleRounds + 1 : 0;
    messages.push(turnOf(reply, calls), ...runs.map(resultOf));
  }
}

function callsOf(
  reply: ModelReply,
  names: ReadonlySet<string>,
  isAnswer: (text: string) => boolean,
): readonly ToolCall[] {
  if (reply.toolCalls.length > 0) return reply.toolCalls;
  return isAnswer(reply.text) ? [] : printedCalls(reply.text, names);
}

/** The model's turn as a call proper, also where it was printed, so that it sees how it is done. */
function turnOf(reply: ModelReply, calls: readonly ToolCall[]): ModelMessage {
  const content = reply.toolCalls.length > 0 ? reply.text : '';
  return { role: 'assistant', content, toolCalls: calls };
}

function resultOf(run: ToolRun): ModelMessage {
  return { role: 'tool', callId: run.call.id, name: run.call.name, content: run.result };
}

function withRoom(
  messages: readonly ModelMessage[],
  tools: readonly ModelTool[],
  options: ToolLoopOptions,
  runner: ToolRunner,
): ModelMessage[] {
  const fixed = estimateRequest({ messages: [], tools });
  const room = options.contextTokens - options.maxOutputTokens - fixed;
  return makeRoom(messages, room, runner.forget);
}

/** Ids that pair one call with one result, also where a provider counts from one each time. */
function withOwnIds(calls: readonly ToolCall[], taken: Set<string>): ToolCall[] {
  return calls.map((call) => {
    let id = call.id;
    for (let number = 2; taken.has(id); number++) id = `${call.id}-${number}`;
    taken.add(id);
    return { ...call, id };
  });
}
