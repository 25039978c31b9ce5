import type { LogRecord } from '#src/domain/bundle.ts';
import { formatTime, type Span } from '#src/domain/time.ts';
import { readLines } from './reading/read-lines.ts';
import { linesFrom, offsetSince, readTail } from './reading/read-tail.ts';
import { type LogFile, rotatedFiles } from './reading/rotated.ts';
import { RecordAssembler } from './records/assemble.ts';
import { learnLayout } from './records/layout.ts';
import { createLineParser, type LineParser, unwrapLine } from './records/parse-line.ts';

export type LogWindowRequest = {
  /** The log; its rotated forerunners are read as well. */
  path: string;
  service: string;
  /** Records from `start` up to (not including) `end`. */
  span: Span;
  /** IANA zone of times that name none. */
  timeZone?: string | undefined;
  /** Of each file, at most so many of the span's last bytes. */
  maxBytes: number;
  /** At most so many of the span's last records. */
  maxRecords: number;
  signal?: AbortSignal;
};

export type LogWindow = {
  /** In the order of the log; `line` holds all lines of a record. */
  records: LogRecord[];
  /** Whether a limit left out earlier records of the span. */
  isCut: boolean;
  /** Records that bear no time, and so could not be told to be in the span. */
  undated: number;
};

const SAMPLE_BYTES = 256 * 1024;

/**
 * The records of a span of time from a log file of any size: plain files are entered by bisection, archives
 * are read through. A log that is missing is empty.
 */
export async function readLogWindow(request: LogWindowRequest): Promise<LogWindow> {
  const { path, span, maxRecords } = request;
  const found: LogWindow = { records: [], isCut: false, undated: 0 };
  // A file that was last written before the span holds nothing of it.
  const files = (await rotatedFiles(path)).filter(
    (file) => file.size > 0 && file.modifiedAt >= span.start,
  );
  for (const file of files) {
    request.signal?.throwIfAborted();
    await readOne(file, request, found);
    if (found.records.length > maxRecords) {
      found.records = found.records.slice(-maxRecords);
      found.isCut = true;
    }
  }
  return found;
}

async function readOne(file: LogFile, request: LogWindowRequest, found: LogWindow): Promise<void> {
  const { service, span } = request;
  const { lines, isCut } = file.compressed
    ? await linesOfArchive(file, request)
    : await linesOfFile(file, request);
  found.isCut ||= isCut;
  const parse = parserOf(lines.slice(0, 2000), file, request);
  const assembler = new RecordAssembler(parse, ({ at, text }) => {
    if (at === null) found.undated++;
    else if (at >= span.start && at < span.end)
      found.records.push({ timestamp: formatTime(at), service, line: text });
  });
  for (const [index, line] of lines.entries()) assembler.push(line, index + 1);
  assembler.flush();
}

async function linesOfFile(
  file: LogFile,
  request: LogWindowRequest,
): Promise<{ lines: string[]; isCut: boolean }> {
  const { span, maxBytes } = request;
  const sample = await readTail(file.path, { bytes: SAMPLE_BYTES });
  const parse = parserOf(sample, file, request);
  const timeOf = (line: string) => {
    const { at, kind } = parse(line);
    return kind === 'more' ? null : at;
  };
  const start = await offsetSince(file.path, span.start, timeOf);
  const end =
    span.end >= file.modifiedAt ? file.size : await offsetSince(file.path, span.end, timeOf);
  const from = Math.max(start, end - maxBytes);
  // What follows the span's last line may still belong to it.
  return {
    lines: await linesFrom(file.path, from, Math.min(file.size, end + SAMPLE_BYTES)),
    isCut: from > start,
  };
}

/** An archive's lines; of those that are too many, the last. */
async function linesOfArchive(
  file: LogFile,
  { maxBytes }: LogWindowRequest,
): Promise<{ lines: string[]; isCut: boolean }> {
  let lines: string[] = [];
  let bytes = 0;
  let isCut = false;
  await readLines({ file: file.path }, (buffer, start, end) => {
    lines.push(buffer.toString('utf8', start, end));
    bytes += end - start + 1;
    if (bytes <= 2 * maxBytes) return;
    isCut = true;
    const kept = lastOf(lines, maxBytes);
    bytes = kept.bytes;
    lines = kept.lines;
  });
  return { lines, isCut };
}

function lastOf(lines: readonly string[], maxBytes: number): { lines: string[]; bytes: number } {
  let bytes = 0;
  let from = lines.length;
  while (from > 0 && bytes < maxBytes) bytes += (lines[--from] as string).length + 1;
  return { lines: lines.slice(from), bytes };
}

function parserOf(
  sample: readonly string[],
  file: LogFile,
  { timeZone }: LogWindowRequest,
): LineParser {
  return createLineParser(learnLayout(sample.slice(-2000).map(unwrapLine)), {
    timeZone,
    reference: file.modifiedAt,
  });
}
