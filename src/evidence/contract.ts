import type { Alert } from '#src/domain/alert.ts';
import type {
  Changes,
  Gap,
  HealthCheck,
  LogRecord,
  MetricSeries,
  OutsideEvent,
  PastIncident,
  RepositorySource,
  Rule,
  Runbook,
  SpanRecord,
} from '#src/domain/bundle.ts';
import type { Service } from '#src/domain/service.ts';
import type { Span } from '#src/domain/time.ts';
import type { Http } from '#src/platform/http.ts';
import type { Logger } from '#src/platform/logger.ts';

/** What evidence is wanted for. */
export type CollectRequest = {
  /** The service that the incident is about. */
  target: Service;
  /** The target first, then those that it depends on and those that depend on it. */
  services: readonly Service[];
  alerts: readonly Alert[];
  /** The incident window; its end is the time that instant questions are asked for. */
  window: Span;
  /** The time before, by which normal is known. */
  baseline: Span;
};

/** What a source found. What is missing was not found; what could not be had is a gap. */
export type Collected = {
  rules?: Rule[];
  metrics?: MetricSeries[];
  logs?: LogRecord[];
  health?: HealthCheck[];
  changes?: Partial<Changes>;
  spans?: SpanRecord[];
  events?: OutsideEvent[];
  runbooks?: Runbook[];
  past?: PastIncident[];
  repositories?: RepositorySource[];
  gaps?: Gap[];
};

/** What a source works with; `signal` ends when the common deadline is over. */
export type SourceTools = {
  http: Http;
  logger: Logger;
  /** Milliseconds since the epoch. */
  now(): number;
};

/**
 * Somewhere evidence comes from. `collect` should keep what it has when a part fails and say the
 * rest as gaps; whatever it throws becomes one gap. It must end soon after `signal` is aborted.
 */
export interface EvidenceSource {
  /** Equals the file name and the key in the registry. */
  readonly id: string;
  collect(request: CollectRequest, signal: AbortSignal): Promise<Collected>;
}

/** The settings that the sources take, by source; app.ts fills them from the configuration. */
export type SourceSettings = {
  prometheus: {
    url?: string | undefined;
    authHeader?: string | undefined;
    maxPoints: number;
    maxSeries: number;
    timeoutMs: number;
  };
  loki: {
    url?: string | undefined;
    authHeader?: string | undefined;
    tenant?: string | undefined;
    maxLines: number;
    timeoutMs: number;
  };
  'log-files': { maxBytesPerFile: number; maxRecords: number; hasLoki: boolean };
  health: { timeoutMs: number };
  /** `scrapeGapMs` lies between two scrapes: long enough for a rate, short for somebody who waits. */
  'metrics-page': {
    timeoutMs: number;
    scrapeGapMs: number;
    hasPrometheus: boolean;
    /** What was scraped before, if anybody did. */
    readKept?: KeptPageReader;
  };
  git: { changeDays: number };
  'recorded-changes': { read: ChangeReader };
  'github-deployments': {
    apiUrl: string;
    token?: string | undefined;
    timeoutMs: number;
    changeDays: number;
  };
  tempo: {
    url?: string | undefined;
    authHeader?: string | undefined;
    maxTraces: number;
    timeoutMs: number;
  };
  'past-incidents': { read: PastReader };
  /** `dir` is absolute; `hosts` are those whose pages an alert may name, with or without a port. */
  runbooks: { dir?: string | undefined; hosts: readonly string[]; timeoutMs: number };
};

/**
 * Metrics pages of a service that were scraped in a time span, oldest first; null for one that could
 * not be had. Times in milliseconds since the epoch.
 */
export type KeptPageReader = (
  service: string,
  span: Span,
) => Promise<{ at: number; page: string | null }[]>;

/** Past incidents that are like one with these alerts, from the store; the most alike first. */
export type PastReader = (query: {
  service: string;
  alerts: readonly Alert[];
  limit: number;
}) => Promise<PastIncident[]>;

/** Changes that people and CI jobs told us, from the store. */
export type ChangeReader = (
  services: readonly string[],
  span: Span,
) => Promise<{ deploys: Changes['deploys']; flags: Changes['flags']; events: OutsideEvent[] }>;
