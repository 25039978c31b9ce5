import { jsonrepair } from 'jsonrepair';

const LONGEST_REPAIR = 256 * 1024;
const MOST_REPAIRED = 1024 * 1024;
const MOST_SPANS = 32;
const MOST_FALSE_STARTS = 16;
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
  const pieces = [outside, ...fences(outside), ...spans(outside)].map((piece) => piece.trim());
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
  const found: string[] = [];
  let open = text.indexOf('```');
  while (open >= 0) {
    const lineEnd = text.indexOf('\n', open);
    const close = text.indexOf('```', open + 3);
    if (close < 0) break;
    // A fence on one line has no language word of its own line.
    const start = lineEnd >= 0 && lineEnd < close ? lineEnd + 1 : open + 3;
    found.push(text.slice(start, close));
    if (found.length > MOST_SPANS) found.shift();
    open = text.indexOf('```', close + 3);
  }
  return found.reverse();
}

/** Balanced {…} and […] that are not inside one another, the last first. */
function spans(text: string): string[] {
  const found: string[] = [];
  let falseStarts = 0;
  let index = 0;
  while (index < text.length && falseStarts < MOST_FALSE_STARTS) {
    const start = nextOpening(text, index);
    if (start < 0) break;
    const end = closingOf(text, start);
    if (end < 0) {
      falseStarts++;
      index = start + 1;
      continue;
    }
    found.push(text.slice(start, end));
    if (found.length > MOST_SPANS) found.shift();
    index = end;
  }
  return found.reverse();
}

function nextOpening(text: string, from: number): number {
  for (let index = from; index < text.length; index++) {
    const sign = text[index];
    if (sign === '{' || sign === '[') return index;
  }
  return -1;
}

/** One past the bracket that closes the one at `start`, or -1. Brackets in strings do not count. */
function closingOf(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let index = start; index < text.length; index++) {
    const sign = text[index];
    if (inString) {
      if (sign === '\\') index++;
      else if (sign === '"') inString = false;
    } else if (sign === '"') inString = true;
    else if (sign === '{' || sign === '[') depth++;
    else if (sign === '}' || sign === ']') {
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
