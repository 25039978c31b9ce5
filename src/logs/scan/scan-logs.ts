import { stat } from 'node:fs/promises';
import type { Span } from '#src/domain/time.ts';
import type { LogSource } from '#src/logs/reading/byte-source.ts';
import { readLines } from '#src/logs/reading/read-lines.ts';
import { Assignments } from './assignments.ts';
import { LayoutSample } from './layout-sample.ts';
import type { TraceCandidate } from './scan-options.ts';
import { ScanTally } from './scan-tally.ts';
import { LogScanner } from './scanner.ts';

export type ScanLogsOptions = {
  /** IANA zone of times that name none. */
  timeZone?: string | undefined;
  /** Epoch milliseconds near which the logs were written, for times without a year; a file's own time by default. */
  reference?: number | undefined;
  window?: Span | undefined;
  baseline?: Span | undefined;
  /** Whether to keep the pattern of every line. */
  assign?: boolean;
  onTraceCandidate?: (candidate: TraceCandidate) => void;
  /** Distinct patterns kept at once. */
  maxPatterns?: number;
  /** Called now and then with the bytes read so far. */
  onProgress?: (bytes: number) => void;
  signal?: AbortSignal;
};

export type LogScan = {
  tally: ScanTally;
  bytes: number;
  /** Bytes of lines that were too long to be kept whole. */
  droppedBytes: number;
  assignments: Assignments | null;
  /** Why the end of a source could not be read, one entry for each such source. */
  damages: { source: string; why: string }[];
};

const PROGRESS_LINES = 1 << 17;

/**
 * Reads logs one after the other and mines their templates together. Memory depends on the number of
 * distinct patterns, not on the size of the logs; only `assign` needs four bytes a line.
 * @throws InputError when a file cannot be opened
 */
export async function scanLogs(
  sources: readonly LogSource[],
  options: ScanLogsOptions = {},
): Promise<LogScan> {
  const tally = new ScanTally(options.maxPatterns);
  const scan: LogScan = {
    tally,
    bytes: 0,
    droppedBytes: 0,
    assignments: options.assign ? new Assignments() : null,
    damages: [],
  };
  for (const source of sources) await scanOne(source, options, scan);
  return scan;
}

async function scanOne(source: LogSource, options: ScanLogsOptions, scan: LogScan): Promise<void> {
  const { tally, assignments } = scan;
  const offset = tally.lines;
  const reference = options.reference ?? (await writtenAt(source));
  const sample = new LayoutSample();
  let scanner: LogScanner | null = null;
  const begin = (): LogScanner => {
    const started = new LogScanner(
      {
        layout: sample.learn(),
        time: { timeZone: options.timeZone, reference },
        window: options.window,
        baseline: options.baseline,
        ...(options.onTraceCandidate && { onTraceCandidate: options.onTraceCandidate }),
        ...(assignments && {
          onAssigned: (line: number, pattern: number) => assignments.set(offset + line, pattern),
        }),
      },
      tally,
    );
    sample.replay((bytes, start, end) => started.line(bytes, start, end));
    return started;
  };
  let lines = 0;
  let bytesSeen = 0;
  const outcome = await readLines(source, (bytes, start, end, dropped) => {
    bytesSeen += end - start + dropped + 1;
    scan.droppedBytes += dropped;
    if ((++lines & (PROGRESS_LINES - 1)) === 0) {
      options.signal?.throwIfAborted();
      options.onProgress?.(scan.bytes + bytesSeen);
    }
    if (scanner) scanner.line(bytes, start, end);
    else {
      sample.hold(bytes, start, end);
      if (sample.isFull) scanner = begin();
    }
  });
  options.signal?.throwIfAborted();
  (scanner ?? begin()).finish();
  scan.bytes += outcome.bytes;
  if (outcome.damage !== null) scan.damages.push({ source: nameOf(source), why: outcome.damage });
}

/** When a file was last written; what comes through a pipe has no time of its own. */
async function writtenAt(source: LogSource): Promise<number | undefined> {
  if (!('file' in source)) return undefined;
  const found = await stat(source.file).catch(() => null);
  return found?.mtimeMs;
}

function nameOf(source: LogSource): string {
  return 'file' in source ? source.file : (source.name ?? 'standard input');
}
