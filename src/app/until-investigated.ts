import type { Alert } from '#src/domain/alert.ts';
import type { IncidentView } from '#src/domain/incident-record.ts';
import { compareText } from '#src/platform/compare.ts';
import { pause } from '#src/platform/pause.ts';
import type { Store } from '#src/store/contract.ts';

const LOOK_MS = 150;
const MOST_INCIDENTS = 100;
const MOST_SORTING_MS = 5000;

/**
 * The open incidents that alerts belong to, as soon as each has a result or was given up.
 * @param limitMs after which they are given as they are
 */
export async function untilInvestigated(
  store: Pick<Store, 'inboxDepth' | 'listIncidents' | 'readIncident'>,
  alerts: readonly Alert[],
  limitMs: number,
  signal: AbortSignal,
): Promise<IncidentView[]> {
  const services = [...new Set(alerts.map(({ labels }) => labels.service ?? ''))].sort(compareText);
  if (services.length === 0) return [];
  const end = performance.now() + limitMs;
  for (;;) {
    const isSorted = (await store.inboxDepth()).alerts === 0;
    const views = await openIncidents(store, services);
    const isDone = views.every(({ job }) => job?.state === 'done' || job?.state === 'dead');
    if ((isSorted && isDone) || performance.now() > end || signal.aborted) return views;
    await pause(LOOK_MS, signal);
  }
}

/** Resolves when no alert waits to be sorted; not later than after a few seconds. */
export async function untilSorted(
  store: Pick<Store, 'inboxDepth'>,
  signal: AbortSignal,
): Promise<void> {
  const end = performance.now() + MOST_SORTING_MS;
  while ((await store.inboxDepth()).alerts > 0) {
    if (performance.now() > end || signal.aborted) return;
    await pause(LOOK_MS, signal);
  }
}

async function openIncidents(
  store: Pick<Store, 'listIncidents' | 'readIncident'>,
  services: readonly string[],
): Promise<IncidentView[]> {
  const ids = new Set<string>();
  for (const service of services) {
    const found = await store.listIncidents({ open: true, service, limit: MOST_INCIDENTS });
    for (const { id } of found) ids.add(id);
  }
  const views = await Promise.all([...ids].sort(compareText).map((id) => store.readIncident(id)));
  return views.filter((view) => view !== null);
}
