import { jsonrepair } from 'jsonrepair';

/** The repair takes quadratic time on some texts; answers are a few thousand tokens long. */
const LONGEST_REPAIR = 32 * 1024;
const MOST_REPAIRED = 96 * 1024;
const MOST_SPANS = 32;
const MOST_FALSE_STARTS = 8;
const REASONING = /<(\/?)(?:think|thinking|thought|reasoning)>/gi;

/** What a model wrote outside its reasoning blocks; a block that is not closed hides the rest. */
export function withoutReasoning(text: string): string {
  const kept: string[] = [];
  let depth = 0;
  let from = 0;
  for (const match of text.matchAll(REASONING)) {
    if (match[1] === '') {
      if (depth === 0) kept.push(text.slice(from, match.index));
      depth++;
    } else if (depth > 0) {
      depth--;
    } else {
      // The opening tag was a part of the prompt's template: all before was reasoning.
      kept.length = 0;
    }
    from = match.index + match[0].length;
  }
  if (depth === 0) kept.push(text.slice(from));
  return kept.join('');
}

/**
 * The JSON values that a reply may hold, the likeliest first: the reply as it is, code fences and
 * then bare objects and lists between prose, the last of each first, since models end with their
 * answer. Time and memory grow with the length of the text only.
 * @param mayRepair false for a reply that was cut: a repair would close what is missing its end
 */
export function* jsonValuesIn(text: string, mayRepair = true): Generator<unknown> {
  const whole = parse(text, false);
  if (whole !== undefined) yield whole;
  const outside = withoutReasoning(text);
  const seen = new Set<string>([text.trim()]);
  const pieces = [outside, ...fences(outside), ...spans(outside, mayRepair)].map((piece) =>
    piece.trim(),
  );
  for (const piece of pieces) {
    if (seen.has(piece)) continue;
    seen.add(piece);
    const value = parse(piece, false);
    if (value !== undefined) yield value;
  }
  if (mayRepair) yield* repairedValues([...new Set([...pieces, widest(outside)])]);
}

function* repairedValues(pieces: readonly string[]): Generator<unknown> {
  let left = MOST_REPAIRED;
  for (const piece of pieces) {
    if (piece.length > LONGEST_REPAIR || piece.length > left) continue;
    left -= piece.length;
    const value = parse(piece, true);
    if (value !== undefined) yield value;
  }
}

function parse(text: string, mayMend: boolean): unknown {
  const trimmed = text.trim();
  if (!/^[[{]/.test(trimmed)) return undefined;
  try {
    return mayMend ? mended(trimmed) : JSON.parse(trimmed);
  } catch {
    return undefined;
  }
}

function mended(text: string): unknown {
  const value: unknown = JSON.parse(jsonrepair(text));
  return typeof value === 'object' && value !== null ? value : undefined;
}

/** The insides of ``` blocks, the last first. */
function fences(text: string): string[] {
  const found: Span[] = [];
  let open = text.indexOf(FENCE);
  while (open >= 0) {
    const close = text.indexOf(FENCE, open + FENCE.length);
    if (close < 0) break;
    keepLast(found, [open + FENCE.length, close]);
    open = text.indexOf(FENCE, close + FENCE.length);
  }
  // The word after the fence names the language; a block on one line has none.
  return found
    .reverse()
    .map((span) => text.slice(...span).replace(/^[\w+-]{0,20}[ \t]{0,20}\n/, ''));
}

const FENCE = '```';

type Span = [start: number, end: number];

function keepLast(found: Span[], span: Span): void {
  found.push(span);
  if (found.length > MOST_SPANS) found.shift();
}

/**
 * Balanced {…} and […] that are not inside one another, the last first.
 * @param pastFalseStarts whether a bracket that never closes was only prose; else the search ends
 */
function spans(text: string, pastFalseStarts: boolean): string[] {
  const found: Span[] = [];
  let falseStarts = pastFalseStarts ? MOST_FALSE_STARTS : 1;
  let start = nextOpening(text, 0);
  while (start >= 0 && falseStarts > 0) {
    const end = closingOf(text, start);
    if (end < 0) falseStarts--;
    else keepLast(found, [start, end]);
    start = nextOpening(text, end < 0 ? start + 1 : end);
  }
  return found.reverse().map((span) => text.slice(...span));
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const isOpening = (code: number): boolean => code === 0x7b || code === 0x5b;
const isClosing = (code: number): boolean => code === 0x7d || code === 0x5d;

function nextOpening(text: string, from: number): number {
  for (let index = from; index < text.length; index++) {
    if (isOpening(text.charCodeAt(index))) return index;
  }
  return -1;
}

/** One past the bracket that closes the one at `start`, or -1. Brackets in strings do not count. */
function closingOf(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let index = start; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === BACKSLASH) index++;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) inString = true;
    else if (isOpening(code)) depth++;
    else if (isClosing(code)) {
      depth--;
      if (depth === 0) return index + 1;
    }
  }
  return -1;
}

/** From the first brace to the last, for JSON whose quotes do not pair up. */
function widest(text: string): string {
  const start = text.indexOf('{');
  const end = text.lastIndexOf('}');
  return start >= 0 && end > start ? text.slice(start, end + 1) : '';
}
