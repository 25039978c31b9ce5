import type { Span } from '#src/domain/time.ts';
import type { Layout } from '#src/logs/records/layout.ts';
import type { TimeContext } from '#src/logs/records/time/place-time.ts';

/** A piece of the log that may hold a stack trace. */
export type TraceCandidate = {
  text: string;
  at: number | null;
  service: string | null;
  stream: string;
};

export type ScanOptions = {
  layout: Layout;
  time?: TimeContext;
  /** Records outside are counted as lines only. */
  window?: Span | undefined;
  baseline?: Span | undefined;
  /** Takes records of several lines and records with a trace inside, in order. */
  onTraceCandidate?: (candidate: TraceCandidate) => void;
  /** Takes the pattern of every line (counted from 0); mostly in order. */
  onAssigned?: (line: number, pattern: number) => void;
};
