import type { DerivedSignal, Shift } from '#src/metrics/contract.ts';
import { absenceOf } from '#src/metrics/shift/absence.ts';
import { type Candidate, candidatesOf } from '#src/metrics/shift/candidates.ts';
import { contaminatedFrom } from '#src/metrics/shift/contamination.ts';
import { matters, sizeOf } from '#src/metrics/shift/effect.ts';
import { type Frame, frameOf } from '#src/metrics/shift/frame.ts';
import { levelOf } from '#src/metrics/shift/levels.ts';
import { type ShiftScope, sequenceOf } from '#src/metrics/shift/sequence.ts';
import { rampStart, shapeOf } from '#src/metrics/shift/shape.ts';
import { median } from '#src/metrics/statistics/robust.ts';

/** The outcome of testing one signal; `shift` is null where nothing is worth telling. */
export type ShiftTest = { logP: number; shift: Shift | null };

/** log10 of the p-value that a regular signal's silence is given. */
const ABSENCE_LOG_P = -12;
/** Above this p-value (log10) a stretch is not even a candidate. */
const CANDIDATE_LOG_P = -1.5;

const NOTHING: ShiftTest = { logP: 0, shift: null };

/**
 * Looks for a departure from normal in one signal: where it began, which way, how far, how sure,
 * of which shape, and whether it is over. Steady, bursty, cyclic, drifting, gappy, quantised and
 * sparse signals are each measured against their own scatter. `logQ` and `strength` of the shift
 * are those of a single test; `detectShifts` corrects them for many.
 * @param lastSeen the last sample of the whole analysis, to tell a signal that fell silent
 */
export function detectShift(
  signal: DerivedSignal,
  scope: ShiftScope,
  lastSeen: number = signal.times.at(-1) ?? 0,
): ShiftTest {
  if (signal.facet === 'presence') return testPresence(signal, scope, lastSeen);
  const sequence = sequenceOf(signal, scope);
  if (sequence === null) return NOTHING;
  let frame = frameOf(signal, sequence, null);
  if (frame === null) return NOTHING;
  let best = choose(signal, frame);
  if (best !== null && best.from < frame.reference && best.from >= frame.reference * 0.3) {
    // The baseline holds the beginning of the trouble: measure again without it.
    const cleaner = frameOf(signal, sequence, best.from);
    const again = cleaner === null ? null : choose(signal, cleaner);
    if (cleaner !== null && again !== null) {
      frame = cleaner;
      best = again;
    }
  }
  if (best === null && !sequence.seam) {
    const from = contaminatedFrom(sequence);
    const cleaner = from === null ? null : frameOf(signal, sequence, from);
    const again = cleaner === null ? null : choose(signal, cleaner);
    if (cleaner !== null && again !== null && again.from <= cleaner.sequence.reference) {
      frame = cleaner;
      best = again;
    }
  }
  return best === null ? NOTHING : { logP: best.logP, shift: describe(signal, frame, best) };
}

function testPresence(signal: DerivedSignal, scope: ShiftScope, lastSeen: number): ShiftTest {
  const absence = absenceOf(signal, scope, lastSeen);
  if (absence === null) return NOTHING;
  const shift: Shift = {
    signalId: signal.id,
    direction: 'down',
    shape: 'gap',
    ...absence,
    harmAt: absence.onset,
    end: null,
    preexisting: false,
    reference: 1,
    level: 0,
    peak: 0,
    relative: -1,
    z: 1000,
    logP: ABSENCE_LOG_P,
    logQ: ABSENCE_LOG_P,
    strength: strengthOf(signal, ABSENCE_LOG_P, 1, 0),
    harmful: true,
  };
  return { logP: ABSENCE_LOG_P, shift };
}

/** True where a move of that direction hurts. A rise of traffic is no harm by itself. */
function isHarmful({ harm, signal }: DerivedSignal, direction: 'up' | 'down'): boolean {
  if (harm === 'both') return signal === 'traffic' ? direction === 'down' : true;
  return harm === direction;
}

function choose(signal: DerivedSignal, frame: Frame): Candidate | null {
  let best: Candidate | null = null;
  let bestRank = Number.POSITIVE_INFINITY;
  for (const candidate of candidatesOf(signal, frame)) {
    if (candidate.logP > CANDIDATE_LOG_P) continue;
    const level = levelOf(signal, frame.sequence, lateFrom(candidate), candidate.to);
    const typical = levelOf(signal, frame.sequence, candidate.from, candidate.to);
    const further = Math.abs(level - candidate.reference) > Math.abs(typical - candidate.reference);
    const reached = further ? level : typical;
    if (!matters(signal, candidate.reference, reached)) continue;
    if (!leavesTail(signal, frame, candidate, reached)) continue;
    // What hurts comes first, then what began inside the window, then what is surest.
    const rank =
      (isHarmful(signal, candidate.direction) ? 0 : 1e6) +
      (candidate.preexisting ? 1e3 : 0) +
      candidate.logP;
    if (rank < bestRank) {
      best = candidate;
      bestRank = rank;
    }
  }
  return best;
}

/** The reference's last quarter is looked at alone where it has so many points. */
const MIN_TAIL = 6;

/**
 * False where the end of the reference already had moved so far that little is left: a slow
 * decline, as of traffic at night, that the whole reference's centre hides.
 */
function leavesTail(
  signal: DerivedSignal,
  { sequence, reference }: Frame,
  candidate: Candidate,
  reached: number,
): boolean {
  const until = Math.min(reference, candidate.from);
  const from = Math.floor(reference * 0.75);
  if (sequence.seam || until - from < MIN_TAIL) return true;
  const tail = levelOf(signal, sequence, from, until);
  const sameSide = reached > tail === reached > candidate.reference;
  return sameSide && matters(signal, tail, reached);
}

const lateFrom = ({ from, to }: Candidate) => Math.max(from, to - Math.ceil((to - from) / 3));

function describe(signal: DerivedSignal, frame: Frame, best: Candidate): Shift {
  const { sequence, z } = frame;
  const { times, values } = sequence;
  const { direction, reference } = best;
  const count = times.length;
  const before = Math.max(0, best.from - Math.max(8, best.to - best.from));
  const late = levelOf(signal, sequence, lateFrom(best), best.to);
  const slope = best.episodes < 3 ? rampStart(values, before, best.to, reference, late) : null;
  const isRamp = slope !== null && best.to - best.from >= 5;
  const from = isRamp ? Math.min(Math.max(slope + 1, before), best.to - 1) : best.from;
  const level = isRamp ? late : levelOf(signal, sequence, best.from, best.to);
  let peak = values[best.from] as number;
  for (let i = best.from; i < best.to; i += 1) {
    const value = values[i] as number;
    if (direction === 'up' ? value > peak : value < peak) peak = value;
  }
  const after = count - best.to;
  const ended = after >= 2 || (after === 1 && count - frame.reference <= 8);
  const harmful = isHarmful(signal, direction);
  return {
    signalId: signal.id,
    direction,
    shape: shapeOf({
      direction,
      length: best.to - best.from,
      tested: count - frame.reference,
      ended,
      episodes: best.episodes,
      ramp: isRamp,
      reference,
      level,
    }),
    onset: times[from] as number,
    onsetAfter: (times[from - 1] ?? times[from]) as number,
    harmAt: harmAt(signal, frame, { ...best, from }),
    end: ended ? (times[best.to] as number) : null,
    preexisting: best.preexisting,
    reference,
    level,
    peak,
    relative: reference === 0 ? null : level / reference - 1,
    z: Math.min(1000, Math.abs(median(z.subarray(best.from, best.to)) - best.offset)),
    logP: best.logP,
    logQ: best.logP,
    strength: strengthOf(signal, best.logP, reference, level),
    harmful,
  };
}

function harmAt(signal: DerivedSignal, { sequence }: Frame, best: Candidate): number {
  for (let i = best.from; i < best.to; i += 1) {
    const value = sequence.values[i] as number;
    const isRight = best.direction === 'up' ? value > best.reference : value < best.reference;
    if (isRight && matters(signal, best.reference, value)) return sequence.times[i] as number;
  }
  return sequence.times[best.from] as number;
}

/** 0 … 1 from how sure and how large: certainty saturates at a rate of 1e-8. */
export function strengthOf(
  signal: DerivedSignal,
  logQ: number,
  reference: number,
  level: number,
): number {
  const sure = Math.min(1, Math.max(0, -logQ / 8));
  return sure * (0.25 + 0.75 * sizeOf(signal, reference, level));
}
