import type { Service } from '#src/domain/service.ts';
import type { Span } from '#src/domain/time.ts';
import type { Http } from '#src/platform/http.ts';

/** One sample of a metrics page. */
export type PageSample = { name: string; labels: Readonly<Record<string, string>>; value: string };

/** An error record of a log. */
export type ErrorEvent = {
  /** Milliseconds since the epoch, by the record or else by the file. */
  at: number;
  text: string;
};

/** How far a log file was read, and which file it was. */
export type LogPosition = {
  path: string;
  device: number;
  inode: number;
  offset: number;
  /** `length:hash` of the first bytes, by which another file under the same inode is noticed. */
  head: string;
};

/** A part of a log file that was not read yet; both ends lie between lines. */
export type UnreadPart = {
  path: string;
  from: number;
  to: number;
  /** The part begins within the file, so its first lines may belong to what was before. */
  isFromMiddle: boolean;
};

/** Gives the error records of a part of a log, the newest `most` of them, and how many there were. */
export type ErrorReader = (
  part: UnreadPart,
  options: { timeZone: string | undefined; now: number; most: number; signal: AbortSignal },
) => Promise<{ events: ErrorEvent[]; count: number }>;

/** What the watch works with. */
export type WatchTools = {
  http: Http;
  /** Milliseconds since the epoch. */
  now(): number;
  readPage(text: string): PageSample[];
  readErrors: ErrorReader;
  /** Takes secrets out of text that goes into an alert. */
  redact(text: string): string;
};

export type WatchSettings = {
  /** How long trouble must last before it is an alert; milliseconds. */
  forMs: number;
  /** Error lines within `burstMs` that are a burst. */
  errorBurst: number;
  burstMs: number;
  /** Lines of each log file that the first look begins with. */
  tail: number;
  /** Error records of one look that are kept at the most. */
  maxEvents: number;
  /** Scrapes of a metrics page that are kept. */
  ring: number;
  /** The time over which rates are taken; milliseconds. */
  rateMs: number;
  /** For one request. */
  timeoutMs: number;
  /**
   * Where there is no later look: a failing check is asked again, and a metrics page scraped again,
   * after so many milliseconds; 0 where there is one.
   */
  confirmMs: number;
};

/** Something that is wrong at this moment. */
export type Finding = {
  alertname: 'ServiceDown' | 'DependencyDown' | 'Service5xxErrors' | 'ErrorBurst';
  service: string;
  severity: 'critical' | 'high' | 'medium';
  /** The dependency that is down. */
  dependency?: string;
  summary: string;
  description: string;
};

/** What one look at a service saw. */
export type ServiceLook = {
  service: string;
  findings: Finding[];
  /** Kinds of trouble that this look could not tell anything about. */
  unknown: Finding['alertname'][];
  /** What could not be looked at, and why. */
  notes: string[];
};

/** Whether there is anything of a service to watch. */
export function isWatchable(service: Service): boolean {
  return Boolean(service.health_url || service.metrics_url || logPathsOf(service).length > 0);
}

/** The log files of a service, each once. */
export function logPathsOf({ log_paths }: Service): string[] {
  const all = [log_paths?.error, log_paths?.service, log_paths?.api].flat();
  return [...new Set(all.filter((path) => path !== undefined))];
}

/** A metrics page that could not be had, as it is kept among the others. */
export const NO_PAGE = '# could not be had';

/** What the watch keeps between looks; a part of the store. */
export type WatchStore = {
  readPositions(): Promise<LogPosition[]>;
  readRules(): Promise<string | null>;
  saveWatch(positions: readonly LogPosition[], rules: string): Promise<void>;
  addScrape(service: string, scrape: { at: number; page: string }, most: number): Promise<void>;
  listScrapes(service: string, span: Span): Promise<{ at: number; page: string }[]>;
};
