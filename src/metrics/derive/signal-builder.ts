import {
  type DerivedSignal,
  type Facet,
  type Harm,
  MAX_SOURCES,
  type NoiseModel,
  type SignalKind,
  type Unit,
} from '#src/metrics/contract.ts';
import { commonLabels, type PreparedSeries } from '#src/metrics/derive/prepare.ts';

/** What differs from signal to signal; the rest comes from the raw series. */
export type SignalDraft = {
  signal: SignalKind;
  facet: Facet;
  aspect: string;
  unit: Unit;
  harm: Harm;
  scope: DerivedSignal['scope'];
  model: NoiseModel;
  times: Float64Array;
  values: Float64Array;
  weights: Float64Array | null;
  /** Instead of the family of the first source. */
  name?: string;
};

/** A signal with its service, labels and sources taken from the raw series it was made from. */
export function buildSignal(group: readonly PreparedSeries[], draft: SignalDraft): DerivedSignal {
  const head = group[0] as PreparedSeries;
  const { service, peer, peerIsCaller, family } = head.cls;
  const { name = family, ...rest } = draft;
  const labels = commonLabels(group);
  const narrow = draft.scope === 'service' ? '' : JSON.stringify(labels);
  return {
    id: `${service ?? '?'}${peer === null ? '' : `→${peer}`} ${name} ${draft.aspect}${narrow}`,
    service,
    peer,
    peerIsCaller,
    name,
    labels,
    sources: group.slice(0, MAX_SOURCES).map((series) => series.index),
    ...rest,
  };
}

/** Groups by key, in the order of first appearance. */
export function groupBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string | null,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** Service, peer and direction: signals of one such subject may be joined. */
export function subjectKey({ cls }: PreparedSeries): string {
  return `${cls.service ?? ''}\n${cls.peer ?? ''}\n${cls.peerIsCaller ? 1 : 0}`;
}
