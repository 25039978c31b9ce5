import type { Alert } from '#src/domain/alert.ts';
import type { AlertGroup } from '#src/domain/alert-group.ts';
import type { Correlator } from '#src/domain/correlation.ts';
import type {
  AnalysisRequest,
  IncidentList,
  IncidentView,
  Viewer,
} from '#src/domain/incident-record.ts';
import type { Result } from '#src/domain/result.ts';
import type { ServiceRegistry } from '#src/domain/service.ts';
import type { SideEffectSender } from '#src/domain/side-effect.ts';
import type { Clock } from '#src/platform/clock.ts';
import type { Logger } from '#src/platform/logger.ts';
import type { Store } from '#src/store/contract.ts';

/** What an investigation is asked for. */
export type InvestigateRequest = {
  incidentId: string;
  service: string;
  /** The worst two hundred alerts, and how many there are beside them. */
  alerts: Alert[];
  moreAlerts: number;
  /** What it is to look at beside what the registry says. */
  analysis: AnalysisRequest | null;
};

/**
 * Runs the whole flow for an incident. It must end soon after `signal` is aborted.
 * @throws UsageError or InputError when another attempt cannot help; anything else is tried again
 */
export type Investigate = (
  request: InvestigateRequest,
  signal: AbortSignal,
  onStep: (step: string) => void,
) => Promise<Result>;

/** A page for a person, with the policy that its content is held to. */
export type Page = { html: string; contentSecurityPolicy: string };

/** What draws the pages; without it the daemon answers in JSON alone. */
export type Pages = {
  list(list: IncidentList, viewer: Viewer): Page;
  incident(view: IncidentView, viewer: Viewer): Page;
  /** Asks for the token. @param next local path to go to then @param trouble why it is asked for again */
  signIn(next: string, trouble: string | null): Page;
  /** Says why a request was refused or failed. */
  trouble(status: number, message: string, hint: string | undefined): Page;
  /** Style sheets, scripts and pictures under `/assets/`; a name stands for the same content for ever. */
  asset(name: string): { type: string; body: string | Uint8Array } | null;
};

export type HttpSettings = {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** Names under which the daemon may be called, beside its addresses and `localhost`. */
  hosts: readonly string[];
  /** Foreign origins whose pages may call it. */
  origins: readonly string[];
  /** Null: none; then only callers on this machine are served and nothing can be acted on. */
  token: string | null;
  /** Ask callers on this machine for the token too. */
  requireToken: boolean;
  /** Whether `/metrics` needs no token. */
  publicMetrics: boolean;
  maxBodyBytes: number;
  maxConnections: number;
  headersTimeoutMs: number;
  requestTimeoutMs: number;
  keepAliveMs: number;
  /** Folders below which paths of requests may lie. */
  readRoots: readonly string[];
};

export type WorkSettings = {
  /** Role under which work is leased; one process at a time has it. */
  role: string;
  /** Investigations at a time; none when 0. */
  concurrency: number;
  /** Side effects at a time. */
  senders: number;
  leaseMs: number;
  /** For one investigation. */
  budgetMs: number;
  maxAttempts: number;
  maxSendAttempts: number;
  /** For one side effect. */
  sendTimeoutMs: number;
  /** For kinds of side effects that take longer. */
  sendTimeoutOfMs?: Readonly<Record<string, number>>;
  retryBaseMs: number;
  retryMostMs: number;
  /** How long a new incident waits for more alerts before it is investigated. */
  settleMs: number;
  debounceMs: number;
  /** How long requests wait for each other, to be made durable together. */
  groupCommitMs: number;
  /** Alerts that wait at the most; beyond it senders are told to come again. */
  maxQueuedAlerts: number;
  /** How long to wait for work under way when asked to stop. */
  drainMs: number;
};

export type RetentionSettings = {
  keepMs: number;
  maxIncidents: number;
  quietMs: number;
  staleMs: number;
};

/** What the daemon is made of. */
export type DaemonParts = {
  store: Store;
  /** Made anew for each use, so that a changed registry takes effect. */
  correlator(): Correlator;
  services(): ServiceRegistry;
  investigate: Investigate;
  sender: SideEffectSender;
  /** Reads the body of `POST /alerts`. @throws InputError with the reason */
  readAlerts(body: unknown): AlertGroup;
  pages?: Pages | undefined;
  clock: Clock;
  /** From 0 up to 1. */
  random(): number;
  logger: Logger;
  version: string;
};

export type DaemonSettings = {
  /** Null: no HTTP server. */
  http: HttpSettings | null;
  work: WorkSettings;
  retention: RetentionSettings;
};
