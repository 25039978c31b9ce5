import type { Ollama } from 'ollama';

export type OllamaFacts = {
  /** What the model was trained for, in tokens; null when the server does not tell. */
  contextTokens: number | null;
  supportsTools: boolean;
  thinks: boolean;
};

export const NO_FACTS: OllamaFacts = { contextTokens: null, supportsTools: false, thinks: false };

/** Reads `/api/show`. Servers before 0.6 have no list of capabilities: their template tells. */
export async function readModelFacts(client: Ollama, model: string): Promise<OllamaFacts> {
  const shown = (await client.show({ model })) as unknown as Record<string, unknown>;
  const info = (shown.model_info ?? {}) as Record<string, unknown>;
  const length = Object.entries(info).find(([key]) => key.endsWith('.context_length'))?.[1];
  const listed = Array.isArray(shown.capabilities) ? (shown.capabilities as unknown[]) : null;
  const template = typeof shown.template === 'string' ? shown.template : '';
  return {
    contextTokens: typeof length === 'number' && length > 0 ? Math.floor(length) : null,
    supportsTools: listed ? listed.includes('tools') : template.includes('.Tools'),
    thinks: listed?.includes('thinking') ?? false,
  };
}

/** The context that the loaded model really has, from `/api/ps`; null when the server does not tell. */
export async function loadedContext(client: Ollama, model: string): Promise<number | null> {
  const { models } = (await client.ps()) as unknown as { models?: unknown };
  if (!Array.isArray(models)) return null;
  const names = new Set([model, `${model}:latest`]);
  const loaded = models.find((item: unknown) => {
    const { name, model: id } = (item ?? {}) as { name?: unknown; model?: unknown };
    return names.has(String(name)) || names.has(String(id));
  }) as { context_length?: unknown } | undefined;
  return typeof loaded?.context_length === 'number' ? loaded.context_length : null;
}
