import {
  createHeaderScratch,
  groupItem,
  type HeaderText,
  keyItem,
  levelItem,
  nextWord,
  numberItem,
  skipSeparators,
  timeItem,
} from './header-items.ts';
import { findTime, type Layout, matchStep, stepStart } from './layout.ts';
import type { Level } from './level.ts';
import type { WrittenTime } from './time/clock.ts';

/** What stands before a line's message. */
export type Header = {
  time: WrittenTime | null;
  /** Where the time stands in the line, or -1. */
  timeAt: number;
  level: Level | null;
  /** Logger, component or program, as far as the line names one. */
  source: string | null;
  /** Where the message begins. */
  start: number;
};

/** Reads heads by a layout, or by what most loggers write where none was learned. */
export function createHeaderReader(layout: Layout): (line: string) => Header {
  const scratch = createHeaderScratch();
  return (line) => {
    const header = scratch(line);
    return layout.learned ? byLayout(header, layout) : byHabit(header);
  };
}

function byLayout(header: HeaderText, layout: Layout): Header {
  const found: Header = { time: null, timeAt: -1, level: null, source: null, start: 0 };
  let at = skipSeparators(header, 0);
  let matched = 0;
  for (const step of layout.steps) {
    const end = matchStep(header, at, step, found.time !== null);
    if (end < 0) {
      if (step.item === 'time' && layout.timed) return byHabit(header);
      continue;
    }
    note(found, header, at, end, step);
    at = skipSeparators(header, end);
    matched++;
  }
  if (layout.timed && !found.time) return byHabit(header);
  found.start = matched > 0 ? at : skipBlanks(header.text, 0);
  return found;
}

function note(
  found: Header,
  header: HeaderText,
  from: number,
  end: number,
  step: Layout['steps'][number],
): void {
  const at = stepStart(header, from, step, found.time !== null);
  if (step.item === 'time') {
    const item = timeItem(header, at, true);
    // The most exact of several times: later ones are mostly the logger's own.
    if (item && (!found.time || item.time.hasDate)) {
      found.time = item.time;
      found.timeAt = item.at;
    }
    found.level ??= item?.level ?? null;
  } else if (step.item === 'level') {
    found.level = levelItem(header, at, true)?.level ?? found.level;
  } else if (step.item === 'key' || step.item === 'name') {
    found.source = sourceOf(header.text.slice(at, end));
  } else if (step.item === 'pipe' || step.item === 'semicolon' || step.item === 'group') {
    const level = levelItem(header, at, false);
    if (level && !found.level) found.level = level.level;
  }
}

function sourceOf(text: string): string {
  return text.replace(/[\s:\]]+$/, '').replace(/\[\d+$/, '');
}

const LOGGER = /[._$/@[(-]|::|[a-z][A-Z]/;

/** Without a layout: times, then level, process and thread, then a logger that looks like one. */
function byHabit(header: HeaderText): Header {
  const found: Header = { time: null, timeAt: -1, level: null, source: null, start: 0 };
  let at = skipSeparators(header, 0);
  const timeAt = findTime(header);
  if (timeAt >= 0) at = readTimes(header, timeAt, found);
  found.level ??= timeAt > 0 ? levelBefore(header, timeAt) : null;
  at = readLevel(header, at, found);
  const syslog = found.time !== null && !found.time.hasYear && timeAt < 8 && found.level === null;
  const host = syslog ? nextWord(header, at) : -1;
  if (host > 0 && keyItem(header, at) < 0 && keyItem(header, host) > 0) at = host;
  const key = keyItem(header, at);
  if (
    key > 0 &&
    (found.time || found.level) &&
    (syslog || LOGGER.test(header.text.slice(at, key)))
  ) {
    found.source = sourceOf(header.text.slice(at, key));
    at = skipSeparators(header, key);
    at = readLevel(header, at, found);
  }
  found.start = found.time || found.level ? at : skipBlanks(header.text, 0);
  return found;
}

function readTimes(header: HeaderText, from: number, found: Header): number {
  let at = from;
  for (let item = timeItem(header, at, true); item; item = timeItem(header, at, false)) {
    if (!found.time || item.time.hasDate) {
      found.time = item.time;
      found.timeAt = item.at;
    }
    found.level ??= item.level;
    at = skipSeparators(header, item.end);
  }
  return at;
}

/** Past numbers and bracketed groups, where a level stands behind them; else nothing is passed. */
function readLevel(header: HeaderText, from: number, found: Header): number {
  if (found.level && found.source === null && found.timeAt !== 1) {
    const again = levelItem(header, from, true);
    if (!again) return from;
  }
  let at = from;
  for (let passed = 0; passed < 5; passed++) {
    const level = levelItem(header, at, found.time !== null);
    if (level) {
      found.level = level.level;
      return afterLevel(header, level.end);
    }
    const number = numberItem(header, at);
    const end = number > 0 ? number : groupItem(header, at);
    if (end < 0) break;
    at = skipSeparators(header, end);
  }
  return from;
}

const THREAD = /^[[(][^\s\])]{1,80}[\])]$/;

/** One group of one word behind the level is the thread or the logger. */
function afterLevel(header: HeaderText, from: number): number {
  let at = skipSeparators(header, from);
  for (let i = 0; i < 2; i++) {
    const end = groupItem(header, at);
    if (end < 0 || !THREAD.test(header.text.slice(at, end))) break;
    at = skipSeparators(header, end);
  }
  return at;
}

function levelBefore(header: HeaderText, end: number): Level | null {
  let at = skipSeparators(header, 0);
  while (at >= 0 && at < end) {
    const level = levelItem(header, at, true);
    if (level) return level.level;
    at = nextWord(header, at);
  }
  return null;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && (text[at] === ' ' || text[at] === '\t')) at++;
  return at;
}
