import type { OpenAI } from 'openai/client';

/** Where servers put the size of a model's context in `/models`: vLLM, OpenRouter, Groq, LM Studio. */
const FIELDS = ['max_model_len', 'context_length', 'context_window', 'max_context_length'];

/** The context of a model in tokens, from the server's list; null when it does not tell. */
export async function readContextTokens(client: OpenAI, model: string): Promise<number | null> {
  const page = (await client.models.list()) as unknown as { data?: unknown };
  if (!Array.isArray(page.data)) return null;
  const entry = page.data.find(
    (item: unknown) => (item as { id?: unknown } | null)?.id === model,
  ) as Record<string, unknown> | undefined;
  const size = FIELDS.map((field) => entry?.[field]).find((value) => typeof value === 'number');
  return typeof size === 'number' && size > 0 ? Math.floor(size) : null;
}
