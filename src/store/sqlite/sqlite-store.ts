import type { Alert } from '#src/domain/alert.ts';
import type { EffectPlanner } from '#src/domain/side-effect.ts';
import type { Store } from '#src/store/contract.ts';
import { act } from '#src/store/sqlite/actions.ts';
import { addChange, listChanges } from '#src/store/sqlite/changes.ts';
import { Connection } from '#src/store/sqlite/connection.ts';
import { correlate } from '#src/store/sqlite/correlate.ts';
import { lastOf } from '#src/store/sqlite/counter.ts';
import { accept, inboxDepth } from '#src/store/sqlite/inbox.ts';
import { readIncident, resolveId } from '#src/store/sqlite/incident-view.ts';
import { claimJob, completeJob, failJob, releaseJob, retryJob } from '#src/store/sqlite/jobs.ts';
import { depthOf, heartbeat, settleFailure, takeOver } from '#src/store/sqlite/leases.ts';
import {
  claimEffects,
  completeEffect,
  listDeadEffects,
  requestNotification,
  retryEffect,
} from '#src/store/sqlite/outbox.ts';
import { recover } from '#src/store/sqlite/recover.ts';
import { similarPast } from '#src/store/sqlite/similar.ts';
import { listSummaries } from '#src/store/sqlite/summaries.ts';
import { tidy } from '#src/store/sqlite/tidy.ts';
import {
  addScrape,
  listScrapes,
  readPositions,
  readRules,
  saveWatch,
} from '#src/store/sqlite/watch-memory.ts';
import { StoreError } from '#src/store/store-error.ts';

export type SqliteStoreOptions = {
  /** What follows from an event; nothing if not given. */
  planEffects?: EffectPlanner;
  /** Takes secrets out of an alert before it is shown. */
  redactAlert?: (alert: Alert) => Alert;
  /**
   * How long to stand still for another writer, in milliseconds. Commands can wait; a server must
   * not, and tries again by itself.
   */
  busyMs?: number;
  /** Look through the whole file for damage when opening it. */
  check?: boolean;
};

const PATIENT_MS = 5000;
/** Free pages given back to the file system in one go. */
const MOST_FREED_PAGES = 1000;

/** The embedded store: one SQLite file. @throws StoreError when it cannot be opened */
export function openSqliteStore(path: string, options: SqliteStoreOptions = {}): Store {
  const planner = options.planEffects ?? (() => []);
  const redact = options.redactAlert ?? ((alert: Alert) => alert);
  const busyMs = options.busyMs ?? PATIENT_MS;
  let db = new Connection(path, busyMs);
  if (options.check) checkIntegrity(db);
  /** Set when only a person can go on. */
  let dead: StoreError | undefined;

  const guarded = <T>(work: () => T): Promise<T> => {
    try {
      if (dead) db.checkFiles();
      dead = undefined;
      return Promise.resolve(work());
    } catch (error) {
      return Promise.reject(dead ?? failed(error));
    }
  };
  const failed = (error: unknown): unknown => {
    if (!(error instanceof StoreError) || error.trouble !== 'replaced') return error;
    try {
      db = recover(db, busyMs);
      return error;
    } catch (failure) {
      if (failure instanceof StoreError) dead = failure;
      return failure;
    }
  };
  const read = <T>(work: () => T): Promise<T> => guarded(() => db.read(work));
  const write = <T>(work: () => T): Promise<T> => guarded(() => db.write(work));

  return {
    addChange: (change) => write(() => addChange(db, change)),
    listChanges: (services, span) => read(() => listChanges(db, services, span)),

    accept: (batches) => write(() => accept(db, batches)),
    inboxDepth: () => read(() => inboxDepth(db)),
    correlate: (wanted) => guarded(() => correlate(db, planner, wanted)),

    listIncidents: (filter) => read(() => listSummaries(db, filter)),
    readIncident: (id) => read(() => readIncident(db, id, redact)),
    act: (id, action) => write(() => act(db, planner, id, action)),
    revision: () => read(() => lastOf(db, 'revision')),
    countOpen: () =>
      read(() => {
        const rows = db.all<{ severity: string; n: number }>(
          "SELECT severity, count(*) AS n FROM incident WHERE status <> 'resolved' GROUP BY severity",
        );
        return Object.fromEntries(rows.map(({ severity, n }) => [severity, n]));
      }),
    similarPast: (query) => read(() => similarPast(db, query)),

    claimJob: (claim) => write(() => claimJob(db, planner, claim)),
    heartbeat: (leases, until) => write(() => heartbeat(db, leases, until)),
    completeJob: (job, result, at, debounceMs) =>
      write(() => completeJob(db, planner, job, result, at, debounceMs)),
    failJob: (job, failure) => write(() => failJob(db, planner, job, failure)),
    releaseJob: (job) => write(() => releaseJob(db, job)),
    jobDepth: (now) => read(() => depthOf(db, 'job', now)),
    retryJob: (id, now) =>
      write(() => {
        const full = resolveId(db, id);
        return full !== null && retryJob(db, full, now);
      }),
    takeOver: (worker) => write(() => takeOver(db, worker)),

    requestNotification: (request, at) =>
      write(() => requestNotification(db, planner, request, at)),
    claimEffects: (claim) => write(() => claimEffects(db, claim)),
    completeEffect: (effect, at, receipt) =>
      write(() => completeEffect(db, effect.lease, at, receipt)),
    failEffect: (effect, failure) =>
      write(() => settleFailure(db, 'outbox', effect.lease, failure)),
    outboxDepth: (now) => read(() => depthOf(db, 'outbox', now)),
    listDeadEffects: (limit) => read(() => listDeadEffects(db, limit)),
    retryEffect: (id, now) => write(() => retryEffect(db, id, now)),

    readPositions: () => read(() => readPositions(db)),
    saveWatch: (positions, rules) => write(() => saveWatch(db, positions, rules)),
    readRules: () => read(() => readRules(db)),
    addScrape: (service, scrape, most) => write(() => addScrape(db, service, scrape, most)),
    listScrapes: (service, span) => read(() => listScrapes(db, service, span)),

    tidy: async (limits) => {
      const done = await write(() => tidy(db, planner, limits));
      await guarded(() => db.exec(`PRAGMA incremental_vacuum(${MOST_FREED_PAGES})`));
      return done;
    },
    probe: () => write(() => void db.run("UPDATE counter SET value = value WHERE name = 'turn'")),
    close: () =>
      guarded(() => {
        if (!dead) db.close();
      }),
  };
}

/** @throws StoreError when the file is damaged */
function checkIntegrity(db: Connection): void {
  const found = db.read(() => db.get<{ quick_check: string }>('PRAGMA quick_check(1)'));
  if (found?.quick_check === 'ok') return;
  db.close();
  throw new StoreError(`the store is damaged (${found?.quick_check ?? 'unknown'})`, {
    trouble: 'corrupt',
    where: db.path,
    hint: 'Move the file away to begin with an empty store; "sqlite3 <file> .recover" saves what can be read.',
  });
}
