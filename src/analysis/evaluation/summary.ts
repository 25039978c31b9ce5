import type { Grade } from '#src/analysis/evaluation/grade.ts';

/** What an evaluation says over all bundles. Shares are ratios 0..1. */
export type EvaluationSummary = {
  bundles: number;
  right: number;
  share: number;
  decoysBlamed: number;
  falseAccusations: number;
  abstentions: number;
  /** Mean squared error of the confidence against whether the cause was right (Brier 1950). */
  brier: number;
  /** The same for a forecast that always says the share of right causes. */
  brierBaseRate: number;
  /** 95 % interval of `brier` by the percentile bootstrap (Efron 1979), 2000 resamples. */
  brierInterval: [number, number];
};

const RESAMPLES = 2000;

export function summarize(grades: readonly Grade[]): EvaluationSummary {
  const count = (test: (grade: Grade) => boolean): number => grades.filter(test).length;
  const right = count((grade) => grade.right);
  // An abstention makes no claim that could be right or wrong.
  const claims = grades.filter((grade) => !grade.abstained);
  const errors = claims.map(({ confidence, causeRight }) => (confidence - Number(causeRight)) ** 2);
  const base = mean(claims.map(({ causeRight }) => Number(causeRight)));
  return {
    bundles: grades.length,
    right,
    share: grades.length === 0 ? 0 : right / grades.length,
    decoysBlamed: count((grade) => grade.decoyBlamed),
    falseAccusations: count((grade) => grade.falselyAccused),
    abstentions: count((grade) => grade.abstained),
    brier: mean(errors),
    brierBaseRate: mean(claims.map(({ causeRight }) => (base - Number(causeRight)) ** 2)),
    brierInterval: bootstrap(errors),
  };
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Resampling with a generator of our own, so that the interval is the same every time. */
function bootstrap(values: readonly number[]): [number, number] {
  if (values.length === 0) return [0, 0];
  const next = mulberry32(values.length);
  const means = Array.from({ length: RESAMPLES }, () =>
    mean(values.map(() => values[Math.floor(next() * values.length)] ?? 0)),
  ).sort((a, b) => a - b);
  const at = (share: number): number => means[Math.floor(share * (RESAMPLES - 1))] ?? 0;
  return [at(0.025), at(0.975)];
}

/** Mulberry32, a small generator of good quality. @returns numbers in 0..1 */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
