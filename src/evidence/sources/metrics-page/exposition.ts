/** One sample of a metrics page. */
export type ExposedSample = { name: string; labels: Record<string, string>; value: string };

/** A metrics page: samples in order, and types by family name. */
export type Exposition = { samples: ExposedSample[]; types: Map<string, string> };

const NAME = /[a-zA-Z_:][a-zA-Z0-9_:.]{0,300}/y;
const BRACE = /[^\S\n]{0,20}\{/y;
const VALUE =
  /[^\S\n]{0,20}([+-]?(?:\d[\d_]{0,30}(?:\.\d{0,30})?(?:[eE][+-]?\d{1,4})?|\.\d{1,30}|Inf|NaN))(?=\s|$)/iy;

/**
 * Reads the Prometheus text format 0.0.4 and OpenMetrics 1.0. Lines that do not parse are passed
 * over. @param most samples kept at the most
 */
export function parseExposition(text: string, most: number): Exposition {
  const exposition: Exposition = { samples: [], types: new Map() };
  for (const line of text.split('\n')) {
    if (line.startsWith('#')) {
      const type = /^# TYPE (\S{1,300}) (\w{1,30})/.exec(line);
      if (type) exposition.types.set(type[1] ?? '', type[2] ?? '');
    } else if (exposition.samples.length < most) {
      const sample = parseSample(line);
      if (sample) exposition.samples.push(sample);
    }
  }
  return exposition;
}

function parseSample(line: string): ExposedSample | null {
  NAME.lastIndex = 0;
  const plain = NAME.exec(line)?.[0] ?? '';
  BRACE.lastIndex = plain.length;
  const brace = BRACE.exec(line);
  if (!plain && !brace) return null;
  const parsed = brace
    ? parseLabels(line, plain.length + brace[0].length)
    : { labels: {}, bare: null, end: plain.length };
  // A name that is no plain one stands inside the braces, in quotes.
  const name = plain || parsed?.bare;
  if (!parsed || !name) return null;
  VALUE.lastIndex = parsed.end;
  const value = VALUE.exec(line)?.[1];
  return value === undefined ? null : { name, labels: parsed.labels, value: normalNumber(value) };
}

/** Prometheus' API writes infinities as `+Inf` and `-Inf`. */
function normalNumber(value: string): string {
  if (/^\+?inf$/i.test(value)) return '+Inf';
  if (/^-inf$/i.test(value)) return '-Inf';
  return /^[+-]?nan$/i.test(value) ? 'NaN' : value;
}

const LABEL_NAME = /[\s,]{0,20}([a-zA-Z_][a-zA-Z0-9_.]{0,200})\s{0,5}=\s{0,5}"/y;
const CLOSE = /[\s,]{0,20}\}/y;
const QUOTE = /[\s,]{0,20}"/y;
const EQUALS = /\s{0,5}=\s{0,5}"/y;

type Labels = { labels: Record<string, string>; bare: string | null; end: number };

/** Labels up to the brace; `bare` is a quoted name without a value (Prometheus 3's UTF-8 names). */
function parseLabels(line: string, start: number): Labels | null {
  const parsed: Labels = { labels: {}, bare: null, end: start };
  for (;;) {
    const closed = match(CLOSE, line, parsed.end);
    if (closed) return { ...parsed, end: parsed.end + closed[0].length };
    const plain = match(LABEL_NAME, line, parsed.end);
    const quoted = plain ? null : match(QUOTE, line, parsed.end);
    let name = plain?.[1] ?? '';
    let at = parsed.end + (plain?.[0].length ?? 0);
    if (!plain) {
      const given = quoted && parseQuoted(line, parsed.end + quoted[0].length);
      if (!given) return null;
      const equals = match(EQUALS, line, given.end);
      if (!equals) {
        parsed.bare = given.text;
        parsed.end = given.end;
        continue;
      }
      name = given.text;
      at = given.end + equals[0].length;
    }
    const value = parseQuoted(line, at);
    if (!value) return null;
    parsed.labels[name] = value.text;
    parsed.end = value.end;
  }
}

function match(sticky: RegExp, line: string, at: number): RegExpExecArray | null {
  sticky.lastIndex = at;
  return sticky.exec(line);
}

function parseQuoted(line: string, start: number): { text: string; end: number } | null {
  let text = '';
  for (let at = start; at < line.length; at++) {
    const char = line[at];
    if (char === '"') return { text, end: at + 1 };
    if (char === '\\') {
      at++;
      text += line[at] === 'n' ? '\n' : (line[at] ?? '');
    } else text += char;
  }
  return null;
}
