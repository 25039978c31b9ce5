/** One sample of a metrics page. */
export type ExposedSample = { name: string; labels: Record<string, string>; value: string };

/** A metrics page: samples in order, and types by family name. */
export type Exposition = { samples: ExposedSample[]; types: Map<string, string> };

const NAME = /[a-zA-Z_:][a-zA-Z0-9_:.]{0,300}/y;
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
  const name = NAME.exec(line)?.[0];
  if (!name) return null;
  let at = name.length;
  let labels: Record<string, string> = {};
  if (line[at] === '{') {
    const parsed = parseLabels(line, at + 1);
    if (!parsed) return null;
    labels = parsed.labels;
    at = parsed.end;
  }
  VALUE.lastIndex = at;
  const value = VALUE.exec(line)?.[1];
  return value === undefined ? null : { name, labels, value: normalNumber(value) };
}

/** Prometheus' API writes infinities as `+Inf` and `-Inf`. */
function normalNumber(value: string): string {
  if (/^\+?inf$/i.test(value)) return '+Inf';
  if (/^-inf$/i.test(value)) return '-Inf';
  return /^[+-]?nan$/i.test(value) ? 'NaN' : value;
}

const LABEL_NAME = /[\s,]{0,20}([a-zA-Z_][a-zA-Z0-9_.]{0,200})\s{0,5}=\s{0,5}"/y;

function parseLabels(
  line: string,
  start: number,
): { labels: Record<string, string>; end: number } | null {
  const labels: Record<string, string> = {};
  let at = start;
  for (;;) {
    const close = /[\s,]{0,20}\}/y;
    close.lastIndex = at;
    const closed = close.exec(line);
    if (closed) return { labels, end: at + closed[0].length };
    LABEL_NAME.lastIndex = at;
    const name = LABEL_NAME.exec(line);
    if (!name) return null;
    const value = parseQuoted(line, at + name[0].length);
    if (!value) return null;
    labels[name[1] ?? ''] = value.text;
    at = value.end;
  }
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
