import type { Budget } from '#src/model/budget.ts';
import type {
  Answer,
  Assistant,
  LanguageModel,
  ModelMessage,
  ModelReply,
  Question,
  ToolUse,
} from '#src/model/contract.ts';
import { formInstruction } from '#src/model/describe-form.ts';
import { ModelOutputError } from '#src/model/errors.ts';
import { estimateRequest } from '#src/model/request-tokens.ts';
import { readAnswer, repairMessages } from '#src/model/structured.ts';
import { estimateTokens } from '#src/model/tokens.ts';
import { runToolLoop } from '#src/model/tool-loop.ts';

export type AssistantOptions = {
  model: LanguageModel;
  /** The incident's; `model` keeps to it. */
  budget: Budget;
  /** Tokens of one answer. */
  maxOutputTokens: number;
  /** One call of the model, in milliseconds. */
  timeoutMs: number;
  /** Calls of the model for one question, the repair not counted. */
  maxCalls: number;
};

const USE_TOOLS = 'Use the tools to look things up first, then answer.';

/** Ties a model, its budget and the reading of its answers together for one agent. */
export function createAssistant(options: AssistantOptions): Assistant {
  const { model, budget, maxOutputTokens, timeoutMs } = options;

  const ask = async <T>(question: Question<T>): Promise<Answer<T>> => {
    const { output, signal, onProgress } = question;
    const explored = await explore(question, options);
    const read = readAnswer(explored.reply.text, output.schema, isCut(explored.reply));
    const told = { toolUses: explored.toolUses, calls: explored.calls };
    if (read.ok) return { value: read.value, ...told, wasRepaired: false };

    onProgress?.({ kind: 'restart', why: 'the answer did not have the form', waitMs: 0 });
    const turn = repairMessages(explored.reply.text, output.schema, read.problems);
    const messages = [...explored.messages, ...turn];
    const request = { messages, output, maxOutputTokens, timeoutMs, signal, onProgress };
    const second = await model.generate(request);
    const reread = readAnswer(second.text, output.schema, isCut(second));
    if (!reread.ok) throw unusable(second, reread.problems);
    return { value: reread.value, ...told, calls: told.calls + 1, wasRepaired: true };
  };

  return {
    provider: model.provider,
    name: model.name,
    isLocal: model.isLocal,
    maxOutputTokens,
    capabilities: (signal) => model.capabilities(signal),
    countTokens: estimateTokens,
    countQuestion: async (question) => {
      const tools = await usableTools(question, model);
      return estimateRequest({ messages: messagesOf(question, tools.length > 0), tools });
    },
    ask,
    spent: () => budget.spent(),
  };
}

type Explored = {
  messages: readonly ModelMessage[];
  reply: ModelReply;
  toolUses: readonly ToolUse[];
  calls: number;
};

async function explore<T>(question: Question<T>, options: AssistantOptions): Promise<Explored> {
  const { model, budget, maxOutputTokens, timeoutMs } = options;
  const { output, signal, onProgress } = question;
  const tools = await usableTools(question, model);
  if (tools.length === 0) {
    const messages = messagesOf(question, false);
    const request = { messages, output, maxOutputTokens, timeoutMs, signal, onProgress };
    return { messages, reply: await model.generate(request), toolUses: [], calls: 1 };
  }
  const { contextTokens, reasoningTokens } = await model.capabilities(signal);
  return runToolLoop({
    model,
    messages: messagesOf(question, true),
    tools,
    output,
    // One step is kept for the repair, where there is more than one.
    maxCalls: Math.max(1, Math.min(options.maxCalls, budget.stepsLeft() - 1)),
    maxOutputTokens,
    contextTokens: contextTokens - reasoningTokens,
    timeoutMs,
    isAnswer: (text) => readAnswer(text, output.schema).ok,
    signal,
    onProgress,
  });
}

async function usableTools<T>(question: Question<T>, model: LanguageModel) {
  const tools = question.tools ?? [];
  if (tools.length === 0) return [];
  const { supportsTools } = await model.capabilities(question.signal);
  return supportsTools ? tools : [];
}

/** The form is told in words too: not every server holds a model to it, and none shows it. */
function messagesOf<T>(question: Question<T>, hasTools: boolean): ModelMessage[] {
  const parts = [
    question.instructions,
    ...(hasTools ? [USE_TOOLS] : []),
    formInstruction(question.output.schema),
  ];
  return [
    { role: 'system', content: parts.join('\n\n') },
    { role: 'user', content: question.prompt },
  ];
}

function isCut(reply: ModelReply): boolean {
  return reply.finishReason === 'length';
}

function unusable(reply: ModelReply, problems: readonly string[]): ModelOutputError {
  const hint = isCut(reply) ? { hint: 'Allow longer answers in the configuration.' } : {};
  return new ModelOutputError(`the answer does not have the form: ${problems[0] ?? ''}`, {
    text: reply.text,
    ...hint,
  });
}
