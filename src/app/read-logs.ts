import type { Service } from '#src/domain/service.ts';
import type { Span } from '#src/domain/time.ts';
import { type LogReport, reportOnLogs } from '#src/logs/log-report.ts';
import { TraceCollector } from '#src/stacktrace/extract.ts';

/** Logs to read, and what of them. */
export type LogsRequest = {
  /** Paths; `-` is standard input. */
  files: readonly string[];
  stdin: AsyncIterable<Uint8Array>;
  /** Whose logs they are, for their zone. */
  service?: Service | undefined;
  window?: Span | undefined;
  baseline?: Span | undefined;
  assign: boolean;
  onProgress: (bytes: number) => void;
  signal: AbortSignal;
};

/** Reads logs with templates from one feature and stack traces from the other. */
export function readLogs(request: LogsRequest): Promise<LogReport> {
  const collector = new TraceCollector();
  const sources = request.files.map((file) =>
    file === '-' ? { iterable: request.stdin, name: 'standard input' } : { file },
  );
  return reportOnLogs(sources, {
    timeZone: request.service?.timezone,
    window: request.window,
    baseline: request.baseline,
    assign: request.assign,
    onProgress: request.onProgress,
    signal: request.signal,
    traces: {
      add: (candidate) => collector.add(candidate),
      finish: () => collector.finish().traces,
    },
  });
}
