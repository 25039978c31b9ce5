import type { StackTrace } from '#src/domain/stack-trace.ts';
import type { Span } from '#src/domain/time.ts';
import type { LogSource } from './reading/byte-source.ts';
import { scanLogs } from './scan/scan-logs.ts';
import type { TraceCandidate } from './scan/scan-options.ts';
import { analyseScan } from './windows/analyse-scan.ts';
import type { Comparison, LogAnomaly, TemplateSummary } from './windows/types.ts';

/** Finds stack traces in pieces of a log; implemented by the feature that knows their languages. */
export type TraceSink = { add(candidate: TraceCandidate): void; finish(): StackTrace[] };

export type LogReportOptions = {
  timeZone?: string | undefined;
  window?: Span | undefined;
  baseline?: Span | undefined;
  /** Whether to tell the template of every line. */
  assign?: boolean;
  traces?: TraceSink | undefined;
  onProgress?: (bytes: number) => void;
  signal?: AbortSignal;
};

/** What `incident logs` tells of some logs. */
export type LogReport = {
  templates: TemplateSummary[];
  anomalies: LogAnomaly[];
  stackTraces: StackTrace[];
  lines: number;
  records: number;
  bytes: number;
  comparison: Comparison;
  /** Milliseconds of a bucket of the templates' series. */
  width: number;
  /** What a reader should know: archives that end early, lines that were cut. */
  notes: string[];
  /** The template of a line, counted from 0 over all logs; null when it was not asked for. */
  assignment: ((line: number) => string) | null;
};

/**
 * Reads logs and says what is in them. Memory does not depend on their size.
 * @throws InputError when a log cannot be opened
 */
export async function reportOnLogs(
  sources: readonly LogSource[],
  options: LogReportOptions = {},
): Promise<LogReport> {
  const { traces } = options;
  const scan = await scanLogs(sources, {
    timeZone: options.timeZone,
    window: options.window,
    baseline: options.baseline,
    assign: options.assign ?? false,
    ...(traces && { onTraceCandidate: (candidate: TraceCandidate) => traces.add(candidate) }),
    ...(options.onProgress && { onProgress: options.onProgress }),
    ...(options.signal && { signal: options.signal }),
  });
  const { tally, assignments } = scan;
  const analysis = analyseScan(tally, { window: options.window, baseline: options.baseline });
  const notes = [...analysis.comparison.notes];
  for (const { source, why } of scan.damages)
    notes.push(`${source}: the rest could not be read (${why})`);
  if (scan.droppedBytes > 0)
    notes.push(`${scan.droppedBytes} bytes of overlong lines were left out`);
  if (tally.undated > 0)
    notes.push(`${tally.undated} records without a time are counted in the window`);
  return {
    templates: analysis.templates,
    anomalies: analysis.anomalies,
    stackTraces: traces?.finish() ?? [],
    lines: tally.lines,
    records: tally.records,
    bytes: scan.bytes,
    comparison: analysis.comparison,
    width: analysis.width,
    notes,
    assignment: assignments && ((line) => analysis.idOf(assignments.get(line)) ?? ''),
  };
}
