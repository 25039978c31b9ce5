import type { Signal } from '#src/domain/bundle.ts';
import type { Span } from '#src/domain/time.ts';

/** A golden signal, or none of them. */
export type SignalKind = Signal | 'other';

/** What a signal measures, finer than the golden signal it belongs to. */
export type Facet =
  | 'request-rate'
  | 'event-rate'
  | 'error-ratio'
  | 'error-rate'
  | 'client-error-ratio'
  | 'latency'
  | 'cpu'
  | 'memory'
  | 'disk'
  | 'file-descriptors'
  | 'connections'
  | 'threads'
  | 'queue'
  | 'throttling'
  | 'gc'
  | 'event-loop'
  | 'network'
  | 'restart'
  | 'up'
  | 'presence'
  | 'replicas'
  | 'dependency-up'
  | 'freshness'
  | 'expiry'
  | 'cache'
  | 'limit'
  | 'info'
  | 'value';

/** Which movement hurts: a latency that rises, free disk that falls, traffic that does either. */
export type Harm = 'up' | 'down' | 'both' | 'none';

/** How a request ended, as told by a status label or by the metric's name. */
export type Outcome = 'ok' | 'client-error' | 'server-error';

/** The unit after scaling: `percent` becomes `ratio`, milliseconds become seconds. */
export type Unit = 'seconds' | 'bytes' | 'ratio' | 'timestamp' | 'count' | 'none';

/** What one raw series is. */
export type SeriesClass = {
  signal: SignalKind;
  facet: Facet;
  /** Null where nothing names a service. */
  service: string | null;
  /** The other service that the series speaks of, seen from `service`. */
  peer: string | null;
  /** True where `peer` calls `service`, false where `service` calls `peer`. */
  peerIsCaller: boolean;
  type: 'counter' | 'gauge' | 'histogram';
  /** Which part of a histogram or summary the series is. */
  part: 'bucket' | 'sum' | 'count' | 'quantile' | 'value';
  /** The statistic of a quantile or pre-aggregated series: `p99`, `mean`, `max`; else null. */
  statistic: string | null;
  unit: Unit;
  /** Multiply a raw value by this to have it in `unit`. */
  scale: number;
  harm: Harm;
  outcome: Outcome | null;
  /** The values already are rates or counts an interval, though the name may be a counter's. */
  rated: boolean;
  /** Metric name without `_total`, `_bucket`, `_count`, `_sum`, or the inner name of a query. */
  family: string;
};

/** How the noise of a signal behaves: a level, a count of events, or a share of requests. */
export type NoiseModel = 'level' | 'count' | 'proportion';

/** A comparable signal of one service, made from raw series. */
export type DerivedSignal = {
  /** Unique within an analysis and the same for the same input. */
  id: string;
  service: string | null;
  peer: string | null;
  /** See {@link SeriesClass.peerIsCaller}. */
  peerIsCaller: boolean;
  signal: SignalKind;
  facet: Facet;
  /** The raw metric's name without suffixes. */
  name: string;
  /** How the values came about: `rate`, `errors / requests`, `p99`, `mean`, `used / limit`, … */
  aspect: string;
  unit: Unit;
  harm: Harm;
  /** `service` for the whole service, else what it is narrowed to. */
  scope: 'service' | 'route' | 'instance' | 'series';
  /** Labels that all raw series have in common. */
  labels: Record<string, string>;
  /** Indices into the input of the raw series it was made from (the first {@link MAX_SOURCES}). */
  sources: number[];
  /** Milliseconds since the epoch, ascending; shared between signals, never to be changed. */
  times: Float64Array;
  /** In `unit`; NaN where nothing is known. As long as `times`. */
  values: Float64Array;
  model: NoiseModel;
  /** Events behind each value (requests of a ratio or a mean; the count itself); null if unknown. */
  weights: Float64Array | null;
};

/** So many raw series are named as the sources of one signal. */
export const MAX_SOURCES = 24;

export type ShiftShape = 'step' | 'ramp' | 'spike' | 'oscillation' | 'drop-to-zero' | 'gap';

/** A departure of a signal from its normal behaviour. */
export type Shift = {
  /** {@link DerivedSignal.id} */
  signalId: string;
  direction: 'up' | 'down';
  shape: ShiftShape;
  /** The first sample that departs from normal, milliseconds since the epoch. */
  onset: number;
  /** The last normal sample; the true onset lies after it and not after `onset`. */
  onsetAfter: number;
  /** When it was large enough to hurt; later than `onset` for a ramp. */
  harmAt: number;
  /** When it was normal again, or null while it lasts. */
  end: number | null;
  /** It already was there at the first sample of the window, and no transition was seen. */
  preexisting: boolean;
  /** Normal value, typical and most extreme value during the shift, in the signal's unit. */
  reference: number;
  level: number;
  peak: number;
  /** `level / reference - 1`; null for a reference of zero. */
  relative: number | null;
  /** Robust standard deviations between `level` and `reference` (capped at 1000). */
  z: number;
  /** log10 of the p-value of this signal's test, and of its false discovery rate over all. */
  logP: number;
  logQ: number;
  /** 0 … 1: how large and how sure. */
  strength: number;
  /** It moved in the direction that hurts. */
  harmful: boolean;
};

/** What a metric tells of a change: a restart, a new version, another limit or replica count. */
export type MetricChange = {
  kind: 'restart' | 'version' | 'limit' | 'replicas';
  service: string | null;
  /** Milliseconds since the epoch, and the last moment at which it had not happened yet. */
  at: number;
  after: number;
  from: string | null;
  to: string | null;
  /** `instance`, `pod` … that it was seen on, or null. */
  instance: string | null;
  text: string;
  sources: number[];
};

export type Condition = 'healthy' | 'degraded' | 'failing' | 'unknown';

/** A kind of harm that a user of the service feels. */
export type HarmKind = 'errors' | 'latency' | 'down' | 'traffic-drop' | 'dependency' | 'staleness';

/** One user-facing harm of a service. */
export type ServiceHarm = {
  kind: HarmKind;
  signalId: string;
  /** The caller whose metrics show it, where the service has none of its own; else null. */
  seenBy: string | null;
  /** Null where the level is bad throughout, so that no shift was seen. */
  shift: Shift | null;
  /** Null where it began before the data. */
  onset: number | null;
  end: number | null;
  /** 0 … 1 */
  strength: number;
  failing: boolean;
};

/** One sign of a possible cause inside a service: a full pool, a restart, a queue that grows. */
export type CauseSign = {
  kind:
    | 'saturation'
    | 'restart'
    | 'throttling'
    | 'queue'
    | 'cache'
    | 'traffic-surge'
    | 'version'
    | 'limit';
  /** It also fills when something else is slow: a queue, a pool, threads. */
  waits: boolean;
  signalId: string | null;
  change: MetricChange | null;
  onset: number;
  /** 0 … 1 */
  strength: number;
};

export type ServiceAssessment = {
  service: string;
  /** The worst during the window. */
  condition: Condition;
  /** At the end of the window. */
  current: Condition;
  /** The earliest onset of a user-facing harm; null where healthy or before the data. */
  onset: number | null;
  harms: ServiceHarm[];
  causes: CauseSign[];
  /** Number of derived signals that say something about this service. */
  signals: number;
};

/** `from` calls `to`. */
export type Edge = {
  from: string;
  to: string;
  /**
   * `name`: an endpoint's host name holds the name of the service that it fronts; `host`: `from`
   * runs on the machine `to`.
   */
  source: 'registry' | 'given' | 'metrics' | 'name' | 'host';
};

/** Where the suspected cause lies, as far as metrics can tell. */
export type SuspectRole = 'cause' | 'victim' | 'consequence' | 'bystander';

/** A service suspected, with the signal that speaks loudest against it. */
export type Suspect = {
  service: string;
  /** {@link DerivedSignal.id}, or null where only a change or a caller's word speaks against it. */
  signalId: string | null;
  /** Name of the metric behind `signalId`. */
  metric: string | null;
  /** 0 … 1, comparable within one analysis. */
  score: number;
  role: SuspectRole;
  /** What kind of cause the metrics point to. */
  category: 'traffic' | 'infrastructure' | 'dependency' | 'service' | 'unknown';
  onset: number | null;
  /** Plain words, strongest first. */
  reasons: string[];
  /** Harmed services that depend on it, directly or not, by name. */
  harmed: string[];
};

/** What the analysis is asked about. */
export type MetricOptions = {
  /** The incident window. */
  window: Span;
  /** What is taken as normal; without it, what lies before the window, or its first quiet part. */
  baseline?: Span;
  /** The alerting service: blame begins there. */
  service?: string;
  /** When the alert began to fire, milliseconds since the epoch. */
  alertAt?: number;
  /** Known services, what they call, and the label matchers that find them. */
  services?: readonly ServiceHint[];
  /** More edges, e.g. from spans. */
  edges?: readonly { from: string; to: string }[];
};

export type ServiceHint = {
  name: string;
  depends_on?: readonly string[] | undefined;
  selectors?: { prometheus?: Readonly<Record<string, string>> | undefined } | undefined;
};

/** Everything that metrics tell about an incident. */
export type MetricAnalysis = {
  /** One for each input series, in the order of the input. */
  classes: SeriesClass[];
  signals: DerivedSignal[];
  /** Significant shifts, strongest first. */
  shifts: Shift[];
  changes: MetricChange[];
  /** By name. */
  services: ServiceAssessment[];
  edges: Edge[];
  /** One row for a service and metric, best first; the first row of a service is its strongest. */
  suspects: Suspect[];
  /** The first to break by its own signals. */
  firstFailingService: string | null;
  /** Services harmed by it, without it, by name. */
  blastRadius: string[];
  /** The earliest onset of the first failing service, or of any harm. */
  onset: number | null;
};
