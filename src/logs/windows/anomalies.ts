import { formatTime, type Span } from '#src/domain/time.ts';
import type { Level } from '#src/logs/records/level.ts';
import { compareText } from '#src/platform/compare.ts';
import { changeBucket } from './onset.ts';
import {
  adjustForMany,
  decreaseProbability,
  dispersionOf,
  increaseProbability,
  peakProbability,
  type RateCounts,
} from './rate-test.ts';
import { anomalyScore } from './score.ts';
import { speaksOfTrouble } from './trouble-words.ts';
import type { AnomalyKind, LogAnomaly } from './types.ts';

/** A template's records as counts per bucket of time. */
export type TemplateSeries = {
  id: string;
  template: string;
  level: Level | null;
  services: string[];
  /** Bucket (epoch milliseconds over the width, floored) → records, of the window and of the baseline. */
  buckets: ReadonlyMap<number, number>;
  baselineBuckets: ReadonlyMap<number, number>;
  /** Epoch milliseconds of the first record in the window, where it is known exactly. */
  firstInWindow: number | null;
  last: number | null;
};

export type AnomalyOptions = {
  window: Span;
  baseline: Span /** Milliseconds of a bucket. */;
  width: number;
};

const FALSE_FINDS = 0.01;
const MAX_ANOMALIES = 100;
const MINUTE = 60_000;

type Find = {
  series: TemplateSeries;
  kind: AnomalyKind;
  count: number;
  baselineCount: number;
  ratio: number;
  probability: number;
  buckets: number[];
  isTrouble: boolean;
};

/**
 * The templates that came otherwise in the window than in the baseline, best first.
 * A new template is shown when it speaks of trouble, however rare it is, or when chance would hardly
 * put all of its records into the window; all others must pass a test that allows for bursts and for
 * the number of templates.
 */
export function findAnomalies(
  all: readonly TemplateSeries[],
  options: AnomalyOptions,
): LogAnomaly[] {
  const finds = all.map((series) => judge(series, options)).filter((find) => find !== null);
  const adjusted = adjustForMany(finds.map(({ probability }) => probability));
  // How many new templates the baseline's own singletons let expect (Good & Turing).
  const surprise = noveltySurprise(finds, options);
  return finds
    .flatMap((find, index) => {
      const probability = adjusted[index] as number;
      return isShown(find, probability) ? [anomalyOf(find, probability, surprise, options)] : [];
    })
    .sort(
      (a, b) => b.score - a.score || b.count - a.count || compareText(a.templateId, b.templateId),
    )
    .slice(0, MAX_ANOMALIES);
}

function isShown(find: Find, probability: number): boolean {
  if (find.kind === 'new' && find.isTrouble) return true;
  return probability <= FALSE_FINDS;
}

function judge(series: TemplateSeries, { window, baseline, width }: AnomalyOptions): Find | null {
  const inBaseline = countsBetween(series.baselineBuckets, baseline, width);
  const inWindow = countsBetween(series.buckets, window, width);
  const count = sum(inWindow);
  const baselineCount = sum(inBaseline);
  if (count + baselineCount === 0) return null;
  const exposure = window.end - window.start;
  const baselineExposure = baseline.end - baseline.start;
  const ratio = count / exposure / ((baselineCount + 0.5) / baselineExposure);
  const isTrouble = graveness(series.level) >= 3 || speaksOfTrouble(series.template);
  const base = {
    series,
    count,
    baselineCount,
    ratio,
    buckets: [...inBaseline, ...inWindow],
    isTrouble,
  };
  const counts = {
    count,
    baselineCount,
    exposure,
    baselineExposure,
    dispersion: Math.max(dispersionOf(inBaseline), dispersionOf(inWindow)),
  };
  if (baselineCount === 0) {
    // Records that come together are one event.
    const episodes = inWindow.filter((bucket) => bucket > 0).length;
    return {
      ...base,
      kind: 'new',
      probability: increaseProbability({ ...counts, count: episodes, dispersion: 1 }),
    };
  }
  const silence = silenceProbability(inWindow, counts, width);
  if (silence <= FALSE_FINDS / 10) return { ...base, kind: 'vanished', probability: silence };
  if (ratio <= 0.1) return { ...base, kind: 'vanished', probability: decreaseProbability(counts) };
  const least = isTrouble ? 1.5 : 3;
  if (ratio >= least) return { ...base, kind: 'surging', probability: increaseProbability(counts) };
  return burst(base, inWindow, inBaseline, counts.dispersion);
}

/**
 * The probability that nothing comes in as long a time as the silence at the window's end, wherever that had
 * begun, at the rate that held before it.
 */
function silenceProbability(
  inWindow: readonly number[],
  counts: RateCounts,
  width: number,
): number {
  let silent = 0;
  while (silent < inWindow.length && inWindow[inWindow.length - 1 - silent] === 0) silent++;
  if (silent < 2) return 1;
  const exposure = silent * width;
  const probability = decreaseProbability({
    count: 0,
    baselineCount: counts.baselineCount + counts.count,
    exposure,
    baselineExposure: counts.baselineExposure + Math.max(width, counts.exposure - exposure),
    dispersion: counts.dispersion,
  });
  return Math.min(1, probability * inWindow.length);
}

/** A short time with far more records than any before, though the window as a whole has not many more. */
function burst(
  base: Omit<Find, 'kind' | 'probability'>,
  inWindow: readonly number[],
  inBaseline: readonly number[],
  dispersion: number,
): Find {
  const peak = Math.max(0, ...inWindow);
  const before = Math.max(0, ...inBaseline);
  const mean = (base.baselineCount + 0.5) / Math.max(1, inBaseline.length);
  const probability =
    peak >= 5 && peak >= 3 * before ? peakProbability(peak, mean, inWindow.length, dispersion) : 1;
  return { ...base, kind: 'burst-of-rate', probability };
}

function noveltySurprise(finds: readonly Find[], { window, baseline }: AnomalyOptions): number {
  const singletons = finds.filter(({ baselineCount }) => baselineCount === 1).length;
  const expected = (singletons * (window.end - window.start)) / (baseline.end - baseline.start);
  const found = finds.filter(({ kind }) => kind === 'new').length;
  return found === 0 ? 1 : Math.min(1, Math.max(0.3, 1 - expected / found));
}

function anomalyOf(
  find: Find,
  probability: number,
  surprise: number,
  options: AnomalyOptions,
): LogAnomaly {
  const { series, kind, count, baselineCount, ratio } = find;
  const minutes = (span: Span) => (span.end - span.start) / MINUTE;
  const rate = count / minutes(options.window);
  const baselineRate = baselineCount / minutes(options.baseline);
  const score = anomalyScore({
    kind,
    level: series.level,
    isTrouble: find.isTrouble,
    probability,
    ratio,
    count,
    surprise,
  });
  return {
    kind,
    templateId: series.id,
    template: series.template,
    level: series.level,
    services: series.services,
    count,
    baselineCount,
    rate: round(rate),
    baselineRate: round(baselineRate),
    probability: Number(probability.toPrecision(3)),
    onset: onsetOf(find, options),
    score,
    reasons: reasonsOf(find, rate, baselineRate),
    exemplars: [],
  };
}

function onsetOf(
  { series, kind, buckets }: Find,
  { window, baseline, width }: AnomalyOptions,
): string | null {
  if (kind === 'new') return formatTime(series.firstInWindow ?? window.start);
  if (kind === 'vanished' && series.last !== null) return formatTime(series.last);
  const split = changeBucket(buckets, kind === 'vanished' ? 'fall' : 'rise');
  if (split < 0) return null;
  const baselineBuckets = bucketsOf(baseline, width).length;
  const inWindow = split >= baselineBuckets;
  const start = inWindow
    ? (Math.floor(window.start / width) + split - baselineBuckets) * width
    : (Math.floor(baseline.start / width) + split) * width;
  return formatTime(Math.max(start, inWindow ? window.start : baseline.start));
}

function reasonsOf(
  { kind, count, baselineCount, isTrouble, series }: Find,
  rate: number,
  baselineRate: number,
): string[] {
  const reasons: string[] = [];
  if (kind === 'new')
    reasons.push(count === 1 ? 'once, and never before' : `${count} times, and never before`);
  else if (kind === 'vanished')
    reasons.push(count === 0 ? `${baselineCount} times before, then no more` : 'nearly gone');
  else if (kind === 'surging')
    reasons.push(`${round(rate / baselineRate)} times as often as before`);
  else reasons.push('a burst far above anything before');
  if (series.level === 'error' || series.level === 'fatal')
    reasons.push(`logged as ${series.level}`);
  else if (isTrouble && series.level !== 'warn') reasons.push('speaks of trouble');
  return reasons;
}

export function graveness(level: Level | null): number {
  return level === null ? 1.5 : ['trace', 'debug', 'info', 'warn', 'error', 'fatal'].indexOf(level);
}

function countsBetween(buckets: ReadonlyMap<number, number>, span: Span, width: number): number[] {
  return bucketsOf(span, width).map((bucket) => buckets.get(bucket) ?? 0);
}

function bucketsOf(span: Span, width: number): number[] {
  const first = Math.floor(span.start / width);
  const last = Math.max(first, Math.ceil(span.end / width) - 1);
  return Array.from({ length: Math.min(100_000, last - first + 1) }, (_, index) => first + index);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
