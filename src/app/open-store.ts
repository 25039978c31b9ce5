import { createEffectPlanner } from '#src/app/side-effects.ts';
import type { LoadedConfig } from '#src/config/load.ts';
import type { Config } from '#src/config/schema.ts';
import type { Alert } from '#src/domain/alert.ts';
import { createRedactor } from '#src/platform/redact/redactor.ts';
import type { Store } from '#src/store/contract.ts';
import { openSqliteStore } from '#src/store/sqlite/sqlite-store.ts';

/** How long a server may stand still for another writer of the store, in milliseconds. */
export const SERVER_BUSY_MS = 20;

/**
 * Opens the store with what it needs of the other parts.
 * @throws StoreError when it cannot be opened
 */
export function openStore(
  file: string,
  { config, baseDir }: Pick<LoadedConfig, 'config' | 'baseDir'>,
  options: { busyMs?: number; check?: boolean } = {},
): Store {
  return openSqliteStore(file, {
    planEffects: createEffectPlanner({ config, baseDir }),
    redactAlert: (alert) => redactAlert(alert, config),
    ...options,
  });
}

/** An alert as it may be shown; its fingerprint stays, since it tells nothing. */
function redactAlert(alert: Alert, config: Config): Alert {
  const { redact } = createRedactor(config.redaction);
  const each = (texts: Record<string, string>): Record<string, string> =>
    Object.fromEntries(Object.entries(texts).map(([key, value]) => [key, redact(value)]));
  return { ...alert, labels: each(alert.labels), annotations: each(alert.annotations) };
}
