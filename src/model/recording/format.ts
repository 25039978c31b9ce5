import { z } from 'zod';
import type { ModelRequest } from '#src/model/contract.ts';
import { jsonSchemaOf } from '#src/model/json-schema.ts';
import { shortHash } from '#src/platform/hash.ts';
import { stableJson } from '#src/platform/stable-json.ts';

/**
 * Recorded exchanges with a model: `model/<agent>.ndjson` of a bundle, one JSON object a line, in
 * the order in which the agent asked. A replay gives the agent's nth call the nth line, and only
 * if the request is the same: `key` is a hash of its messages, tools and form.
 *
 * ```jsonc
 * {
 *   "key": "…",              // 16 hex digits; "*" in a line that a person wrote: any request fits
 *   "agent": "triage", "call": 1,
 *   "model": { "provider": "ollama", "name": "mistral-nemo",
 *              "supportsTools": true, "contextTokens": 32768, "reasoningTokens": 0 },
 *   "request": { "messages": [{ "role": "user", "content": "…" }], "tools": ["read_file"], "output": "triage" },
 *   "reply": { "text": "…", "toolCalls": [], "finishReason": "stop" },
 *   "usage": { "inputTokens": 0, "cachedInputTokens": 0, "outputTokens": 0 },
 *   "error": { "class": "ModelUnavailableError", "message": "…" }   // in place of reply and usage
 * }
 * ```
 *
 * `model` is what prompts were made to fit, so that a replay makes the same ones. A failed call is
 * recorded too: the analysis went on without it. What is recorded has been redacted before.
 */
const toolCall = z.object({ id: z.string(), name: z.string(), input: z.unknown() });

const message = z.union([
  z.object({ role: z.enum(['system', 'user']), content: z.string() }),
  z.object({
    role: z.literal('assistant'),
    content: z.string(),
    toolCalls: z.array(toolCall).optional(),
  }),
  z.object({ role: z.literal('tool'), callId: z.string(), name: z.string(), content: z.string() }),
]);

const count = z.number().int().nonnegative();

const usage = z.object({
  inputTokens: count,
  cachedInputTokens: count.default(0),
  outputTokens: count,
});

export const exchangeSchema = z
  .object({
    key: z.string().default('*'),
    agent: z.string().optional(),
    call: count.optional(),
    model: z
      .object({
        provider: z.string(),
        name: z.string(),
        supportsTools: z.boolean(),
        contextTokens: count,
        reasoningTokens: count.default(0),
      })
      .optional(),
    request: z
      .object({
        messages: z.array(message),
        tools: z.array(z.string()).optional(),
        output: z.string().optional(),
      })
      .optional(),
    reply: z
      .object({
        text: z.string(),
        toolCalls: z.array(toolCall).default([]),
        finishReason: z.enum(['stop', 'length', 'tool-calls', 'refused']).default('stop'),
      })
      .optional(),
    usage: usage.default({ inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 }),
    error: z
      .object({
        class: z.string(),
        message: z.string(),
        hint: z.string().optional(),
        which: z.enum(['steps', 'tokens', 'money', 'seconds']).optional(),
      })
      .optional(),
  })
  .refine((line) => (line.reply === undefined) !== (line.error === undefined), {
    error: 'expected either reply or error',
  });
export type Exchange = z.infer<typeof exchangeSchema>;

/** A line of this key answers whatever is asked. */
export const ANY_REQUEST = '*';

/** What tells one request from another. */
export function requestKey(request: Pick<ModelRequest, 'messages' | 'tools' | 'output'>): string {
  const tools = (request.tools ?? []).map(({ name, description, schema }) => ({
    name,
    description,
    parameters: jsonSchemaOf(schema),
  }));
  const output = request.output && {
    name: request.output.name,
    schema: jsonSchemaOf(request.output.schema),
  };
  return shortHash([stableJson({ messages: request.messages, tools, output: output ?? null })], 16);
}

/** The file of an agent's exchanges, relative to the bundle. */
export function exchangeFile(agent: string): string {
  return `model/${agent.replace(/[^a-z0-9-]/gi, '-')}.ndjson`;
}
