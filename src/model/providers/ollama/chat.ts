import type { ChatRequest, ChatResponse, Ollama } from 'ollama';
import type {
  FinishReason,
  ModelCapabilities,
  ModelReply,
  ModelRequest,
  ToolCall,
} from '#src/model/contract.ts';
import { PromptTooLongError } from '#src/model/errors.ts';
import { jsonSchemaOf } from '#src/model/json-schema.ts';
import { contextSize } from '#src/model/providers/ollama/context-size.ts';
import {
  toOllamaMessages,
  toOllamaTools,
  toToolCalls,
} from '#src/model/providers/ollama/messages.ts';
import { loadedContext } from '#src/model/providers/ollama/model-facts.ts';
import { estimateRequest } from '#src/model/request-tokens.ts';

export type ChatOptions = {
  model: string;
  keepAlive: string;
  temperature: number;
  think: boolean | 'low' | 'medium' | 'high' | undefined;
};

type Loaded = ChatOptions & ModelCapabilities & { loadedSize: number };

/** The estimate is at most this many times the true count, for any text a prompt is made of. */
const MOST_OVER = 4;

/** One exchange. Always streamed: the server then stops writing when the call is aborted. */
export async function chat(
  client: Ollama,
  request: ModelRequest,
  options: Loaded,
): Promise<{ reply: ModelReply; contextSize: number }> {
  const promptTokens = estimateRequest(request);
  const outputTokens = request.maxOutputTokens + options.reasoningTokens;
  const size = contextSize({
    promptTokens,
    outputTokens,
    contextTokens: options.contextTokens,
    current: options.loadedSize,
  });
  const stream = await client.chat(toChatRequest(request, options, size, outputTokens));
  const { reply, promptCount } = await readStream(stream, request, promptTokens);
  await refuseCutPrompt(client, options.model, { size, promptTokens, promptCount });
  return { reply, contextSize: size };
}

function toChatRequest(
  request: ModelRequest,
  options: Loaded,
  size: number,
  outputTokens: number,
): ChatRequest & { stream: true } {
  const { tools, output } = request;
  const offersTools = options.supportsTools && tools !== undefined && tools.length > 0;
  return {
    model: options.model,
    messages: toOllamaMessages(request.messages),
    stream: true,
    keep_alive: options.keepAlive,
    ...(offersTools ? { tools: toOllamaTools(tools) } : {}),
    // A grammar for the answer would keep the model from calling tools.
    ...(output && !offersTools ? { format: jsonSchemaOf(output.schema) } : {}),
    ...(options.think === undefined ? {} : { think: options.think }),
    options: { num_ctx: size, num_predict: outputTokens, temperature: options.temperature },
    // Since 0.12 a server that is told so refuses a prompt that does not fit; by default it cuts
    // the prompt, and drops its beginning while it writes, without a word of it.
    ...{ truncate: false, shift: false },
  };
}

async function readStream(
  stream: AsyncIterable<ChatResponse>,
  request: ModelRequest,
  promptTokens: number,
): Promise<{ reply: ModelReply; promptCount: number | undefined }> {
  const pieces: string[] = [];
  const toolCalls: ToolCall[] = [];
  let last: Partial<ChatResponse> = {};
  for await (const part of stream) {
    const text: unknown = part.message?.content;
    if (typeof text === 'string' && text !== '') {
      pieces.push(text);
      request.onProgress?.({ kind: 'text', text });
    }
    toolCalls.push(...toToolCalls(part.message?.tool_calls, toolCalls.length));
    last = part;
  }
  // Nothing or nought where the whole prompt was in the server's cache.
  const promptCount = count(last.prompt_eval_count) || undefined;
  return {
    promptCount,
    reply: {
      text: pieces.join(''),
      toolCalls,
      finishReason: finishReason(last.done_reason, toolCalls.length > 0),
      usage: {
        inputTokens: promptCount ?? promptTokens,
        cachedInputTokens: 0,
        outputTokens: count(last.eval_count) ?? 0,
      },
      loadMs: Math.round((count(last.load_duration) ?? 0) / 1_000_000),
    },
  };
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function finishReason(word: string | undefined, hasCalls: boolean): FinishReason {
  if (word === 'length') return 'length';
  return hasCalls ? 'tool-calls' : 'stop';
}

/**
 * A server that does not know `truncate`, or was started with a smaller context, answers from a
 * part of the prompt. A low count alone can also mean that the rest was cached, so the server is
 * asked how large the context is that it really made.
 * @throws PromptTooLongError
 */
async function refuseCutPrompt(
  client: Ollama,
  model: string,
  seen: { size: number; promptTokens: number; promptCount: number | undefined },
): Promise<void> {
  const { size, promptTokens, promptCount } = seen;
  if (promptCount === undefined) return;
  const isLow = promptCount < promptTokens / MOST_OVER;
  if (promptCount < size && !isLow) return;
  const real = promptCount >= size ? size : await loadedContext(client, model).catch(() => null);
  if (real === null || (promptCount < size && real >= size)) return;
  throw new PromptTooLongError(
    `the server cut the prompt: it read ${promptCount} tokens of about ${promptTokens}`,
    {
      promptTokens,
      contextTokens: real,
      hint: 'Raise OLLAMA_CONTEXT_LENGTH of the server, or allow a smaller context in the configuration.',
    },
  );
}
