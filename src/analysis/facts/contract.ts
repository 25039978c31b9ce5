import type { AllSeries } from '#src/analysis/facts/series.ts';
import type { Subject } from '#src/analysis/facts/subject.ts';
import type { Bundle, HealthCheck, LogRecord, MetricSeries } from '#src/domain/bundle.ts';
import type { StackTrace } from '#src/domain/stack-trace.ts';
import type { MetricAnalysis } from '#src/metrics/contract.ts';
import type { FrameDetails } from '#src/stacktrace/trace-book.ts';

/**
 * A pattern of log lines that behaves otherwise in the incident than before it; `standing` is one of
 * errors where nothing is known of before.
 */
export type LogFinding = {
  kind: 'new' | 'surging' | 'vanished' | 'standing';
  /** The service that says it most. */
  service: string | null;
  services: string[];
  template: string;
  /** `error` and worse count as errors; null where the lines name no level. */
  level: string | null;
  /** Records in the incident window, and in the baseline. */
  count: number;
  baselineCount: number;
  /** When the excess began, milliseconds since the epoch, or null. */
  onset: number | null;
  /** 0..1: how much it tells. */
  score: number;
  samples: LogRecord[];
  /** [unix seconds, records] a minute. */
  perMinute: [number, number][];
};

/** What logs tell. */
export type LogFacts = {
  findings: LogFinding[];
  /** Series that the logs give: requests, errors and latency of access logs, error lines. */
  series: MetricSeries[];
  traces: StackTrace[];
  /** Columns and printed source lines of their frames. */
  traceDetails: FrameDetails;
  /** False where the logs reach too little back to know what is normal. */
  hasBaseline: boolean;
  /** Samples of what is in the logs on any day. */
  usual: string[];
};

/** Everything that code has read off the bundle, before any judgement on causes. */
export type Facts = {
  bundle: Bundle;
  subject: Subject;
  all: AllSeries;
  metrics: MetricAnalysis;
  logs: LogFacts;
  /** The last checks of each URL, oldest first. */
  health: HealthCheck[][];
};
