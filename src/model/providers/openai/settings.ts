import type { ReasoningEffort } from 'openai/resources/shared';

export type OpenAiSettings = {
  /** `https://api.openai.com/v1` by default; any server that speaks the same protocol. */
  baseUrl?: string | undefined;
  /** Required by OpenAI itself; servers of one's own often need none. */
  apiKey?: string | undefined;
  model: string;
  /** Tokens that prompt and answer may have together, where the server does not tell. */
  contextTokens?: number | undefined;
  temperature?: number | undefined;
  /** For reasoning models. */
  reasoningEffort?: Exclude<ReasoningEffort, null> | undefined;
  /** Room for the hidden reasoning of such models, in tokens. */
  reasoningTokens?: number | undefined;
};

export const OPENAI_DEFAULTS = {
  baseUrl: 'https://api.openai.com/v1',
  contextTokens: 128_000,
  /** Servers of one's own mostly run smaller models with less memory. */
  ownContextTokens: 16_384,
  temperature: 0,
  reasoningTokens: 8192,
} as const;

/** OpenAI's own server, whose rules are known and which needs a key. */
export function isOpenAi(baseUrl: string): boolean {
  try {
    return new URL(baseUrl).hostname.endsWith('openai.com');
  } catch {
    return false;
  }
}

/**
 * Models that think before they answer, by name: they refuse a temperature and count their
 * thoughts as output. https://platform.openai.com/docs/guides/reasoning
 */
export function isReasoningModel(model: string): boolean {
  const name = model.slice(model.lastIndexOf('/') + 1);
  return /^(?:o\d|gpt-(?:[5-9]|\d\d|oss))/.test(name) && !name.includes('chat');
}
