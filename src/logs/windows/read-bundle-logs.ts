import type { LogRecord } from '#src/domain/bundle.ts';
import { parseTime } from '#src/domain/time.ts';
import { type AssembledRecord, RecordAssembler } from '#src/logs/records/assemble.ts';
import { learnLayout } from '#src/logs/records/layout.ts';
import { levelOf } from '#src/logs/records/level.ts';
import { createLineParser, type LineParser, unwrapLine } from '#src/logs/records/parse-line.ts';
import type { ParsedLine } from '#src/logs/records/parsed-line.ts';

/** A record as the log meant it, with the records of the bundle that it was delivered in. */
export type BundleRecord = AssembledRecord & { service: string; sources: LogRecord[] };

const SAMPLE = 400;
/** Lines of one record are written at once. */
const MAX_GAP = 5000;
const LEVEL_LABELS = ['level', 'severity', 'detected_level', 'log_level'];
/** Labels whose value changes from line to line. */
const VOLATILE_LABELS = new Set(LEVEL_LABELS);

/**
 * Puts the records of a bundle together: a stack trace may come as one record or as one record a line.
 * The bundle's time and service hold; level and message are read from the line.
 * @param timeZoneOf zone of a service's lines, for times in them without one
 * @returns in order of time
 */
export function readBundleLogs(
  records: readonly LogRecord[],
  timeZoneOf?: (service: string) => string | undefined,
): BundleRecord[] {
  const parsers = parsersOf(records, timeZoneOf);
  const found: BundleRecord[] = [];
  const assembler = new RecordAssembler(unused, (record) =>
    found.push(withSources(record, records)),
  );
  const lastAt = new Map<string, number>();
  records.forEach((record, index) => {
    const at = parseTime(record.timestamp);
    const stream = streamOf(record);
    const parsed = parseRecord(record, parsers.get(record.service) as LineParser, at, stream);
    const before = lastAt.get(stream);
    const apart =
      parsed.kind === 'more' && (before === undefined || (at !== null && at - before > MAX_GAP));
    if (parsed.at !== null) lastAt.set(stream, parsed.at);
    assembler.pushParsed(
      apart ? { ...parsed, kind: 'start', message: parsed.text.trim() } : parsed,
      index + 1,
    );
  });
  assembler.flush();
  return found.sort(
    (a, b) => (a.at ?? Infinity) - (b.at ?? Infinity) || a.lineNumber - b.lineNumber,
  );
}

/** Parsing happens here; the assembler only parses what a container runtime has cut. */
const unused: LineParser = createLineParser({ steps: [], timed: false, learned: false });

function parseRecord(
  record: LogRecord,
  parse: LineParser,
  at: number | null,
  stream: string,
): ParsedLine {
  const cut = record.line.indexOf('\n');
  const first = cut < 0 ? record.line : record.line.slice(0, cut).trimEnd();
  const isDocument = cut >= 0 && /^\s{0,8}\{\s*$/.test(first);
  const parsed = parse(isDocument ? record.line.replace(/\s*\n\s*/g, ' ') : first);
  return {
    ...parsed,
    kind: parsed.kind === 'open' || (parsed.kind === 'more' && cut >= 0) ? 'start' : parsed.kind,
    at: at ?? parsed.at,
    level: parsed.level ?? labelLevel(record),
    text: cut < 0 ? parsed.text : record.line,
    stream,
  };
}

function labelLevel({ labels }: LogRecord) {
  for (const name of LEVEL_LABELS) {
    const level = labels?.[name] === undefined ? null : levelOf(labels[name]);
    if (level) return level;
  }
  return null;
}

function streamOf({ service, labels }: LogRecord): string {
  if (!labels) return service;
  const parts = Object.keys(labels)
    .filter((name) => !VOLATILE_LABELS.has(name))
    .sort()
    .map((name) => `${name}=${labels[name]}`);
  return `${service} ${parts.join(' ')}`;
}

/** A parser per service, its layout learned from the service's first lines. */
function parsersOf(
  records: readonly LogRecord[],
  timeZoneOf?: (service: string) => string | undefined,
): Map<string, LineParser> {
  const samples = new Map<string, string[]>();
  for (const { service, line } of records) {
    const sample = samples.get(service);
    if (!sample) samples.set(service, [line]);
    else if (sample.length < SAMPLE) sample.push(line);
  }
  const parsers = new Map<string, LineParser>();
  for (const [service, lines] of samples) {
    const layout = learnLayout(lines.map((line) => unwrapLine(line.split('\n', 1)[0] ?? '')));
    parsers.set(service, createLineParser(layout, { timeZone: timeZoneOf?.(service) }));
  }
  return parsers;
}

function withSources(record: AssembledRecord, records: readonly LogRecord[]): BundleRecord {
  const sources = record.runs.flatMap(([first, count]) =>
    records.slice(first - 1, first - 1 + count),
  );
  return { ...record, service: sources[0]?.service ?? '', sources };
}
