import type { DerivedSignal } from '#src/metrics/contract.ts';
import type { PreparedSeries } from '#src/metrics/derive/prepare.ts';
import { groupBy } from '#src/metrics/derive/signal-builder.ts';

/** A family is looked at narrowly for so many routes and so many processes. */
const MAX_NARROW = 12;

/** A part of a family's series that is looked at on its own. */
export type ScopedGroup = { scope: DerivedSignal['scope']; series: PreparedSeries[] };

/**
 * The whole service, then each route and each process of it (one bad route or pod is lost in the
 * sum of many). Of many, those that moved most are kept.
 */
export function scopesOf(series: PreparedSeries[]): ScopedGroup[] {
  const scopes: ScopedGroup[] = [{ scope: 'service', series }];
  const narrow = (scope: 'route' | 'instance', keyOf: (one: PreparedSeries) => string | null) => {
    const groups = [...groupBy(series, keyOf)];
    if (groups.length < 2) return;
    const weighed = groups.map(([key, members]) => ({ key, members, weight: weightOf(members) }));
    weighed.sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1));
    for (const { members } of weighed.slice(0, MAX_NARROW)) scopes.push({ scope, series: members });
  };
  narrow('route', (one) => one.route);
  narrow('instance', (one) => one.instance);
  return scopes;
}

/** How far the values of a group moved over time; failures count more. */
function weightOf(group: readonly PreparedSeries[]): number {
  let weight = 0;
  for (const { values, cls } of group) {
    const span = Math.abs((values.at(-1) ?? 0) - (values[0] ?? 0));
    weight += cls.outcome === 'server-error' ? span * 10 : span;
  }
  return weight;
}
