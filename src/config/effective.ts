import { isSecretKey } from '#src/config/environment.ts';
import { leaves } from '#src/config/keys.ts';
import type { LoadedConfig, Origin } from '#src/config/load.ts';

export type Setting = { key: string; value: unknown; origin: Origin };

const MASK = '********';

/** Every effective setting by dotted key, in order, with where it came from; secrets masked. */
export function effectiveSettings(loaded: LoadedConfig): Setting[] {
  return leaves(loaded.config as Record<string, unknown>)
    .filter(([key]) => key !== '$schema')
    .map(([key, value]) => ({
      key,
      value: isSecretKey(key) && value !== undefined ? MASK : value,
      origin: originOf(key, loaded.origins),
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** A leaf such as an empty list may have been set by a key above it. */
function originOf(key: string, origins: ReadonlyMap<string, Origin>): Origin {
  for (let at = key; at; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    const origin = origins.get(at);
    if (origin) return origin;
  }
  return 'default';
}
