import type { Span } from '#src/domain/time.ts';
import type { DerivedSignal } from '#src/metrics/contract.ts';
import { usualStep } from '#src/metrics/samples/time-axes.ts';

/** So many of the reference's points nearest to the window are used. */
const MAX_REFERENCE = 1500;
/** So many of the latest points under test are used. */
const MAX_TESTED = 3000;
/** With fewer points before the window than this, normal is sought inside it. */
const MIN_REFERENCE = 5;
/** The reference and what is tested are strangers when this many steps lie between them. */
const SEAM_STEPS = 5;

/** When to look and what to compare with. */
export type ShiftScope = { window: Span; baseline?: Span | undefined };

/** The known points of a signal: first those of the reference, then those under test. */
export type Sequence = {
  times: Float64Array;
  values: Float64Array;
  weights: Float64Array | null;
  /** So many points at the beginning are the reference. */
  reference: number;
  /** The first point inside the window. */
  windowFrom: number;
  /** Time lies between reference and test, so that a different level may be older than the window. */
  seam: boolean;
  /** Milliseconds between samples, usually. */
  step: number;
};

/**
 * Lays out a signal for testing. Without a baseline (or with an empty one), what lies before the
 * window is the reference; without that, it is left to be found (`reference` 0).
 * @returns null where nothing lies in the window
 */
export function sequenceOf(signal: DerivedSignal, scope: ShiftScope): Sequence | null {
  const { window, baseline } = scope;
  const inBaseline = (time: number) =>
    baseline !== undefined &&
    time >= baseline.start &&
    time < baseline.end &&
    !(time >= window.start && time <= window.end);
  const known: number[] = [];
  let inReference = 0;
  signal.times.forEach((time, i) => {
    if (!Number.isFinite(signal.values[i])) return;
    const weight = signal.weights === null ? 1 : (signal.weights[i] as number);
    if (!(weight > 0) && signal.model !== 'count') return;
    known.push(i);
    if (inBaseline(time)) inReference += 1;
  });
  const usesBaseline = inReference >= 3;
  const reference: number[] = [];
  const tested: number[] = [];
  for (const i of known) {
    const time = signal.times[i] as number;
    const isReference = usesBaseline ? inBaseline(time) : time < window.start;
    if (isReference) reference.push(i);
    else if (
      time <= window.end &&
      (time >= window.start || follows(time, baseline, usesBaseline))
    ) {
      tested.push(i);
    }
  }
  return layOut(signal, window, reference, tested);
}

/** Points between a baseline and the window: trouble may begin there. */
function follows(time: number, baseline: Span | undefined, usesBaseline: boolean): boolean {
  return usesBaseline && baseline !== undefined && time >= baseline.end;
}

function layOut(
  signal: DerivedSignal,
  window: Span,
  reference: number[],
  tested: number[],
): Sequence | null {
  const test = tested.slice(-MAX_TESTED);
  const firstTested = test[0];
  if (firstTested === undefined || (signal.times[test.at(-1) as number] as number) < window.start) {
    return null;
  }
  const kept =
    reference.length >= MIN_REFERENCE || test.length < MIN_REFERENCE
      ? reference.slice(-MAX_REFERENCE)
      : [];
  const order =
    kept.length === 0 && reference.length > 0 ? [...reference, ...test] : [...kept, ...test];
  const pick = (from: Float64Array) => pickAt(from, order);
  const times = pick(signal.times);
  const step = usualStep(times.subarray(kept.length)) || usualStep(times);
  const last = kept.at(-1);
  const between =
    last === undefined ? 0 : (signal.times[firstTested] as number) - (signal.times[last] as number);
  return {
    times,
    values: pick(signal.values),
    weights: signal.weights === null ? null : pick(signal.weights),
    reference: kept.length,
    windowFrom: times.findIndex((time, i) => i >= kept.length && time >= window.start),
    seam: last !== undefined && (between < 0 || between > SEAM_STEPS * step),
    step,
  };
}

function pickAt(from: Float64Array, order: readonly number[]): Float64Array {
  const picked = new Float64Array(order.length);
  for (let k = 0; k < order.length; k += 1) picked[k] = from[order[k] as number] as number;
  return picked;
}
