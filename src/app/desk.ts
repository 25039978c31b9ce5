import type { IncidentSummary, IncidentView } from '#src/domain/incident-record.ts';
import type { IncidentFilter, PersonAction, Store } from '#src/store/contract.ts';

type DeadEffect = Awaited<ReturnType<Store['listDeadEffects']>>[number];

/** What commands do with incidents. */
export type Desk = {
  list(filter: IncidentFilter): Promise<IncidentSummary[]>;
  /** By id or the beginning of it. */
  read(id: string): Promise<IncidentView | null>;
  /** @returns the incident afterwards, or null when there is none */
  act(id: string, action: Omit<PersonAction, 'at'>): Promise<IncidentSummary | null>;
  deadEffects(): Promise<DeadEffect[]>;
  /** Queues an investigation anew. @returns false when there is no such incident */
  retryJob(id: string): Promise<boolean>;
  /** Queues a given up side effect anew. @returns false when it is not given up */
  retryEffect(id: number): Promise<boolean>;
};

const MOST_DEAD = 200;

const EMPTY: Desk = {
  list: async () => [],
  read: async () => null,
  act: async () => null,
  deadEffects: async () => [],
  retryJob: async () => false,
  retryEffect: async () => false,
};

/** @param store null where nothing was kept yet */
export function createDesk(store: Store | null, now: () => number): Desk {
  if (store === null) return EMPTY;
  return {
    list: (filter) => store.listIncidents(filter),
    read: (id) => store.readIncident(id),
    act: (id, action) => store.act(id, { ...action, at: now() }),
    deadEffects: () => store.listDeadEffects(MOST_DEAD),
    retryJob: (id) => store.retryJob(id, now()),
    retryEffect: (id) => store.retryEffect(id, now()),
  };
}
