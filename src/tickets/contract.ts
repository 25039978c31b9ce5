import type { Severity } from '#src/domain/alert.ts';
import type { Sheet } from '#src/domain/brief-sheet.ts';
import type { Http } from '#src/platform/http.ts';

/** A ticket at its tracker. */
export type TicketRef = {
  /** What the tracker's API calls it. */
  id: string;
  /** What people call it: `#12`, `OPS-12`. */
  key: string;
  url: string;
};

/** A ticket with what it says, as the tracker keeps it. */
export type FoundTicket = { ref: TicketRef; text: string };

export type TicketDraft = {
  /** Names the incident; looked for before anything is made, so that an incident has one ticket. */
  marker: string;
  /** Names the news that the ticket is made of, as notes are named. */
  news: string;
  /** One line. */
  title: string;
  sheet: Sheet;
  severity: Severity;
  /** The service that the incident is about: which project it is, where each has its own. */
  service: string;
};

export type TicketNote = {
  /** Names the news; looked for before it is written, so that it is written once. */
  marker: string;
  sheet: Sheet;
};

/** Keeps tickets. Whoever calls it tries again: every step may be done twice and has one effect. */
export interface Tracker {
  /** Equals the file name and the key in the registry. */
  readonly id: string;
  /** @throws UpstreamError, worth another attempt when `isRetryable`; UsageError when it is set up wrongly */
  find(marker: string, service: string, signal: AbortSignal): Promise<FoundTicket | null>;
  create(draft: TicketDraft, signal: AbortSignal): Promise<TicketRef>;
  /** Writes a note unless it is there. */
  note(ref: TicketRef, note: TicketNote, signal: AbortSignal): Promise<void>;
  /** Does nothing when it is closed already. */
  close(ref: TicketRef, signal: AbortSignal): Promise<void>;
  /** Does nothing when it is open. */
  reopen(ref: TicketRef, signal: AbortSignal): Promise<void>;
  /** That login and project are right; changes nothing. @returns what was found, in words */
  check(signal: AbortSignal): Promise<string>;
}

export type TrackerTools = {
  http: Http;
  /** Milliseconds since the epoch. */
  now(): number;
};

export type GithubIssuesSettings = {
  apiUrl: string;
  token: string;
  /** `owner/name` for a service; null when there is none. */
  repositoryOf(service: string): string | null;
  labels: readonly string[];
  timeoutMs: number;
};

export type JiraSettings = {
  url: string;
  deployment: 'cloud' | 'data-center';
  /** With it the token is an API token of that account; without, a personal access token. */
  email?: string | undefined;
  apiToken: string;
  project: string;
  issueType: string;
  doneStatus?: string | undefined;
  labels: readonly string[];
  timeoutMs: number;
};

export type LinearSettings = {
  url: string;
  apiKey: string;
  team: string;
  timeoutMs: number;
};

/** The slices of the configuration that the trackers take. */
export type TrackerSettings = {
  'github-issues': GithubIssuesSettings;
  jira: JiraSettings;
  linear: LinearSettings;
};
