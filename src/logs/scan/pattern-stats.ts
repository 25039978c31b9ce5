import { LEVELS, type Level } from '#src/logs/records/level.ts';

/** What is counted of the records of one pattern. */
export type PatternCounts = {
  /** Records in the window, and in the baseline where there is one. */
  count: number;
  baselineCount: number;
  /** Epoch milliseconds, or null when no record bore a time. */
  first: number | null;
  last: number | null;
  /** Records by severity, `LEVELS` in order, last those without. */
  levels: number[];
  services: Set<string>;
  /** The first record, as it stands in the log. */
  sample: string;
};

const MAX_SERVICES = 16;

export function newCounts(sample: string): PatternCounts {
  return {
    count: 0,
    baselineCount: 0,
    first: null,
    last: null,
    levels: new Array<number>(LEVELS.length + 1).fill(0),
    services: new Set(),
    sample,
  };
}

/** Counts one record. */
export function note(
  counts: PatternCounts,
  at: number | null,
  level: number,
  service: string | null,
): void {
  counts.levels[level] = (counts.levels[level] ?? 0) + 1;
  if (at !== null) {
    if (counts.first === null || at < counts.first) counts.first = at;
    if (counts.last === null || at > counts.last) counts.last = at;
  }
  if (service !== null && counts.services.size < MAX_SERVICES) counts.services.add(service);
}

/** Adds the counts of a pattern to those of its template. */
export function addCounts(into: PatternCounts, from: PatternCounts): void {
  into.count += from.count;
  into.baselineCount += from.baselineCount;
  for (let level = 0; level <= LEVELS.length; level++)
    into.levels[level] = (into.levels[level] ?? 0) + (from.levels[level] ?? 0);
  if (from.first !== null && (into.first === null || from.first < into.first)) {
    into.first = from.first;
    into.sample = from.sample;
  }
  if (from.last !== null && (into.last === null || from.last > into.last)) into.last = from.last;
  for (const service of from.services)
    if (into.services.size < MAX_SERVICES) into.services.add(service);
}

/** The index of a level in {@link PatternCounts.levels}. */
export function levelIndex(level: Level | null): number {
  return level === null ? LEVELS.length : LEVELS.indexOf(level);
}

/** The level of most records, the graver of equals; null when most bear none. */
export function mainLevel(counts: PatternCounts): Level | null {
  let best: number = LEVELS.length;
  for (let level = LEVELS.length - 1; level >= 0; level--) {
    if ((counts.levels[level] ?? 0) > (counts.levels[best] ?? 0)) best = level;
  }
  return LEVELS[best] ?? null;
}
