import type { Level } from '#src/logs/records/level.ts';
import type { AnomalyKind } from './types.ts';

const SEVERITY: Readonly<Record<Level, number>> = {
  fatal: 1,
  error: 0.85,
  warn: 0.55,
  info: 0.2,
  debug: 0.1,
  trace: 0.08,
};

export type ScoreInput = {
  kind: AnomalyKind;
  level: Level | null;
  isTrouble: boolean;
  probability: number;
  /** Rate in the window over the rate before. */
  ratio: number;
  count: number;
  /** 0 to 1: how little the baseline let expect new templates. */
  surprise: number;
};

/**
 * How much an anomaly tells, 0 to 1. What it says weighs most, then that it was not there before; how
 * often it says it weighs little, so that a flood of harmless lines does not drown one new error.
 */
export function anomalyScore(input: ScoreInput): number {
  const evidence = Math.min(1, -Math.log10(Math.max(1e-12, input.probability)) / 6);
  const volume = Math.min(1, Math.log10(input.count + 1) / 4);
  const score = severityOf(input) * kindWeight(input) * (0.6 + 0.25 * evidence + 0.15 * volume);
  return Math.round(Math.min(1, score) * 1000) / 1000;
}

function severityOf({ level, isTrouble, kind }: ScoreInput): number {
  // That trouble went away tells less than that work is no longer done.
  if (kind === 'vanished') return isTrouble ? 0.15 : 0.5;
  const own = level === null ? (isTrouble ? 0.7 : 0.25) : SEVERITY[level];
  return isTrouble ? Math.max(own, 0.45) + 0.1 : own;
}

function kindWeight({ kind, ratio, surprise }: ScoreInput): number {
  if (kind === 'new') return 0.7 + 0.3 * surprise;
  if (kind === 'surging') return Math.min(1, 0.5 + 0.25 * Math.log10(Math.max(1, ratio)));
  return kind === 'vanished' ? 0.8 : 0.55;
}
