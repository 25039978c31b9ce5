/**
 * What a server of the OpenAI protocol understands. Servers differ in small ways and say so only
 * when they refuse a request, so the dialect is learnt: one step down for each refusal.
 */
export type Dialect = {
  limitField: 'max_completion_tokens' | 'max_tokens';
  sendsTemperature: boolean;
  sendsReasoningEffort: boolean;
  /** How the form of the answer is asked for: by schema, strictly or not, as some JSON, or in words. */
  form: 'strict-schema' | 'schema' | 'json' | 'words';
  sendsStreamUsage: boolean;
  sendsTools: boolean;
};

/** The best guess before the first answer. */
export function firstDialect(server: { isOpenAi: boolean; isReasoning: boolean }): Dialect {
  const isModern = server.isOpenAi || server.isReasoning;
  return {
    limitField: isModern ? 'max_completion_tokens' : 'max_tokens',
    sendsTemperature: !server.isReasoning,
    sendsReasoningEffort: server.isReasoning,
    form: 'strict-schema',
    sendsStreamUsage: true,
    sendsTools: true,
  };
}

export type Refusal = {
  status: number | undefined;
  /** The parameter that the server named, where it did. */
  param: string | null | undefined;
  message: string;
};

/** What a request used of the dialect: only that can have been the reason of a refusal. */
export type Used = {
  form: boolean;
  tools: boolean;
  streamUsage: boolean;
  reasoningEffort: boolean;
};

const LESSER_FORM = {
  'strict-schema': 'schema',
  schema: 'json',
  json: 'words',
  words: 'words',
} as const;

const FORM_WORDS =
  /response_format|json_schema|json_object|\bschema\b|guided|grammar|structured output/i;

/**
 * The dialect to try next after a refusal.
 * @returns null when the refusal has nothing to do with the dialect
 */
export function adapt(dialect: Dialect, refusal: Refusal, used: Used): Dialect | null {
  const { status, message } = refusal;
  const isRefusal =
    status === 400 || status === 404 || status === 415 || status === 422 || status === 501;
  // llama.cpp and others answer 500 when they cannot turn a schema into a grammar.
  const isGrammar = status === 500 && used.form && FORM_WORDS.test(message);
  if (!isRefusal && !isGrammar) return null;
  const about = `${refusal.param ?? ''} ${message}`.slice(0, 4000);
  if (/max_(?:completion_)?tokens/i.test(about) && isUnknown(about)) {
    const other = dialect.limitField === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
    return { ...dialect, limitField: other };
  }
  if (dialect.sendsTemperature && /temperature/i.test(about)) {
    return { ...dialect, sendsTemperature: false };
  }
  if (used.reasoningEffort && /reasoning/i.test(about)) {
    return { ...dialect, sendsReasoningEffort: false };
  }
  if (used.streamUsage && /stream_options|include_usage/i.test(about)) {
    return { ...dialect, sendsStreamUsage: false };
  }
  if (used.tools && /\btools?\b|tool_choice|function call/i.test(about)) {
    return { ...dialect, sendsTools: false };
  }
  if (used.form && dialect.form !== 'words' && FORM_WORDS.test(about)) {
    return { ...dialect, form: LESSER_FORM[dialect.form] };
  }
  return null;
}

/** Told apart from "too large": then the other field's name would not help. */
function isUnknown(about: string): boolean {
  return /unsupported|unknown|unrecognized|not supported|not permitted|forbidden|extra|instead|unexpected|invalid (?:field|param|argument)/i.test(
    about,
  );
}
