import { onTestFinished } from 'vitest';
import type { Alert } from '#src/domain/alert.ts';
import type { EffectDraft, EffectPlanner } from '#src/domain/side-effect.ts';
import { createCorrelator } from '#src/intake/correlate/correlate.ts';
import type { CorrelateOutcome, Store } from '#src/store/contract.ts';
import { alertOf } from '../../helpers/alerts.ts';
import { CORRELATION } from '../../helpers/daemon-parts.ts';

export const NOW = Date.parse('2026-03-01T10:00:00Z');
export const SECOND = 1000;
export const MINUTE = 60_000;

/** Makes empty storage that may be opened more than once. */
export type StoreFactory = (options: {
  planEffects?: EffectPlanner;
  redactAlert?: (alert: Alert) => Alert;
}) => {
  open(): Promise<Store>;
};

export const CORRELATOR = createCorrelator(
  [{ name: 'shop', depends_on: ['cart'] }, { name: 'cart' }, { name: 'mailer' }],
  CORRELATION,
);

export const WORKER = { role: 'listen', token: 'listen-1' };
export const CLAIM = { worker: WORKER, leaseMs: 30 * SECOND, maxAttempts: 3 };

/** Opens a store that is closed when the test ends. */
export async function open(storage: { open(): Promise<Store> }): Promise<Store> {
  const store = await storage.open();
  onTestFinished(() => store.close());
  return store;
}

export const down = (
  service: string,
  more: Record<string, string> = {},
): Record<string, string> => ({
  alertname: 'ServiceDown',
  service,
  severity: 'critical',
  ...more,
});

/** Accepts alerts and sorts them. */
export async function take(store: Store, alerts: Alert[], at = NOW): Promise<CorrelateOutcome> {
  await store.accept([{ alerts, receivedAt: at }]);
  return store.correlate({
    correlator: CORRELATOR,
    now: at,
    limit: 1000,
    settleMs: 0,
    debounceMs: MINUTE,
  });
}

/** Makes one incident. @returns its id */
export async function incident(
  store: Store,
  service: string,
  at = NOW,
  more: Record<string, string> = {},
): Promise<string> {
  await take(store, [alertOf(down(service, more), at)], at);
  const found = await store.listIncidents({ limit: 100, service });
  return found[0]?.id ?? 'none';
}

/** One message for each event, to one target. */
export const planOne: EffectPlanner = (event): EffectDraft[] => [
  {
    key: `${event.incident.id}:${event.kind}:${event.incident.revision}`,
    kind: 'notify',
    target: 'chat',
    lane: `${event.incident.id}:chat`,
    payload: { title: event.incident.title, verdict: event.result?.rootCause?.verdict ?? null },
  },
];
