import type { ChangeClass } from '#src/changes/classify/classify.ts';
import type { SymptomWeights } from '#src/changes/classify/symptoms.ts';
import type { Commit, Deploy, Flag, Signal } from '#src/domain/bundle.ts';

/** Since when a service was harmed, and until when. All times are milliseconds since the epoch. */
export type ServiceOnset = {
  service: string;
  at: number;
  /** When it was beyond doubt; later than `at` where a faint harm came before the clear one. */
  clearAt?: number;
  /** When it was well again; null or absent while it was not. */
  endedAt?: number | null;
  /** How far the onset may be off, e.g. a scrape interval; a minute when absent. */
  toleranceMs?: number;
};

/** A text that the logs showed in the incident: a sample rather than a template, so that values stay. */
export type LogClue = {
  text: string;
  service: string | null;
  /** When it was first seen in the incident. */
  at: number | null;
  /** How much it tells, 0..1: new errors most, what is always there least. */
  weight: number;
  /**
   * How far its words speak of the code that wrote it, 0..1; all of it when absent. An error of the
   * world around (a refused connection, a full disk) names who met it, not who did it.
   */
  ofCode?: number;
  /** Id by which a factor cites it. */
  id?: string;
};

/** A metric that shifted. */
export type MetricClue = {
  service: string;
  signal: Signal | 'other';
  direction: 'up' | 'down';
  /** Name of the series, with telling labels: `process_resident_memory_bytes`, `hikaricp_connections_pending`. */
  name: string;
  at: number | null;
  weight: number;
  /** What it measures, where that is known better than by its name: `connections`, `memory`, `client-error-ratio`. */
  measures?: string;
  /** Whether it crept up rather than jumped. */
  isRamp?: boolean;
  id?: string;
};

/** A line of the repository that stack traces point to. */
export type LocationClue = {
  file: string;
  line: number;
  function: string | null;
  service: string | null;
  score: number;
  id?: string;
};

/** A commit that blame and history name for the culprit lines. */
type BlameClue = { sha: string; score: number; why: string; id?: string };

/** A service was seen to start, or to report another version. */
export type RestartEvent = { service: string; at: number; version?: string | null };

/** A service and what it calls. */
export type TopologyService = { name: string; dependsOn: readonly string[] };

/** Everything by which changes are judged. */
export type ChangesInput = {
  /** With their diffs where they are at hand. */
  commits: readonly Commit[];
  deploys: readonly Deploy[];
  flags: readonly Flag[];
  /** Harmed services; none when nothing is known to be wrong. */
  onsets: readonly ServiceOnset[];
  /** The service that broke first by its own signals, where that is known. */
  firstFailing?: string | null;
  /** Services that were watched and stayed well. */
  healthy: readonly string[];
  topology: readonly TopologyService[];
  logs: readonly LogClue[];
  /** Texts that are in the logs on any day. */
  usualLogs?: readonly string[];
  metrics: readonly MetricClue[];
  locations: readonly LocationClue[];
  blame: readonly BlameClue[];
  restarts?: readonly RestartEvent[];
  /** Shas as the repository has them, newest first, where it is at hand: what a deploy brought with it. */
  history?: readonly string[];
};

/** What a factor rests on. */
export type FactorCite = {
  kind:
    | 'onset'
    | 'commit'
    | 'deploy'
    | 'flag'
    | 'log'
    | 'metric'
    | 'trace'
    | 'topology'
    | 'restart';
  /** Id of a clue, a sha, a flag's or a service's name. */
  id: string | null;
  file?: string;
  line?: number;
  quote?: string;
  /** Milliseconds since the epoch. */
  at?: number;
};

/** A reason for or against a change. */
export type Factor = {
  id: 'time' | 'reach' | 'touch' | 'kind' | 'risk' | 'siblings' | 'undo' | 'trace' | 'carried';
  /** Log-odds: above zero speaks for guilt. */
  weight: number;
  /** Plain words. */
  text: string;
  cites: FactorCite[];
};

/** How a change stands as a suspect. The verdict is not given here. */
export type ChangeAssessment = {
  kind: 'commit' | 'deploy' | 'flag';
  /** Sha of a commit; commit, version or time of a deploy; name of a flag. */
  id: string;
  service: string | null;
  /** When it took effect, as far as is known; null when it never did. */
  liveAt: number | null;
  /** 0..1; at most a twentieth when acquitted. */
  score: number;
  factors: Factor[];
  /** Why it cannot have been, in plain words; null while it can. */
  acquitted: string | null;
  classes: ChangeClass[];
  symptoms: SymptomWeights;
  /** The line of it that fits best. */
  location: { file: string; line: number } | null;
};
