import {
  columnItem,
  createHeaderScratch,
  dashItem,
  fieldItem,
  groupItem,
  type HeaderText,
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
const SHARED = 0.9;
const MAX_STEPS = 12;
const MAX_SKIP = 5;

/**
 * Learns how the lines of a log begin from a sample: what (nearly) every line has is head, what
 * differs in kind is message. No format is known beforehand; only what a time, a level, a bracketed
 * group, a number, a `name:` and a separator look like.
 */
export function learnLayout(lines: readonly string[]): Layout {
  const scratch = createHeaderScratch();
  const own = lines.filter((line) => line.trim() !== '' && !/^\s/.test(line));
  const withTime = own.filter((line) => findTime(scratch(line)) >= 0);
  const timed = withTime.length >= 0.5 * own.length && withTime.length > 0;
  const sample = timed ? withTime : own;
  if (sample.length < ENOUGH) return { steps: [], timed, learned: false };
  const steps = learnSteps(sample, scratch);
  return { steps, timed: timed || steps.some(({ item }) => item === 'time'), learned: true };
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

type Candidate = { step: LayoutStep; ends: number[] };

function learnSteps(
  sample: readonly string[],
  scratch: (text: string) => HeaderText,
): LayoutStep[] {
  const steps: LayoutStep[] = [];
  let lines = [...sample];
  let at = lines.map((line) => skipSeparators(scratch(line), 0));
  while (steps.length < MAX_STEPS) {
    const best = nextStep(lines, at, scratch, steps);
    if (!best) break;
    steps.push(best.step);
    const kept = best.ends
      .map((end, index) => ({ end, line: lines[index] as string }))
      .filter(({ end }) => end >= 0);
    lines = kept.map(({ line }) => line);
    at = kept.map(({ end, line }) => skipSeparators(scratch(line), end));
  }
  return trimmed(steps);
}

/** The nearest item that nearly all lines share; times and levels are worth passing over some words for. */
function nextStep(
  lines: readonly string[],
  at: readonly number[],
  scratch: (text: string) => HeaderText,
  before: readonly LayoutStep[],
): Candidate | null {
  const timeSeen = before.some(({ item }) => item === 'time');
  const levelSeen = before.some(({ item }) => item === 'level');
  for (let skip = 0; skip <= MAX_SKIP; skip++) {
    const items: LayoutStep['item'][] = ['time'];
    if (!levelSeen) items.push('level');
    if (skip === 0)
      items.push('pipe', 'semicolon', 'key', 'group', 'number', 'dash', 'name', 'id', 'column');
    else if (skip <= 2 && timeSeen && before.at(-1)?.item === 'time') items.push('key');
    for (const item of items) {
      const step = { item, skip };
      const ends = lines.map((line, index) =>
        matchStep(scratch(line), at[index] as number, step, timeSeen),
      );
      const share = ends.filter((end) => end >= 0).length / lines.length;
      if (share >= SHARED) return { step, ends };
    }
  }
  return levelSeen || !timeSeen ? null : looseLevel(lines, at, scratch);
}

/** A level that stands behind now one word and now two. */
function looseLevel(
  lines: readonly string[],
  at: readonly number[],
  scratch: (text: string) => HeaderText,
): Candidate | null {
  const step: LayoutStep = { item: 'level', skip: -1 };
  const ends = lines.map((line, index) =>
    matchStep(scratch(line), at[index] as number, step, true),
  );
  return ends.filter((end) => end >= 0).length >= SHARED * lines.length ? { step, ends } : null;
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
    for (let i = 0; i < step.skip && at >= 0; i++) at = nextWord(header, at);
    return at;
  }
  for (let word = 0; word < 4 && at >= 0; word++) {
    if (levelItem(header, at, timeSeen && word === 0)) return at;
    at = nextWord(header, at);
  }
  return -1;
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
