import {
  createHeaderScratch,
  groupItem,
  type HeaderText,
  keyItem,
  levelInGroup,
  levelItem,
  nameItem,
  nextWord,
  numberItem,
  skipSeparators,
  timeItem,
} from './header-items.ts';
import { findTime, type Layout, matchStep, stepStart } from './layout.ts';
import { type Level, levelOf } from './level.ts';
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
  switch (step.item) {
    case 'time':
      noteTime(found, header, at);
      break;
    case 'level':
      found.level = levelItem(header, at, true)?.level ?? found.level;
      break;
    case 'key':
    case 'name':
      noteSource(found, header.text.slice(at, end));
      break;
    case 'pipe':
    case 'semicolon':
      found.level ??= levelItem(header, at, false)?.level ?? null;
      break;
    case 'group':
      found.level ??= levelInGroup(header.text.slice(at, end));
      break;
    default:
      break;
  }
}

/** Of several times the last is mostly the logger's own; a clock without a date gives way to any other. */
function noteTime(found: Header, header: HeaderText, at: number): number {
  const item = timeItem(header, at, true);
  if (!item) return -1;
  if (!found.time || item.time.hasDate) {
    found.time = item.time;
    found.timeAt = item.at;
  }
  found.level ??= item.level;
  return item.end;
}

function noteSource(found: Header, text: string): void {
  const source = text.replace(/[\s:\]]+$/, '').replace(/\[\d+$/, '');
  found.source = source;
  // `channel.ERROR:` names both.
  found.level ??= levelOf(source.slice(source.lastIndexOf('.') + 1));
}

const MAX_ITEMS = 8;
const LOGGER = /[._$/@[(\]#-]|::|[a-z][A-Z]/;
const SENTENCE = /^[A-Z][a-z]/;
const THREAD = /^[[(][^\s\])]{1,80}[\])]$/;

/**
 * Without a layout: times, then levels, processes, threads and loggers in any order. What could also be
 * text (numbers, brackets, a host's name) is passed only where a level or a logger stands behind it.
 */
function byHabit(header: HeaderText): Header {
  const found: Header = { time: null, timeAt: -1, level: null, source: null, start: 0 };
  const timeAt = findTime(header);
  let at = timeAt < 0 ? skipSeparators(header, 0) : timeAt;
  if (timeAt >= 0) {
    for (
      let end = noteTime(found, header, at);
      end >= 0;
      end = clockAt(header, at) ? noteTime(found, header, at) : -1
    ) {
      at = skipSeparators(header, end);
    }
    found.level ??= levelBefore(header, timeAt);
  }
  let start = at;
  for (let item = 0; item < MAX_ITEMS; item++) {
    const end = firmItem(found, header, at, item);
    const past = end >= 0 ? end : looseItem(found, header, at, item);
    if (past < 0) break;
    at = skipSeparators(header, past);
    if (end >= 0) start = at;
  }
  found.start = found.time || found.level ? start : skipBlanks(header.text, 0);
  return found;
}

function clockAt(header: HeaderText, at: number): boolean {
  return timeItem(header, at, false) !== null;
}

/** A level, a logger, or the thread right behind a level; its end, or -1. */
function firmItem(found: Header, header: HeaderText, at: number, item: number): number {
  if (!found.level) {
    const level = levelItem(header, at, found.time !== null);
    // "Error: …" alone is a sentence, "ERROR …" a head.
    if (level && (found.time || !SENTENCE.test(header.text.slice(at, at + 3)))) {
      found.level = level.level;
      return level.end;
    }
  }
  if (found.source === null && (found.time || found.level)) {
    const key = keyItem(header, at);
    const isTag = item === 1 && found.time !== null && !found.time.hasYear;
    if (key > 0 && (isTag || LOGGER.test(header.text.slice(at, key)))) {
      noteSource(found, header.text.slice(at, key));
      return key;
    }
    const name = nameItem(header, at);
    if (
      name > 0 &&
      (isFollowedBySign(header, name) || (found.level && dots(header.text.slice(at, name)) > 2))
    ) {
      noteSource(found, header.text.slice(at, name));
      return name;
    }
  }
  const group = groupItem(header, at);
  if (group < 0) return -1;
  const text = header.text.slice(at, group);
  const level = found.level ? null : levelInGroup(text);
  if (level) found.level = level;
  else if (!found.level || found.source !== null || !THREAD.test(text)) return -1;
  return group;
}

/** A number, a bracketed group, or a host before a program's name; its end, or -1. */
function looseItem(found: Header, header: HeaderText, at: number, item: number): number {
  if (!found.time) return -1;
  const number = numberItem(header, at);
  if (number > 0) return number;
  const group = groupItem(header, at);
  if (group > 0) return group;
  if (item > 0 || found.source !== null || found.level) return -1;
  const next = nextWord(header, at);
  const key = next > 0 ? keyItem(header, next) : -1;
  if (key < 0) return -1;
  // A host and a program, as syslog writes them.
  const isSyslog = !found.time.hasYear && found.time.hasDate;
  if (!isSyslog && !/\[\d+\]:$/.test(header.text.slice(next, key))) return -1;
  return at + wordLength(header, at);
}

function wordLength(header: HeaderText, at: number): number {
  let end = at;
  while (end < header.length && header.bytes[end] !== 32 && header.bytes[end] !== 9) end++;
  return end - at;
}

/** ` - ` or ` : ` or ` | ` behind a name. */
function isFollowedBySign(header: HeaderText, at: number): boolean {
  return /^\s{1,40}(?:\[[^\]]{0,80}\] )?[-:|]\s/.test(header.text.slice(at, at + 140));
}

function dots(text: string): number {
  return text.split('.').length - 1;
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
