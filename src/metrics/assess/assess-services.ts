import type { Span } from '#src/domain/time.ts';
import { causeSignOf, changeSignOf } from '#src/metrics/assess/cause-signs.ts';
import { doubted } from '#src/metrics/assess/doubts.ts';
import { harmKindOf, harmOf, harmSeenBy, levelHarmOf } from '#src/metrics/assess/harms.ts';
import type {
  CauseSign,
  Condition,
  DerivedSignal,
  MetricChange,
  MetricOptions,
  ServiceAssessment,
  ServiceHarm,
  Shift,
} from '#src/metrics/contract.ts';

/** Weaker harm than this makes no service degraded. */
const LEAST_HARM = 0.12;
/** And weaker than this none that is over. */
const LEAST_PASSED = 0.25;
/** Harms that date the onset carry so much of the strongest harm, within so many samples. */
const DATING_SHARE = 0.6;
const NEAR_STEPS = 2;
/**
 * What a different level is worth that was there from the window's first sample on, while the
 * baseline is of another time: little where other signals are seen to change.
 */
const OLD_BESIDE_NEW = 0.15;
const OLD_ALONE = 0.6;
/** So many harms and signs are kept for a service. */
const MAX_KEPT = 40;

/**
 * Condition, onset, harms and signs of causes of every service that has a signal.
 * @param shifts the significant ones
 */
export function assessServices(
  signals: readonly DerivedSignal[],
  shifts: readonly Shift[],
  changes: readonly MetricChange[],
  options: Pick<MetricOptions, 'window' | 'baseline' | 'services'>,
): ServiceAssessment[] {
  const { window, baseline } = options;
  const drafts = new Map<string, Draft>();
  const draftOf = (service: string): Draft => {
    const known = drafts.get(service);
    if (known !== undefined) return known;
    const draft = emptyDraft();
    drafts.set(service, draft);
    return draft;
  };
  for (const hint of options.services ?? []) draftOf(hint.name);
  const isSeen = shifts.some(({ harmful, preexisting }) => harmful && !preexisting);
  const oldTrust = isSeen ? OLD_BESIDE_NEW : OLD_ALONE;
  const shiftOf = new Map(shifts.map((shift) => [shift.signalId, shift]));
  const harms = new Map<string, ServiceHarm>();
  for (const signal of signals) {
    if (signal.service === null) continue;
    const draft = draftOf(signal.service);
    noteMeasured(draft, signal, window);
    const shift = shiftOf.get(signal.id);
    const bad =
      (shift === undefined ? null : harmOf(signal, shift, oldTrust)) ?? levelHarmOf(signal, window);
    if (bad !== null) {
      draft.harms.push(bad);
      draft.facets.set(signal.id, signal.facet);
      harms.set(signal.id, bad);
    }
    const cause = shift === undefined ? null : causeSignOf(signal, shift, oldTrust);
    if (cause !== null) draft.causes.push(cause);
  }
  addViews(drafts, signals, harms);
  for (const change of changes) {
    const sign = changeSignOf(change, window, baseline);
    if (sign !== null && change.service !== null) draftOf(change.service).causes.push(sign);
  }
  return [...drafts]
    .map(([service, draft]) => conclude(service, draft))
    .sort((a, b) => (a.service < b.service ? -1 : a.service > b.service ? 1 : 0));
}

/** Notes what kind of signal a service has, and when it was last seen to serve. */
function noteMeasured(draft: Draft, signal: DerivedSignal, window: Span): void {
  draft.signals += 1;
  const own = signal.peer === null || signal.peerIsCaller;
  const tells = signal.facet !== 'presence' && harmKindOf(signal) !== null;
  if (!own || !tells) return;
  if (hasPointIn(signal, window)) {
    draft.measured = true;
    if (signal.facet !== 'up') draft.served = true;
  }
  if (signal.facet === 'request-rate') {
    draft.lastServed = Math.max(draft.lastServed, lastPositive(signal, window.end));
  }
}

function emptyDraft(): Draft {
  return {
    harms: [],
    causes: [],
    signals: 0,
    measured: false,
    served: false,
    facets: new Map(),
    lastServed: Number.NEGATIVE_INFINITY,
  };
}

type Draft = {
  harms: ServiceHarm[];
  causes: CauseSign[];
  signals: number;
  /** It has signals that tell how users fare, and some beyond `up`. */
  measured: boolean;
  served: boolean;
  /** What the signals behind its harms measure. */
  facets: Map<string, DerivedSignal['facet']>;
  /** The last sample at which it was seen to serve requests. */
  lastServed: number;
};

/** A known service that measures nothing itself is judged by what its callers see. */
function addViews(
  drafts: ReadonlyMap<string, Draft>,
  signals: readonly DerivedSignal[],
  harms: ReadonlyMap<string, ServiceHarm>,
): void {
  for (const signal of signals) {
    const { peer, peerIsCaller, service } = signal;
    if (peer === null || peerIsCaller || service === null) continue;
    const draft = drafts.get(peer);
    if (draft === undefined || draft.served || harmKindOf(signal) === null) continue;
    draft.measured = true;
    const harm = harms.get(signal.id);
    if (harm !== undefined) draft.harms.push(harmSeenBy(signal, harm));
  }
}

/** The last time inside the window at which a signal of traffic was above zero. */
function lastPositive({ times, values }: DerivedSignal, end: number): number {
  for (let i = times.length - 1; i >= 0; i -= 1) {
    const time = times[i] as number;
    if (time <= end && (values[i] as number) > 0) return time;
  }
  return Number.NEGATIVE_INFINITY;
}

function hasPointIn(
  { times, values }: DerivedSignal,
  window: { start: number; end: number },
): boolean {
  for (let i = times.length - 1; i >= 0; i -= 1) {
    const time = times[i] as number;
    if (time < window.start) return false;
    if (time <= window.end && Number.isFinite(values[i])) return true;
  }
  return false;
}

function conclude(service: string, draft: Draft): ServiceAssessment {
  const { measured, signals } = draft;
  const all = draft.harms.map((harm) => doubted(harm, draft));
  const harms = all.sort(byStrength).slice(0, MAX_KEPT);
  const causes = draft.causes.sort(byStrength).slice(0, MAX_KEPT);
  const lasting = harms.filter((harm) => harm.end === null);
  return {
    service,
    condition: conditionOf(harms, measured),
    current: conditionOf(lasting, measured),
    onset: onsetOf(harms),
    harms,
    causes,
    signals,
  };
}

function byStrength<T extends ServiceHarm | CauseSign>(a: T, b: T): number {
  const early = (a.onset ?? 0) - (b.onset ?? 0);
  const left = a.signalId ?? '';
  const right = b.signalId ?? '';
  return b.strength - a.strength || early || (left < right ? -1 : left > right ? 1 : 0);
}

function conditionOf(harms: readonly ServiceHarm[], measured: boolean): Condition {
  const real = harms.filter(
    ({ strength, end }) => strength >= (end === null ? LEAST_HARM : LEAST_PASSED),
  );
  if (real.some(({ failing }) => failing)) return 'failing';
  if (real.length > 0) return 'degraded';
  return measured ? 'healthy' : 'unknown';
}

/**
 * The earliest onset that is well supported: together with what follows within a few samples, it
 * carries a good part of the strongest harm. A faint signal that moved earlier by chance does not
 * date the trouble.
 */
function onsetOf(harms: readonly ServiceHarm[]): number | null {
  const dated = harms.filter(
    (harm): harm is ServiceHarm & { onset: number; shift: Shift } =>
      harm.onset !== null && harm.shift !== null && harm.strength >= LEAST_HARM / 2,
  );
  const strongest = Math.max(0, ...dated.map(({ strength }) => strength));
  dated.sort((a, b) => a.onset - b.onset);
  for (const { onset, shift } of dated) {
    const near = NEAR_STEPS * Math.max(1, shift.onset - shift.onsetAfter);
    let support = 0;
    for (const other of dated) {
      if (other.onset >= onset && other.onset <= onset + near) support += other.strength;
    }
    if (support >= DATING_SHARE * strongest) return onset;
  }
  return null;
}
