/**
 * The text that a log puts before every line (time, level, host, thread, container). Formats differ
 * without end, so no format is known here: two prefixes are the same when they differ only in the
 * digits of times and of long counters. A thread or process number must agree, because it tells
 * traces apart that were written at once.
 */
export type LinePrefix = {
  readonly text: string;
  /** Offset of the content when the line carries the prefix, else -1. */
  strip(line: string): number;
  /**
   * Offset of the content of a line that carries only the first words of the prefix: a container's
   * name stands before every line, the logger's time and level only before the first. 0 without any.
   */
  stripFront(line: string): number;
};

type Part = { text: string } | 'digits' | 'blank';

const NO_PREFIX: LinePrefix = { text: '', strip: () => 0, stripFront: () => 0 };

/** A word whose digits change from line to line: a time, a date, a fraction, or a counter of nine digits or more. */
const CHANGING_WORD = /\d[:.,/T-]\d|\d{9}/;
const WORDS = /\s+|[^\s[\](){}|]+|[[\](){}|]/g;
const RUNS = /\d+|\D+/g;

/** @param text what stands before the trace in its first line; blanks at the end count exactly */
export function linePrefix(text: string): LinePrefix {
  if (text === '') return NO_PREFIX;
  const body = text.trimEnd();
  const parts = partsOf(body);
  const blanks = text.length - body.length;
  return {
    text,
    strip: (line) => strip(parts, blanks, line),
    stripFront: (line) => stripFront(parts, line),
  };
}

function partsOf(body: string): Part[] {
  const parts: Part[] = [];
  for (const word of body.match(WORDS) ?? []) {
    if (word.trim() === '') parts.push('blank');
    else if (!CHANGING_WORD.test(word)) parts.push({ text: word });
    else {
      for (const run of word.match(RUNS) ?? []) {
        parts.push(/^\d/.test(run) ? 'digits' : { text: run });
      }
    }
  }
  return parts;
}

function strip(parts: readonly Part[], blanks: number, line: string): number {
  let at = 0;
  for (const part of parts) {
    at = stripPart(part, line, at);
    if (at < 0) return -1;
  }
  for (let left = blanks; left > 0 && isBlank(line.charCodeAt(at)); left -= 1) at += 1;
  return at;
}

function stripFront(parts: readonly Part[], line: string): number {
  let at = 0;
  let boundary = 0;
  for (const part of parts) {
    const next = stripPart(part, line, at);
    if (next < 0) break;
    // Only whole words count, and one blank after them belongs to the prefix.
    if (part === 'blank') boundary = at + 1;
    at = next;
  }
  return boundary;
}

function stripPart(part: Part, line: string, at: number): number {
  if (typeof part === 'object') return line.startsWith(part.text, at) ? at + part.text.length : -1;
  const next = skip(line, at, part === 'digits' ? isDigit : isBlank);
  return next === at ? -1 : next;
}

function skip(line: string, from: number, wanted: (code: number) => boolean): number {
  let at = from;
  while (at < line.length && wanted(line.charCodeAt(at))) at += 1;
  return at;
}

const isDigit = (code: number) => code >= 48 && code <= 57;
const isBlank = (code: number) => code === 32 || code === 9;

/** The ways in which a log record begins: a time, a date, a level, a priority, `key=value`, JSON. */
const RECORD_START = [
  /^\W{0,3}\d{2,4}[-/.]\d{1,2}[-/.]\d{1,4}[T\s,\]]/,
  /^\W{0,3}\d{1,2}:\d{2}:\d{2}\b/,
  /^\W{0,2}(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|SEVERE|trace|debug|info|notice|warn|warning|error|fatal|critical|dbug|fail|crit|trce)\b(?=[\s:\]|=-])/,
  /^\W{0,2}(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6},? {1,2}\d{1,2}\b/,
  /^\W{0,2}(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? [A-Z][a-z]{2}/,
  /^[IWEFDV]\d{4} \d\d:/,
  /^[A-Z], \[\d{4}-/,
  /^\{ {0,2}"/,
  /^(?:time|timestamp|ts|level|lvl|severity|t|at)=/,
  /^<\d{1,3}>/,
  /^\W?\d{10,19}\b/,
  /^\[.{0,40}\d\d:\d\d/,
  /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3} \S{1,40} \S{1,80} \[/,
];

/** Whether a line looks like the beginning of a log record, as opposed to a part of a message or trace. */
export function looksLikeRecord(line: string): boolean {
  const start = line.length > 96 ? line.slice(0, 96) : line;
  return RECORD_START.some((pattern) => pattern.test(start));
}
