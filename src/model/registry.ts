import type { LanguageModel } from '#src/model/contract.ts';
import type { ProviderTools } from '#src/model/exchange/tools.ts';
import type { OllamaSettings } from '#src/model/providers/ollama/settings.ts';
import { createOllamaModel } from '#src/model/providers/ollama.ts';
import type { OpenAiSettings } from '#src/model/providers/openai/settings.ts';
import { createOpenAiModel } from '#src/model/providers/openai.ts';
import { createRecordedModel, type RecordedSettings } from '#src/model/providers/recorded.ts';

/** The slices of the configuration that the providers take. */
export type ProviderSettings = {
  ollama: OllamaSettings;
  openai: OpenAiSettings;
  recorded: RecordedSettings;
};

type Factories = {
  [Id in keyof ProviderSettings]: (
    settings: ProviderSettings[Id],
    tools: ProviderTools,
  ) => LanguageModel;
};

/** Every model provider. Add one by writing `providers/<id>.ts` and a line here. */
export const PROVIDERS = {
  ollama: createOllamaModel,
  openai: createOpenAiModel,
  recorded: createRecordedModel,
} satisfies Factories;

export type ProviderId = keyof typeof PROVIDERS;

/**
 * One model. Keep it for as long as the process asks the same model of the same server: it
 * remembers what the server understands and how large a context is loaded.
 */
export function createModel<Id extends ProviderId>(
  id: Id,
  settings: ProviderSettings[Id],
  tools: ProviderTools,
): LanguageModel {
  const create: Factories[Id] = PROVIDERS[id];
  return create(settings, tools);
}
