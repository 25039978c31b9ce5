import type { Config } from '#src/config/schema.ts';
import { assembleAssistant } from '#src/model/assemble.ts';
import { createBudget } from '#src/model/budget.ts';
import type { Assistant } from '#src/model/contract.ts';
import { createModel } from '#src/model/registry.ts';
import type { Clock } from '#src/platform/clock.ts';
import { createFetch } from '#src/platform/fetch.ts';

/** A patch with its test takes more words than an explanation. */
const PATCH_TOKENS = 4000;

/**
 * The model that writes patches: the configured one; null where there is none. Recordings hold no
 * patches. @throws InputError when its settings cannot be used
 */
export function fixAssistant(
  { model: config, proxy }: Config,
  clock: Clock,
  redact: (text: string) => string,
): Assistant | null {
  const { use, budget: limits, prices } = config;
  if (use !== 'ollama' && use !== 'openai') return null;
  const tools = { fetch: createFetch({ httpsProxy: proxy.https, noProxy: proxy.none }), clock };
  const model =
    use === 'ollama'
      ? createModel('ollama', config.ollama, tools)
      : createModel('openai', config.openai, tools);
  return assembleAssistant({
    ...{ agent: 'fix', model, budget: createBudget(limits, clock), limits, prices, redact },
    maxOutputTokens: Math.max(config.maxOutputTokens, PATCH_TOKENS),
    timeoutMs: config.timeoutSeconds * 1000,
    maxCalls: config.maxCalls,
  });
}
