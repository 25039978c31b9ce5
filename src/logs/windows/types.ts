import type { LogRecord } from '#src/domain/bundle.ts';
import type { TimeWindow } from '#src/domain/time.ts';
import type { Level } from '#src/logs/records/level.ts';

/** Start of a bucket in unix seconds, and how many. */
export type CountPoint = [number, number];

/** A template with where and when its records were. */
export type TemplateSummary = {
  id: string;
  template: string;
  level: Level | null;
  services: string[];
  /** Records in the window, and in what it is compared with. */
  count: number;
  baselineCount: number;
  /** RFC 3339, over both; null when no record bore a time. */
  first: string | null;
  last: string | null;
  /** Over both, buckets without records left out. */
  perMinute: CountPoint[];
  /** The first record, as it stands in the log. */
  sample: string;
};

export type AnomalyKind = 'new' | 'surging' | 'vanished' | 'burst-of-rate';

/** A template whose records came otherwise than before. */
export type LogAnomaly = {
  kind: AnomalyKind;
  templateId: string;
  template: string;
  level: Level | null;
  services: string[];
  count: number;
  baselineCount: number;
  /** Records per minute in the window and before. */
  rate: number;
  baselineRate: number;
  /** How probable this or more would be without a change, corrected for the number of templates. */
  probability: number;
  /** RFC 3339: when the excess (or, of a vanished template, the silence) began. */
  onset: string | null;
  /** 0 to 1: how much it tells. */
  score: number;
  /** Why it is shown, in words. */
  reasons: string[];
  /** A few of its records, the first ones and the last. */
  exemplars: LogRecord[];
};

/** Records of one severity of one service, per minute. */
export type SeveritySeries = { service: string; level: Level | 'none'; perMinute: CountPoint[] };

/** HTTP requests as access lines tell of them, per service and minute. */
export type AccessSeries = {
  service: string;
  points: {
    /** Start of the minute in unix seconds. */
    at: number;
    requests: number;
    clientErrors: number;
    serverErrors: number;
    /** Milliseconds; null where lines tell no latency. */
    p50: number | null;
    p95: number | null;
  }[];
};

/** What the window was compared with. */
export type Comparison = {
  window: TimeWindow | null;
  baseline: TimeWindow | null;
  /**
   * `baseline` as asked; `start-of-window` when there is no (or hardly any) baseline: then the rest of the window
   * is compared with its first part; `none` when nothing can be compared.
   */
  against: 'baseline' | 'start-of-window' | 'none';
  /** 0 to 1: how far the comparison can be trusted, by the length and the records of the baseline. */
  confidence: number;
  notes: string[];
};

export type LogAnalysis = {
  comparison: Comparison;
  records: number;
  /** Records whose time is unknown; they are counted in the window. */
  undated: number;
  templates: TemplateSummary[];
  /** Best first. */
  anomalies: LogAnomaly[];
  severity: SeveritySeries[];
  access: AccessSeries[];
};
