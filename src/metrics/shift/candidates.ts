import type { DerivedSignal } from '#src/metrics/contract.ts';
import {
  type Excursion,
  excursionsOf,
  largestDeparture,
  weigh,
} from '#src/metrics/shift/excursion.ts';
import type { Frame } from '#src/metrics/shift/frame.ts';
import { leftAfterDrift, leftAfterSeason } from '#src/metrics/shift/guards.ts';
import { exactLogP, tallyOf } from '#src/metrics/shift/levels.ts';
import { localShifts } from '#src/metrics/shift/local-shift.ts';
import type { NoiseProfile } from '#src/metrics/shift/noise.ts';
import { segment } from '#src/metrics/shift/segment.ts';
import { logStudentTail } from '#src/metrics/statistics/tails.ts';

/** A stretch that may be the shift. */
export type Candidate = Excursion & {
  /** Normal value that it departs from, in the signal's unit, and its deviation. */
  reference: number;
  offset: number;
  preexisting: boolean;
  /** How often it came back to normal in between, plus one. */
  episodes: number;
};

/** Mean deviations below this are not looked at more closely. */
const SCREEN = 3;
/** A split needs a contrast of so many standard deviations. */
const SPLIT = 3;
/** With fewer failures than this nothing is told from them. */
const MIN_FAILURES = 3;
/** Requests that are refused are the callers' fault more often than not. */
const MIN_REFUSED = 15;
/** A drop of traffic needs so many requests that should have come. */
const MIN_MISSED = 8;
/** Below so many expected events an interval, exact counts decide. */
const SPARSE = 1.5;
/** With a p-value (log10) like this, a natural stretch needs no help of fixed ones. */
const PLAIN = -4;

type Stretch = { from: number; to: number; sign: number };

/** All stretches of the tested part that depart from normal, weighed, weak ones included. */
export function candidatesOf(signal: DerivedSignal, frame: Frame): Candidate[] {
  const { sequence, sums, noise, reference } = frame;
  const count = sequence.times.length;
  if (largestDeparture(sums, reference, count, noise) < SCREEN && !isSparse(signal, frame)) {
    return [];
  }
  const tail = Math.min(reference, Math.max(24, count - reference));
  const from = sequence.seam ? reference : reference - tail;
  const spread = spreadOf(noise, count - reference);
  const segments = segment(sums, from, count, SPLIT * spread);
  const weighAll = (stretches: readonly Stretch[]) =>
    stretches
      .map((stretch) => accept(signal, frame, weighStretch(signal, frame, stretch)))
      .filter((one) => one !== null);
  const natural = excursionsOf(sums, segments, noise).filter((one) => one.to > reference);
  let weighed = weighAll(natural);
  if (!weighed.some(({ logP }) => logP <= PLAIN)) {
    weighed = [...weighed, ...weighAll(fixedStretches(signal, frame))];
  }
  const joined = joinEpisodes(weighed);
  const candidates = joined.map(({ excursion, episodes }) => ({
    ...excursion,
    episodes,
    reference: frame.center,
    offset: 0,
    preexisting: sequence.seam && excursion.from <= reference,
  }));
  if (!sequence.seam) return candidates;
  return [...candidates, ...localShifts(signal, frame, SPLIT * spread)];
}

/** The scatter of one point that the means of stretches up to the tested length imply. */
function spreadOf(noise: NoiseProfile, tested: number): number {
  let spread = noise.deviation(1);
  for (let length = 4; length <= Math.min(16, tested); length *= 4) {
    spread = Math.max(spread, noise.deviation(length) * Math.sqrt(length));
  }
  return spread;
}

function isSparse(signal: DerivedSignal, { sequence, reference, noise }: Frame): boolean {
  if (signal.model === 'level' || noise.deviation(1) > 1.3) return false;
  const { events } = tallyOf(signal, sequence, 0, reference);
  return events < SPARSE * reference;
}

/**
 * Where events are rare or the noise is loud no split is seen: the window as a whole, and its later
 * parts, each from where its counts are likeliest to have changed.
 */
function fixedStretches(signal: DerivedSignal, frame: Frame): Stretch[] {
  const { sequence, reference, sums } = frame;
  const count = sequence.times.length;
  const start = Math.max(reference, sequence.windowFrom);
  const stretches: Stretch[] = [];
  for (const part of [1, 0.5, 0.25]) {
    let from = count - Math.max(1, Math.round((count - start) * part));
    if (isSparse(signal, frame)) from = likeliestChange(signal, frame, from);
    const sum = (sums[count] as number) - (sums[from] as number);
    const isNew = stretches.every((other) => other.from !== from);
    if (isNew && sum !== 0 && from < count)
      stretches.push({ from, to: count, sign: Math.sign(sum) });
  }
  return stretches;
}

/** Where the Poisson likelihood of another rate from there to the end is largest, after `from`. */
function likeliestChange(signal: DerivedSignal, frame: Frame, from: number): number {
  const { sequence, reference } = frame;
  const normal = tallyOf(signal, sequence, 0, reference);
  const rate = (normal.events + 0.5) / Math.max(normal.exposure, 1e-9);
  let events = 0;
  let exposure = 0;
  let best = from;
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = sequence.times.length - 1; i >= from; i -= 1) {
    const here = tallyOf(signal, sequence, i, i + 1);
    events += here.events;
    exposure += here.exposure;
    const expected = rate * exposure;
    const gain = (events > 0 ? events * Math.log(events / expected) : 0) - (events - expected);
    if (gain >= largest) {
      largest = gain;
      best = i;
    }
  }
  return best;
}

function weighStretch(signal: DerivedSignal, frame: Frame, stretch: Stretch): Excursion {
  const { sequence, sums, noise, reference, z } = frame;
  const tested = sequence.times.length - reference;
  const excursion = weigh(sums, stretch, noise, tested);
  if (isSparse(signal, frame)) {
    const here = tallyOf(signal, sequence, stretch.from, stretch.to);
    const normal = tallyOf(signal, sequence, 0, reference);
    const exact = exactLogP(here, normal, excursion.direction);
    const places = Math.log10(Math.max(1, (2 * tested) / (stretch.to - stretch.from)));
    excursion.logP = Math.min(0, Math.min(excursion.logP, exact + places));
  }
  if (excursion.logP > -1 || reference !== sequence.reference) return excursion;
  const { from, to } = stretch;
  const left = Math.min(
    leftAfterDrift(z, reference, from, to, noise),
    leftAfterSeason(z, sequence.times, reference, from, to, sequence.step),
  );
  if (left >= 1) return excursion;
  const t = (Math.abs(excursion.mean) * Math.max(0, left)) / noise.deviation(to - from);
  return { ...excursion, logP: Math.max(excursion.logP, logStudentTail(t, noise.freedom)) };
}

/** Takes back certainty that single points and few events cannot give. */
function accept(signal: DerivedSignal, frame: Frame, excursion: Excursion): Excursion | null {
  const { sequence, reference, center } = frame;
  const count = sequence.times.length;
  const inside = excursion.to - Math.max(excursion.from, reference);
  let logP = excursion.logP;
  const isCoarse = count - reference <= 8;
  if (inside === 1) logP = Math.max(logP, excursion.to === count || isCoarse ? -4 : -1.2);
  if (inside === 2 && excursion.to < count && !isCoarse) logP = Math.max(logP, -4.5);
  if (signal.model !== 'level') {
    const { events, exposure } = tallyOf(signal, sequence, excursion.from, excursion.to);
    const rises = excursion.direction === 'up';
    const least = signal.facet === 'client-error-ratio' ? MIN_REFUSED : MIN_FAILURES;
    if (signal.signal === 'errors' && rises && events < least) return null;
    if (signal.signal === 'traffic' && !rises && center * exposure < MIN_MISSED) return null;
  }
  return { ...excursion, logP };
}

/** Stretches of one direction with short quiet parts between are episodes of one trouble. */
function joinEpisodes(excursions: Excursion[]): { excursion: Excursion; episodes: number }[] {
  const joined = excursions.map((excursion) => ({ excursion, episodes: 1 }));
  const surest = new Map<string, Excursion>();
  for (const one of excursions) {
    const known = surest.get(one.direction);
    if (known === undefined || one.logP < known.logP) surest.set(one.direction, one);
  }
  for (const best of surest.values()) {
    const kin = excursions.filter(
      (one) =>
        one.direction === best.direction &&
        Math.abs(one.mean) >= 0.4 * Math.abs(best.mean) &&
        one.logP <= -1.2,
    );
    kin.sort((a, b) => a.from - b.from);
    let { from, to } = best;
    let episodes = 1;
    for (const one of [...kin].reverse()) {
      const gap = from - one.to;
      if (gap >= 0 && gap <= Math.max(4, 1.5 * Math.max(one.to - one.from, to - from))) {
        from = one.from;
        episodes += 1;
      }
    }
    for (const one of kin) {
      const gap = one.from - to;
      if (gap >= 0 && gap <= Math.max(4, 1.5 * Math.max(one.to - one.from, to - from))) {
        to = one.to;
        episodes += 1;
      }
    }
    if (episodes > 1)
      joined.push({ excursion: { ...best, from, to, logP: best.logP - 0.01 }, episodes });
  }
  return joined;
}
