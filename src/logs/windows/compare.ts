import { formatTime, type Span, windowOf } from '#src/domain/time.ts';
import type { Comparison } from './types.ts';

const MINUTE = 60_000;
/** A baseline shorter than this part of the window tells little. */
const SHORT = 0.25;
const FEW_RECORDS = 20;

/** The spans that are compared; `baseline` ends where `window` begins, or before. */
export type Spans = { window: Span; baseline: Span | null; comparison: Comparison };

/**
 * Chooses what is compared with what. Spans are cut to where there are records at all: what a collector
 * did not reach back to is not silence.
 * @param extent first and last record over everything, or null when no record bears a time
 * @param width milliseconds of a bucket; a window is only cut between two
 * @param baselineRecords how many records lie in the baseline asked for
 */
export function chooseSpans(
  asked: { window: Span | null; baseline: Span | null },
  extent: Span | null,
  baselineRecords: number,
  width = MINUTE,
): Spans {
  const notes: string[] = [];
  const window = asked.window ?? extent;
  if (!window || !extent || window.end <= window.start) {
    notes.push('no record bears a time, so nothing can be compared');
    const span = window ?? { start: 0, end: 0 };
    return {
      window: span,
      baseline: null,
      comparison: { window: null, baseline: null, against: 'none', confidence: 0, notes },
    };
  }
  const reached = asked.baseline && {
    start: Math.max(asked.baseline.start, extent.start),
    end: Math.min(asked.baseline.end, window.start),
  };
  const length = reached ? reached.end - reached.start : 0;
  if (reached && length >= 2 * MINUTE && baselineRecords >= FEW_RECORDS) {
    const confidence = confidenceOf(length / (window.end - window.start), baselineRecords);
    if (confidence < 0.5) notes.push('the baseline is short, so rare events may look new');
    if (asked.baseline && reached.start > asked.baseline.start + MINUTE)
      notes.push(`the logs reach back to ${formatTime(reached.start)} only`);
    return {
      window,
      baseline: reached,
      comparison: {
        window: windowOf(window),
        baseline: windowOf(reached),
        against: 'baseline',
        confidence,
        notes,
      },
    };
  }
  notes.push(
    baselineRecords === 0
      ? 'there are no records before the window'
      : 'there is hardly any log before the window',
  );
  return fromStart(window, extent, notes, width);
}

/** The first part of the window stands in for the baseline. */
function fromStart(window: Span, extent: Span, notes: string[], width: number): Spans {
  const start = Math.max(window.start, extent.start);
  const end = Math.min(window.end, extent.end + 1);
  const length = end - start;
  if (length < 4 * width) {
    notes.push('the window is too short to be compared with its own beginning');
    return {
      window,
      baseline: null,
      comparison: {
        window: windowOf(window),
        baseline: null,
        against: 'none',
        confidence: 0,
        notes,
      },
    };
  }
  const split = Math.ceil((start + length / 3) / width) * width;
  notes.push('the rest of the window is compared with its first third');
  const later = { start: split, end };
  const earlier = { start, end: split };
  return {
    window: later,
    baseline: earlier,
    comparison: {
      window: windowOf(later),
      baseline: windowOf(earlier),
      against: 'start-of-window',
      confidence: 0.3,
      notes,
    },
  };
}

function confidenceOf(ratio: number, records: number): number {
  const byLength = Math.min(1, ratio / (4 * SHORT));
  const byRecords = Math.min(1, Math.log10(records) / 3);
  return Math.round(Math.min(byLength, byRecords) * 100) / 100;
}
