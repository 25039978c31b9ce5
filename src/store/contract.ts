import type { Alert } from '#src/domain/alert.ts';
import type { Deploy, Flag, OutsideEvent, PastIncident } from '#src/domain/bundle.ts';
import type { Correlator } from '#src/domain/correlation.ts';
import type {
  AnalysisRequest,
  EffectState,
  IncidentSummary,
  IncidentView,
} from '#src/domain/incident-record.ts';
import type { Result } from '#src/domain/result.ts';
import type { NotifyRequest, SideEffect } from '#src/domain/side-effect.ts';
import type { Span } from '#src/domain/time.ts';

/**
 * What the program keeps between runs. Several processes may use one store at the same time. Every
 * method that changes something does so in one transaction that is durable when the promise
 * resolves. Times are milliseconds since the Unix epoch. Methods throw StoreError when the store
 * cannot be used; nothing was changed then.
 */
export interface Store
  extends ChangeLog,
    AlertInbox,
    IncidentBook,
    JobQueue,
    Outbox,
    WatchMemory,
    Housekeeping {
  close(): Promise<void>;
}

/** A change that a person or a CI job told us of. */
export type RecordedChange =
  | ({ kind: 'deploy' } & Deploy)
  | ({ kind: 'flag' } & Flag)
  | ({ kind: 'note' } & OutsideEvent);

export interface ChangeLog {
  /** Keeps a change; the same change twice is kept once. @returns true when it is new */
  addChange(change: RecordedChange): Promise<boolean>;
  /** Changes of the services (and those of no service) in a time span, oldest first. */
  listChanges(services: readonly string[], span: Span): Promise<RecordedChange[]>;
}

/** Alerts as they came, until they are sorted into incidents. */
export type AcceptedAlerts = {
  alerts: readonly Alert[];
  receivedAt: number;
  /** An incident of its own for each, with what its investigation is to look at. */
  analysis?: AnalysisRequest;
};

export type CorrelateOptions = {
  correlator: Correlator;
  now: number;
  /** Alerts taken at the most, roughly. */
  limit: number;
  /** How long a new incident waits for more alerts before it is investigated. */
  settleMs: number;
  /** The least time between two investigations of one incident; doubles with each. */
  debounceMs: number;
};

/** What became of the alerts of one call. */
export type CorrelateOutcome = {
  taken: number;
  started: number;
  repeated: number;
  ended: number;
  opened: number;
  merged: number;
  /** Rows that could not be sorted and were set aside, with the reason. */
  refused: string[];
};

export interface AlertInbox {
  /** Keeps alerts, all of the batches or none. */
  accept(batches: readonly AcceptedAlerts[]): Promise<void>;
  /** Alerts that wait to be sorted, and since when the oldest does. */
  inboxDepth(): Promise<{ alerts: number; oldest: number | null }>;
  /** Sorts waiting alerts into incidents; the alerts leave the inbox in the same transaction. */
  correlate(options: CorrelateOptions): Promise<CorrelateOutcome>;
}

export type IncidentFilter = {
  /** Only those that are not resolved. */
  open?: boolean;
  service?: string;
  /** Only those whose investigation was given up. */
  failed?: boolean;
  /** Only changed after this revision. */
  sinceRevision?: number;
  limit: number;
};

/** What a person did. */
export type PersonAction = {
  kind: 'acknowledge' | 'resolve' | 'mitigate' | 'note';
  by: string;
  note?: string;
  at: number;
};

export interface IncidentBook {
  /** Newest first; merged ones are left out unless asked for by revision (then oldest change first). */
  listIncidents(filter: IncidentFilter): Promise<IncidentSummary[]>;
  /** One incident by id or by the beginning of its id; of a merged one, the one that it became. */
  readIncident(id: string): Promise<IncidentView | null>;
  /** @returns the incident afterwards, or null when there is none; the same action twice changes nothing */
  act(id: string, action: PersonAction): Promise<IncidentSummary | null>;
  /** Revision of the newest change. */
  revision(): Promise<number>;
  /** Incidents not resolved, by severity. */
  countOpen(): Promise<Record<string, number>>;
  /** Ended incidents that may tell something about one of this kind, most alike first. */
  similarPast(query: SimilarQuery): Promise<PastIncident[]>;
}

export type SimilarQuery = {
  service: string;
  alerts: readonly Alert[];
  /** Not this one. */
  exceptId?: string;
  limit: number;
};

/** Who works: the role is held by one process at a time, so leases of earlier holders are void. */
export type Worker = { role: string; token: string };

/** An investigation to be done. */
export type Job = {
  incidentId: string;
  service: string;
  /** From 1, counting attempts of this investigation. */
  attempt: number;
  /** The worst two hundred, firing ones first. */
  alerts: Alert[];
  /** How many there are beside them. */
  moreAlerts: number;
  analysis: AnalysisRequest | null;
  /** Names this lease; a settlement under another is refused. */
  lease: string;
};

export type ClaimOptions = { worker: Worker; now: number; leaseMs: number };

/** What a failed attempt means: another try at a time, or the dead letters. */
export type Failure = { at: number; error: string; retryAt: number | null };

export interface JobQueue {
  /**
   * The next investigation that is due: severity first (a wait of ten minutes counts as one degree
   * more), then services with the fewest at work and the longest without a turn.
   */
  claimJob(options: ClaimOptions & { maxAttempts: number }): Promise<Job | null>;
  /** Prolongs leases. @returns the leases that are lost */
  heartbeat(leases: readonly string[], until: number): Promise<string[]>;
  /**
   * Keeps the result, the incident's new state and the side effects that follow. When alerts came
   * meanwhile, one more investigation is due.
   * @returns false when the lease was lost; nothing is kept then
   */
  completeJob(job: Job, result: Result, at: number, debounceMs: number): Promise<boolean>;
  /** @returns false when the lease was lost */
  failJob(job: Job, failure: Failure): Promise<boolean>;
  /** Gives a claimed job back as if it had not been claimed. */
  releaseJob(job: Job): Promise<void>;
  /** Waiting, at work and given up; when the next is due. */
  jobDepth(now: number): Promise<QueueDepth>;
  /** Queues the investigation of an incident anew. @returns false when there is no such incident */
  retryJob(incidentId: string, now: number): Promise<boolean>;
  /** Voids the leases that other holders of the worker's role left, jobs' and side effects'. */
  takeOver(worker: Worker): Promise<number>;
}

export type QueueDepth = {
  waiting: number;
  running: number;
  dead: number;
  /** When the oldest that is due became due. */
  oldest: number | null;
  /** When the next will be due. */
  nextAt: number | null;
};

/** A side effect that was claimed. */
export type ClaimedEffect = SideEffect & { lease: string; createdAt: number };

export interface Outbox {
  /** Decides what `POST /notify` gives rise to. @returns keys of the effects, known ones included */
  requestNotification(request: NotifyRequest, at: number): Promise<string[]>;
  /** The next side effects that are due; one of a lane at a time, in the lane's order. */
  claimEffects(options: ClaimOptions & { limit: number }): Promise<ClaimedEffect[]>;
  completeEffect(effect: ClaimedEffect, at: number, receipt: string | null): Promise<boolean>;
  failEffect(effect: ClaimedEffect, failure: Failure): Promise<boolean>;
  outboxDepth(now: number): Promise<QueueDepth>;
  listDeadEffects(limit: number): Promise<(EffectState & { incidentId: string | null })[]>;
  /** Queues a given up side effect anew. @returns false when it is not given up */
  retryEffect(id: number, now: number): Promise<boolean>;
}

/** How far a log file was read. */
export type FilePosition = {
  path: string;
  device: number;
  inode: number;
  offset: number;
  /** Hash of the first bytes, by which another file under the same inode is noticed. */
  head: string;
};

/** A metrics page as it was at a time. */
export type KeptScrape = { at: number; page: string };

/** State of the rules of the health watch, so that a restart does not begin them anew. */
export interface WatchMemory {
  readPositions(): Promise<FilePosition[]>;
  /** Positions and rule state change together. */
  saveWatch(positions: readonly FilePosition[], rules: string): Promise<void>;
  readRules(): Promise<string | null>;
  /** Keeps a scrape and drops the oldest beyond `most`. */
  addScrape(service: string, scrape: KeptScrape, most: number): Promise<void>;
  /** Oldest first. */
  listScrapes(service: string, span: Span): Promise<KeptScrape[]>;
}

export type RetentionLimits = {
  now: number;
  /** Ended incidents, sent side effects and changes older than this go. */
  beforeAt: number;
  /** Ended incidents kept at the most. */
  maxIncidents: number;
  /** Flapping incidents that were quiet for this long are resolved. */
  quietMs: number;
  /** Alerts not heard of for this long count as over. */
  staleMs: number;
};

export interface Housekeeping {
  /** @returns how many incidents were removed and closed */
  tidy(limits: RetentionLimits): Promise<{ removed: number; closed: number }>;
  /** Resolves when a small write was durable. */
  probe(): Promise<void>;
}
