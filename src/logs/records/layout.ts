import { mayContinue } from './continuation.ts';
import {
  columnItem,
  dashItem,
  fieldItem,
  groupItem,
  type HeaderText,
  headerText,
  idItem,
  keyItem,
  levelItem,
  nameItem,
  nextWord,
  numberItem,
  skipSeparators,
  timeItem,
} from './header-items.ts';

/** One part of the head that the lines of a log share, in order. `skip` counts words passed over to reach it; -1 is up to three. */
export type LayoutStep = {
  item:
    | 'time'
    | 'level'
    | 'group'
    | 'number'
    | 'key'
    | 'name'
    | 'id'
    | 'column'
    | 'dash'
    | 'pipe'
    | 'semicolon';
  skip: number;
};

/** How the lines of one log begin. */
export type Layout = {
  steps: LayoutStep[];
  /** Lines without a time belong to the record before. */
  timed: boolean;
  /** Learned from enough lines; otherwise a guess that suits most logs. */
  learned: boolean;
};

const ENOUGH = 16;
const SAMPLE = 400;
const SHARED = 0.9;
const MAX_STEPS = 12;
const MAX_SKIP = 5;

/**
 * Learns how the lines of a log begin from a sample: what (nearly) every line has is head, what
 * differs in kind is message. No format is known beforehand; only what a time, a level, a bracketed
 * group, a number, a `name:` and a separator look like.
 */
export function learnLayout(lines: readonly string[]): Layout {
  const own = lines.filter((line) => line.trim() !== '' && !mayContinue(line));
  const some = spread(own, SAMPLE).map((line) => headerText(line));
  const withTime = some.filter((header) => findTime(header) >= 0);
  const timed = withTime.length >= 0.5 * some.length && withTime.length > 0;
  const sample = timed ? withTime : some;
  if (sample.length < ENOUGH) return { steps: [], timed, learned: false };
  const steps = learnSteps(sample);
  return { steps, timed: timed || steps.some(({ item }) => item === 'time'), learned: true };
}

/** So many items from all over a list. */
function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from(
    { length: count },
    (_, index) => items[Math.floor((index * items.length) / count)] as T,
  );
}

/** The index of the first time among the first words, or -1. */
export function findTime(header: HeaderText): number {
  let at = skipSeparators(header, 0);
  for (let word = 0; word < 8 && at >= 0; word++) {
    if (timeItem(header, at, word < 3)) return at;
    at = nextWord(header, at);
  }
  return -1;
}

/** A line and how far its head has been read. */
type Reading = { header: HeaderText; at: number };
type Candidate = { step: LayoutStep; readings: Reading[] };

function learnSteps(sample: readonly HeaderText[]): LayoutStep[] {
  const steps: LayoutStep[] = [];
  let readings = sample.map((header): Reading => ({ header, at: skipSeparators(header, 0) }));
  while (steps.length < MAX_STEPS) {
    const next = nextStep(readings, steps);
    if (!next) break;
    steps.push(next.step);
    readings = next.readings;
  }
  return trimmed(steps);
}

/** The nearest item that nearly all lines share; times and levels are worth passing over some words for. */
function nextStep(readings: readonly Reading[], before: readonly LayoutStep[]): Candidate | null {
  const timeSeen = before.some(({ item }) => item === 'time');
  const levelSeen = before.some(({ item }) => item === 'level');
  for (let skip = 0; skip <= MAX_SKIP; skip++) {
    const items: LayoutStep['item'][] = ['time'];
    if (!levelSeen) items.push('level');
    if (skip === 0) items.push(...HERE_ONLY);
    else if (skip <= 2 && timeSeen && before.at(-1)?.item === 'time') items.push('key');
    for (const item of items) {
      const found = shared(readings, { item, skip }, timeSeen);
      if (found) return found;
    }
  }
  // A level may stand behind now one word and now two.
  return levelSeen || !timeSeen ? null : shared(readings, { item: 'level', skip: -1 }, true);
}

const HERE_ONLY = [
  'pipe',
  'semicolon',
  'key',
  'group',
  'number',
  'dash',
  'name',
  'id',
  'column',
] as const;

/** The lines that have an item next, read past it; null when too few have. */
function shared(
  readings: readonly Reading[],
  step: LayoutStep,
  timeSeen: boolean,
): Candidate | null {
  const kept: Reading[] = [];
  let missing = 0;
  for (const { header, at } of readings) {
    const end = matchStep(header, at, step, timeSeen);
    if (end >= 0) kept.push({ header, at: skipSeparators(header, end) });
    else if (++missing > (1 - SHARED) * readings.length) return null;
  }
  return { step, readings: kept };
}

/** The end of a step's item at `from`, or -1. */
export function matchStep(
  header: HeaderText,
  from: number,
  step: LayoutStep,
  timeSeen: boolean,
): number {
  const at = stepStart(header, from, step, timeSeen);
  if (at < 0) return -1;
  switch (step.item) {
    case 'time':
      return timeItem(header, at, true)?.end ?? -1;
    case 'level':
      return levelItem(header, at, timeSeen)?.end ?? -1;
    case 'group':
      return groupItem(header, at);
    case 'number':
      return numberItem(header, at);
    case 'key':
      return keyItem(header, at);
    case 'name':
      return nameItem(header, at);
    case 'id':
      return idItem(header, at);
    case 'column':
      return columnItem(header, at);
    case 'dash':
      return dashItem(header, at);
    case 'pipe':
      return fieldItem(header, at, '|');
    case 'semicolon':
      return fieldItem(header, at, ';');
  }
}

/** Where a step's item begins, or -1. */
export function stepStart(
  header: HeaderText,
  from: number,
  step: LayoutStep,
  timeSeen: boolean,
): number {
  let at = from;
  if (step.skip >= 0) {
    for (let i = 0; i < step.skip && at >= 0; i++) at = pastWord(header, at);
    return at;
  }
  for (let word = 0; word < 4 && at >= 0; word++) {
    if (levelItem(header, at, timeSeen && word === 0)) return at;
    at = pastWord(header, at);
  }
  return -1;
}

/** The start of the next word, or -1; what stands in quotes (the request of an access line) is message. */
function pastWord(header: HeaderText, at: number): number {
  const next = nextWord(header, at);
  return next < 0 || header.text.slice(at, next).includes('"') ? -1 : next;
}

/** Numbers at the end are the message's own, and so are dotted names unless a level or its like is before them. */
function trimmed(steps: readonly LayoutStep[]): LayoutStep[] {
  let end = steps.length;
  while (end > 0 && isLoose(steps, end - 1)) end--;
  return steps.slice(0, end);
}

function isLoose(steps: readonly LayoutStep[], index: number): boolean {
  const item = steps[index]?.item;
  return (
    item === 'number' ||
    ((item === 'name' || item === 'id') &&
      !steps.slice(0, index).some((step) => step.item === 'level' || step.item === 'time'))
  );
}
