import { harmKindOf } from '#src/metrics/assess/harms.ts';
import type {
  CauseSign,
  DerivedSignal,
  HarmKind,
  ServiceAssessment,
  ServiceHarm,
  Shift,
} from '#src/metrics/contract.ts';

/** What a caller sees of one dependency. */
export type CallerView = {
  caller: string;
  peer: string;
  /** The strongest harm that the caller's own metrics about the peer show; null for none. */
  harm: ServiceHarm | null;
};

/** All that speaks about one service, or about a peer that has no metrics of its own. */
export type NodeEvidence = {
  service: string;
  assessment: ServiceAssessment | null;
  /** The strongest harm of each kind that its own signals show. */
  byKind: ReadonlyMap<HarmKind, ServiceHarm>;
  /** Signs of a cause inside it that are not traffic, strongest first; and the strongest. */
  causes: readonly CauseSign[];
  cause: CauseSign | null;
  surge: CauseSign | null;
  /** Peers that it began to call more often: how many times more, and since when. */
  pushes: ReadonlyMap<string, Push>;
  /** What its callers see of it. */
  views: readonly CallerView[];
  /** Errors, slowness, downtime by its own signals: 0 … 1. */
  harm: number;
  /** Everything together: 0 … 1. */
  anomaly: number;
  /** When its trouble began, by the harm or else the cause or the callers; null if unknown. */
  onset: number | null;
};

/** What a sign of a cause is worth in a service whose users feel nothing. */
const FINE = 0.25;

/** A rise of the calls to one peer. */
type Push = { factor: number; onset: number };

/** Gathers the evidence about every service and peer. */
export function gatherEvidence(
  assessments: readonly ServiceAssessment[],
  signals: readonly DerivedSignal[],
  shifts: readonly Shift[],
): Map<string, NodeEvidence> {
  const signalOf = new Map(signals.map((signal) => [signal.id, signal]));
  const views = callerViews(assessments, signals, signalOf);
  const pushes = pushesOf(shifts, signalOf);
  const nodes = new Map<string, NodeEvidence>();
  for (const assessment of assessments) {
    const { service } = assessment;
    const node = nodeOf(service, assessment, views.get(service) ?? []);
    nodes.set(service, { ...node, pushes: pushes.get(service) ?? NO_PUSHES });
  }
  for (const [peer, seen] of views) {
    if (!nodes.has(peer)) nodes.set(peer, nodeOf(peer, null, seen));
  }
  return nodes;
}

const NO_PUSHES: ReadonlyMap<string, Push> = new Map();

function pushesOf(
  shifts: readonly Shift[],
  signalOf: ReadonlyMap<string, DerivedSignal>,
): Map<string, Map<string, Push>> {
  const pushes = new Map<string, Map<string, Push>>();
  for (const { signalId, direction, relative, onset } of shifts) {
    const signal = signalOf.get(signalId);
    if (signal?.signal !== 'traffic' || direction !== 'up' || relative === null) continue;
    const { service, peer, peerIsCaller } = signal;
    if (service === null || peer === null || peerIsCaller) continue;
    const known = pushes.get(service) ?? new Map<string, Push>();
    const factor = 1 + relative;
    if (factor > (known.get(peer)?.factor ?? 0)) known.set(peer, { factor, onset });
    pushes.set(service, known);
  }
  return pushes;
}

function callerViews(
  assessments: readonly ServiceAssessment[],
  signals: readonly DerivedSignal[],
  signalOf: ReadonlyMap<string, DerivedSignal>,
): Map<string, CallerView[]> {
  const byEdge = new Map<string, CallerView>();
  for (const signal of signals) {
    const { service, peer, peerIsCaller } = signal;
    if (service === null || peer === null || peerIsCaller || harmKindOf(signal) === null) continue;
    const key = `${service}\n${peer}`;
    if (!byEdge.has(key)) byEdge.set(key, { caller: service, peer, harm: null });
  }
  for (const { service, harms } of assessments) {
    for (const harm of harms) {
      const peer = signalOf.get(harm.signalId)?.peer ?? null;
      const view = harm.kind === 'dependency' ? byEdge.get(`${service}\n${peer}`) : undefined;
      if (view !== undefined && harm.strength > (view.harm?.strength ?? 0)) view.harm = harm;
    }
  }
  const byPeer = new Map<string, CallerView[]>();
  for (const view of byEdge.values()) {
    const list = byPeer.get(view.peer);
    if (list === undefined) byPeer.set(view.peer, [view]);
    else list.push(view);
  }
  return byPeer;
}

function nodeOf(
  service: string,
  assessment: ServiceAssessment | null,
  views: readonly CallerView[],
): NodeEvidence {
  const byKind = new Map<HarmKind, ServiceHarm>();
  for (const harm of assessment?.harms ?? []) {
    if (harm.strength > (byKind.get(harm.kind)?.strength ?? 0)) byKind.set(harm.kind, harm);
  }
  const strengthOf = (kind: HarmKind) => byKind.get(kind)?.strength ?? 0;
  const signs = assessment?.causes ?? [];
  // A resource that fills while the service answers as ever hurts nobody.
  const isFine = assessment?.condition === 'healthy';
  const causes = signs
    .filter(({ kind }) => kind !== 'traffic-surge')
    .map((sign) => (isFine ? { ...sign, strength: sign.strength * FINE } : sign));
  const cause = causes[0] ?? null;
  const surge = signs.find(({ kind }) => kind === 'traffic-surge') ?? null;
  const harm = Math.max(
    strengthOf('errors'),
    strengthOf('latency'),
    strengthOf('down'),
    strengthOf('staleness'),
  );
  const seen = strongestView(views)?.harm ?? null;
  const anomaly = Math.max(
    harm,
    0.9 * (seen?.strength ?? 0),
    0.75 * (cause?.strength ?? 0),
    0.4 * strengthOf('traffic-drop'),
    0.3 * strengthOf('dependency'),
  );
  const onset = assessment?.onset ?? seen?.onset ?? cause?.onset ?? null;
  const rest = { views, harm, anomaly, onset, pushes: NO_PUSHES };
  return { service, assessment, byKind, causes, cause, surge, ...rest };
}

/** The view of the caller that sees the most harm. */
export function strongestView(views: readonly CallerView[]): CallerView | null {
  let best: CallerView | null = null;
  for (const view of views) {
    if ((view.harm?.strength ?? 0) > (best?.harm?.strength ?? 0)) best = view;
  }
  return best;
}

/** How exactly an onset is known: the distance to the last normal sample, in milliseconds. */
export function onsetSlack(shift: Shift | null): number {
  return shift === null ? 0 : Math.max(0, shift.onset - shift.onsetAfter);
}
