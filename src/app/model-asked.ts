import type { LoadedConfig } from '#src/config/load.ts';
import type { ModelConfig } from '#src/config/model-schema.ts';

/** The source of models that a flag of this run asks for. */
export function askedSource({ config, origins }: LoadedConfig): ModelConfig['use'] | undefined {
  return origins.get('model.use') === 'flag' ? config.model.use : undefined;
}
