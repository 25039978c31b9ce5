import type { z } from 'zod';

/**
 * What the rest of the program knows of language models. Agents use an `Assistant`: it asks, runs
 * tools, checks the form of the answer and keeps the budget. A provider is a `LanguageModel`.
 */

export type ToolCall = {
  /** Pairs the call with its result; made up where the provider gives none. */
  id: string;
  name: string;
  /** The parsed arguments, or the model's own text where that is not JSON. */
  input: unknown;
};

export type ModelMessage =
  | { role: 'system' | 'user'; content: string }
  | { role: 'assistant'; content: string; toolCalls?: readonly ToolCall[] }
  | { role: 'tool'; callId: string; name: string; content: string };

/** A function that a model may ask for; its schema is an object of named arguments. */
export type ToolDefinition = { name: string; description: string; schema: z.ZodType };

/** The form an answer must have. */
export type OutputForm = {
  /** A name of letters, digits and `_`; some servers show it to the model. */
  name: string;
  schema: z.ZodType;
};

export type ModelRequest = {
  messages: readonly ModelMessage[];
  tools?: readonly ToolDefinition[] | undefined;
  /** Asks the server to keep to this form; the reply's text still has to be checked. */
  output?: OutputForm | undefined;
  maxOutputTokens: number;
  /** The whole call with all its retries, in milliseconds. */
  timeoutMs: number;
  /** Ends the call; its reason is what the call throws. */
  signal?: AbortSignal | undefined;
  /** Asks for streaming, where the provider can. */
  onProgress?: ((event: ModelProgress) => void) | undefined;
};

/** What happens while a model works, for a person to watch. */
export type ModelProgress =
  | { kind: 'text'; text: string }
  /** The text so far is void: the call begins again after `waitMs`. */
  | { kind: 'restart'; why: string; waitMs: number }
  | { kind: 'tool'; name: string; input: unknown };

export type TokenUsage = {
  /** All tokens of the prompt, cached ones included. */
  inputTokens: number;
  /** Those of them that the server had seen before and charges less for. */
  cachedInputTokens: number;
  /** Written tokens, hidden reasoning included. */
  outputTokens: number;
};

export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'refused';

export type ModelReply = {
  text: string;
  toolCalls: readonly ToolCall[];
  finishReason: FinishReason;
  usage: TokenUsage;
  /** Milliseconds that the server took to load the model, where it tells. */
  loadMs?: number;
};

export type ModelCapabilities = {
  supportsTools: boolean;
  /** Tokens that prompt and answer may have together. */
  contextTokens: number;
  /** Tokens that the model may spend on thinking unseen, beyond those of the answer. */
  reasoningTokens: number;
};

/** One model of one provider. */
export type LanguageModel = {
  readonly provider: string;
  readonly name: string;
  /** True when what is asked does not leave this machine. */
  readonly isLocal: boolean;
  /** Asks the server where it can tell; never fails because it cannot. @throws ModelError */
  capabilities(signal?: AbortSignal): Promise<ModelCapabilities>;
  /** One exchange. Ends within `timeoutMs`. @throws ModelError; the signal's reason when aborted */
  generate(request: ModelRequest): Promise<ModelReply>;
};

/** A read-only tool of an agent. */
export type ModelTool = ToolDefinition & {
  /** @param input has been checked against `schema` @returns text for the model */
  run(input: unknown, signal: AbortSignal): Promise<string> | string;
};

/** Ties the type of `run`'s input to the schema. */
export function defineTool<S extends z.ZodType>(tool: {
  name: string;
  description: string;
  schema: S;
  run(input: z.output<S>, signal: AbortSignal): Promise<string> | string;
}): ModelTool {
  return { ...tool, run: (input, signal) => tool.run(input as z.output<S>, signal) };
}

export type Question<T> = {
  /** What the model is and must do: fixed text, trusted. */
  instructions: string;
  /** The case at hand. What comes from telemetry must already be fenced as data. */
  prompt: string;
  output: { name: string; schema: z.ZodType<T> };
  /** Used where the model can use tools; without them it answers from the prompt alone. */
  tools?: readonly ModelTool[] | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((event: ModelProgress) => void) | undefined;
};

/** One use of a tool, as the model saw it. */
export type ToolUse = {
  name: string;
  input: unknown;
  result: string;
  /** False when the tool did not run or failed, and the result says why. */
  ok: boolean;
};

export type Answer<T> = {
  value: T;
  toolUses: readonly ToolUse[];
  /** Exchanges with the model that it took. */
  calls: number;
  /** True when the first answer did not have the form, and the second had. */
  wasRepaired: boolean;
};

/** What models have cost so far. */
export type Spent = TokenUsage & {
  calls: number;
  /** In the currency of the price table; null when the model has no price in it. */
  money: number | null;
};

/** What an agent holds: one model, with everything that makes it safe to ask. */
export type Assistant = {
  readonly provider: string;
  readonly name: string;
  readonly isLocal: boolean;
  capabilities(signal?: AbortSignal): Promise<ModelCapabilities>;
  /** Tokens kept free for the answer. */
  readonly maxOutputTokens: number;
  /** Tokens of a text, estimated upwards. */
  countTokens(text: string): number;
  /** Tokens of the whole first request, form and tools included, estimated upwards. */
  countQuestion(question: Question<unknown>): Promise<number>;
  /**
   * Asks until there is an answer of the form: tools first, one repair at the most.
   * @throws ModelError when there is none; the deterministic answer then stands
   */
  ask<T>(question: Question<T>): Promise<Answer<T>>;
  /** All calls of the incident, whoever made them. */
  spent(): Spent;
};
