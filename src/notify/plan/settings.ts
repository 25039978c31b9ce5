import type { Severity } from '#src/domain/alert.ts';
import type { BriefEvent } from '#src/domain/brief.ts';
import type { NotifierTraits } from '#src/notify/contract.ts';
import type { Hours, ZoneClock } from '#src/notify/plan/hours.ts';

/** A channel as far as planning must know it. */
export type PlannedChannel = {
  name: string;
  traits: NotifierTraits;
  /** Each is told by a message of its own, so that a refusal of one does not repeat the others'. */
  receivers: readonly (string | null)[];
};

/** Who is told of what. Conditions that are not given hold always. */
export type Rule = {
  name: string;
  severities?: readonly Severity[] | undefined;
  /** Names of services; `*` stands for any characters. */
  services?: readonly string[] | undefined;
  /** What is told; by default what suits the channel. */
  events?: readonly BriefEvent[] | undefined;
  during?: readonly Hours[] | undefined;
  /** Names of channels. */
  channels: readonly string[];
  /** Only when nobody has taken the incident on after so long; each time is told. Milliseconds. */
  unacknowledgedMs?: readonly number[] | undefined;
};

export type QuietHours = Hours & {
  /** Severities that are told nevertheless. */
  exceptSeverities: readonly Severity[];
  /** Names of channels; all that can wait when not given. */
  channels?: readonly string[] | undefined;
};

export type PlanSettings = {
  channels: readonly PlannedChannel[];
  rules: readonly Rule[];
  quietHours: readonly QuietHours[];
  /** Shows the time by which all hours go. */
  clock: ZoneClock;
  /** How long the news of an incident waits for the answer. */
  waitForAnswerMs: number;
  /** Messages to one receiver within `perMs`; what goes beyond comes as one every `digestMs`. */
  rateLimit: { messages: number; perMs: number; digestMs: number };
};
