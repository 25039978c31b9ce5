import type { WrittenTime } from '#src/logs/records/time/clock.ts';
import type { TimePlacer } from '#src/logs/records/time/place-time.ts';
import { readEpoch, readGlogTime, readTime } from '#src/logs/records/time/read-time.ts';
import type { LineShape } from './line-shape.ts';

/** Where lines of one shape have their time: at which word, and how it is written. */
export type TimeLocator = { word: number; form: 'written' | 'epoch' | 'glog' };

/** Finds the word at which reading a time gives `at`; null when none does. */
export function locateTime(
  shape: LineShape,
  bytes: Uint8Array,
  start: number,
  end: number,
  at: number,
  place: TimePlacer,
): TimeLocator | null {
  for (let word = 0; word < shape.wordCount; word++) {
    for (const form of ['written', 'epoch', 'glog'] as const) {
      const time = readAt(bytes, start + (shape.words[word] as number), end, form);
      if (time && place(time) === at) return { word, form };
    }
  }
  return null;
}

/** The time of another line of the same shape, or null. */
export function timeAt(
  locator: TimeLocator,
  shape: LineShape,
  bytes: Uint8Array,
  start: number,
  end: number,
  place: TimePlacer,
): number | null {
  if (locator.word >= shape.wordCount) return null;
  const time = readAt(bytes, start + (shape.words[locator.word] as number), end, locator.form);
  return time ? place(time) : null;
}

function readAt(
  bytes: Uint8Array,
  at: number,
  end: number,
  form: TimeLocator['form'],
): WrittenTime | null {
  if (form === 'written') return readTime(bytes, at, end);
  return form === 'epoch' ? readEpoch(bytes, at, end) : readGlogTime(bytes, at + 1, end);
}
