import type { ChatCompletionChunk } from 'openai/resources/chat/completions/completions';
import type { FinishReason, ModelProgress, ModelReply, ToolCall } from '#src/model/contract.ts';
import { ModelOutputError, ModelRefusedError, ModelUnavailableError } from '#src/model/errors.ts';
import { serverWords } from '#src/model/exchange/failure.ts';

/**
 * What comes back, with nothing taken for granted: servers that are only compatible send lists
 * for text, objects for arguments, or leave fields out.
 */
type Loose = { readonly [key: string]: unknown };

/** The parts of a reply, whether it came in one piece or in many. */
export type Gathered = {
  text: string[];
  refusal: string[];
  calls: Map<number, { id: string; name: string; input: string[]; object?: unknown }>;
  finish: string | undefined;
  usage: Loose | undefined;
};

const MOST_CALLS = 64;

function emptyGathering(): Gathered {
  return { text: [], refusal: [], calls: new Map(), finish: undefined, usage: undefined };
}

const asObject = (value: unknown): Loose | undefined =>
  typeof value === 'object' && value !== null ? (value as Loose) : undefined;

/** Reads a whole completion. @throws ModelOutputError when it is none */
export function gatherCompletion(completion: unknown): Gathered {
  const gathered = emptyGathering();
  const { choices, usage } = asObject(completion) ?? {};
  const choice = asObject(Array.isArray(choices) ? choices[0] : undefined);
  if (choice === undefined) {
    throw new ModelOutputError('the server did not answer with a chat completion', {
      hint: 'Check that the base URL ends where /chat/completions begins, mostly in /v1.',
    });
  }
  gatherMessage(gathered, asObject(choice.message) ?? {});
  gathered.finish = typeof choice.finish_reason === 'string' ? choice.finish_reason : 'stop';
  gathered.usage = asObject(usage);
  return gathered;
}

/**
 * Reads a stream to its end. @throws ModelUnavailableError when it ends before the reply does
 */
export async function gatherStream(
  stream: AsyncIterable<ChatCompletionChunk>,
  onProgress: ((event: ModelProgress) => void) | undefined,
): Promise<Gathered> {
  const gathered = emptyGathering();
  for await (const chunk of stream) {
    const { choices, usage } = chunk as unknown as Loose;
    gathered.usage = asObject(usage) ?? gathered.usage;
    const choice = asObject(Array.isArray(choices) ? choices[0] : undefined);
    if (choice === undefined) continue;
    const before = gathered.text.length;
    gatherMessage(gathered, asObject(choice.delta) ?? {});
    for (const text of gathered.text.slice(before)) onProgress?.({ kind: 'text', text });
    if (typeof choice.finish_reason === 'string') gathered.finish = choice.finish_reason;
  }
  if (gathered.finish === undefined) {
    throw new ModelUnavailableError('the answer was cut off', { isRetryable: true });
  }
  return gathered;
}

function gatherMessage(gathered: Gathered, message: Loose): void {
  gathered.text.push(...textsOf(message.content));
  gathered.refusal.push(...textsOf(message.refusal));
  if (!Array.isArray(message.tool_calls)) return;
  message.tool_calls.forEach((item: unknown, position) => {
    const call = asObject(item);
    const parts = asObject(call?.function);
    const index = typeof call?.index === 'number' ? call.index : position;
    if (parts === undefined || gathered.calls.size >= MOST_CALLS) return;
    const known = gathered.calls.get(index) ?? { id: '', name: '', input: [] };
    if (typeof call?.id === 'string' && call.id !== '') known.id = call.id;
    if (typeof parts.name === 'string') known.name += parts.name;
    if (typeof parts.arguments === 'string') known.input.push(parts.arguments);
    else if (parts.arguments !== undefined) known.object = parts.arguments;
    gathered.calls.set(index, known);
  });
}

function textsOf(content: unknown): string[] {
  if (typeof content === 'string') return content === '' ? [] : [content];
  if (!Array.isArray(content)) return [];
  return content.flatMap((part: unknown) => textsOf(asObject(part)?.text));
}

/** @param estimate used where the server gives no usage @throws ModelRefusedError */
export function toReply(gathered: Gathered, estimate: () => ModelReply['usage']): ModelReply {
  const text = gathered.text.join('');
  if (gathered.refusal.length > 0 || gathered.finish === 'content_filter') {
    const words = serverWords(gathered.refusal.join(''));
    throw new ModelRefusedError(
      words === '' ? 'the content filter stopped the answer' : `the model declined: ${words}`,
    );
  }
  const toolCalls = [...gathered.calls.entries()]
    .sort(([a], [b]) => a - b)
    .filter(([, call]) => call.name !== '')
    .map(
      ([index, call]): ToolCall => ({
        id: call.id === '' ? `call-${index + 1}` : call.id,
        name: call.name,
        input: call.object ?? parseInput(call.input.join('')),
      }),
    );
  return {
    text,
    toolCalls,
    finishReason: finishReason(gathered.finish, toolCalls.length > 0),
    usage: usageOf(gathered.usage) ?? estimate(),
  };
}

function parseInput(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function finishReason(word: string | undefined, hasCalls: boolean): FinishReason {
  if (word === 'length') return 'length';
  return hasCalls ? 'tool-calls' : 'stop';
}

function usageOf(usage: Loose | undefined): ModelReply['usage'] | undefined {
  const inputTokens = count(usage?.prompt_tokens);
  const outputTokens = count(usage?.completion_tokens);
  if (inputTokens === undefined || outputTokens === undefined) return undefined;
  const cached = count(asObject(usage?.prompt_tokens_details)?.cached_tokens) ?? 0;
  return { inputTokens, outputTokens, cachedInputTokens: Math.min(cached, inputTokens) };
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}
