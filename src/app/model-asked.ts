import type { LoadedConfig } from '#src/config/load.ts';
import type { ModelConfig } from '#src/config/model-schema.ts';

/** The source of models that a flag of this run asks for. */
export function askedSource({ config, origins }: LoadedConfig): ModelConfig['use'] | undefined {
  return origins.get('model.use') === 'flag' ? config.model.use : undefined;
}

/** Does the configuration, or a flag of this run, ask for a model at all? */
export function asksModels(loaded: LoadedConfig): boolean {
  const { model, routing } = loaded.config;
  const asked = askedSource(loaded);
  if (asked !== undefined) return asked !== 'none';
  const seats = Object.values(routing.agents).map(({ provider }) => provider ?? model.use);
  return [model.use, ...seats].some((use) => use !== 'none');
}
