import type { ChartMark, SignalEvidence } from '#src/charts/contract.ts';
import type { BriefEvent, IncidentBrief } from '#src/domain/brief.ts';
import type { Http } from '#src/platform/http.ts';

/** What a notifier is asked to tell: one event, or many that were folded into one message. */
export type Content =
  | { type: 'brief'; brief: IncidentBrief; onset: Onset | null }
  /** Oldest first; `more` were left out to keep it short. */
  | { type: 'digest'; briefs: IncidentBrief[]; more: number };

/** The signal that shows the onset best, with what is marked in its picture. */
export type Onset = { signal: SignalEvidence; marks: ChartMark[] };

/** One decision to tell somebody something. */
export type Delivery = {
  /** The same decision always has the same key. */
  key: string;
  /** From 1; a higher number says that an earlier attempt may have arrived. */
  attempt: number;
  /** Receipts of what was told to the same receiver about the same incident, oldest first. */
  earlier: readonly string[];
  content: Content;
  /** Which of the channel's receivers; null where it has only one. */
  receiver: string | null;
};

/** Tells people or programs. Knows nothing of queues: whoever calls it tries again. */
export interface Notifier {
  /** Equals the file name and the key in the registry. */
  readonly id: string;
  /**
   * Resolves when the receiver has accepted.
   * @returns what may be of use to later messages, such as a message id
   * @throws UpstreamError, worth another attempt when `isRetryable`; UsageError when the
   * configuration has to change first
   */
  send(delivery: Delivery, signal: AbortSignal): Promise<{ receipt?: string }>;
}

/** How messages of a kind of channel are decided. */
export type NotifierTraits = {
  /** Events that are told unless a rule says otherwise. */
  events: readonly BriefEvent[];
  /** Waits a moment for the answer instead of telling twice; for what people read. */
  waitsForAnswer: boolean;
  /** Whether many messages may become one. */
  digests: boolean;
  /** Whether the onset is drawn for it. */
  showsPictures: boolean;
};

/** A picture with itself in words; its size in pixels as it is shown. */
export type Picture = { png: Uint8Array; alt: string; width: number; height: number };

/** Draws the onset of a signal. */
export type DrawOnset = (onset: Onset) => Promise<Picture>;

/** What notifiers work with. */
export type NotifyTools = {
  http: Http;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Without it mails have no picture. */
  drawOnset?: DrawOnset | undefined;
};

export type EmailSettings = {
  host: string;
  port: number;
  /** `tls`: from the first byte; `starttls`: required before anything is said; `none`: never. */
  security: 'tls' | 'starttls' | 'none';
  /** Without a password nobody logs in. */
  user?: string | undefined;
  password?: string | undefined;
  from: string;
  to: readonly string[];
  /** PEM of an authority to trust beside the usual ones. */
  ca?: string | undefined;
  timeoutMs: number;
  publicUrl?: string | undefined;
};

export type SlackSettings = {
  webhookUrl: string;
  timeoutMs: number;
  publicUrl?: string | undefined;
};

export type PagerDutySettings = {
  routingKey: string;
  /** The Events API v2, or a server that speaks it. */
  url: string;
  timeoutMs: number;
  publicUrl?: string | undefined;
};

export type WebhookSettings = {
  url: string;
  /** Without it requests are not signed. */
  secret?: string | undefined;
  timeoutMs: number;
  publicUrl?: string | undefined;
};

/** The slices of the configuration that the notifiers take. */
export type NotifierSettings = {
  email: EmailSettings;
  slack: SlackSettings;
  pagerduty: PagerDutySettings;
  webhook: WebhookSettings;
};

/** One configured way to reach somebody. */
export type Channel = {
  [Id in keyof NotifierSettings]: {
    /** Unique; what rules name. */
    name: string;
    notifier: Id;
    settings: NotifierSettings[Id];
  };
}[keyof NotifierSettings];
