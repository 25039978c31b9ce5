import type { DerivedSignal } from '#src/metrics/contract.ts';
import type { PreparedSeries } from '#src/metrics/derive/prepare.ts';
import { buildSignal, groupBy } from '#src/metrics/derive/signal-builder.ts';
import { commonAxis } from '#src/metrics/samples/sum-counts.ts';
import { usualStep } from '#src/metrics/samples/time-axes.ts';

/** The share of a service's processes that answer, where it has more than one. */
export function upShareSignals(all: readonly PreparedSeries[]): DerivedSignal[] {
  const ups = all.filter(
    ({ cls, times }) => cls.facet === 'up' && cls.type === 'gauge' && times.length > 0,
  );
  const groups = groupBy(ups, ({ cls }) => `${cls.service ?? ''}\n${cls.family}`);
  return [...groups.values()].flatMap((group) => {
    if (group.length < 2) return [];
    const axis = commonAxis(group.map((one) => one.times));
    const sum = new Float64Array(axis.times.length);
    const seen = new Float64Array(axis.times.length);
    for (const { times, values } of group) {
      for (let i = 0; i < times.length; i += 1) {
        const index = axis.identical ? i : axis.indexOf(times[i] as number);
        if (index < 0) continue;
        sum[index] = (sum[index] as number) + (values[i] as number);
        seen[index] = (seen[index] as number) + 1;
      }
    }
    return buildSignal(group, {
      signal: 'up',
      facet: 'up',
      aspect: 'share up',
      unit: 'ratio',
      harm: 'down',
      scope: 'service',
      model: 'level',
      times: axis.times,
      values: sum.map((total, i) => total / (seen[i] as number)),
      weights: null,
    });
  });
}

/**
 * Whether a service gives any samples at all: 1 while it does, ending where its last series ends.
 * The gap at its end is what is looked for.
 */
export function presenceSignals(all: readonly PreparedSeries[]): DerivedSignal[] {
  const signals: DerivedSignal[] = [];
  const groups = groupBy(all, ({ cls, times }) =>
    cls.service === null || times.length === 0 || cls.family === 'up' ? null : cls.service,
  );
  for (const group of groups.values()) {
    let longest = group[0] as PreparedSeries;
    for (const one of group) {
      const isLater = (one.times.at(-1) ?? 0) > (longest.times.at(-1) ?? 0);
      if (
        isLater ||
        (one.times.at(-1) === longest.times.at(-1) && one.times.length > longest.times.length)
      ) {
        longest = one;
      }
    }
    if (usualStep(longest.times) === 0) continue;
    const draft = buildSignal([longest], {
      signal: 'up',
      facet: 'presence',
      aspect: 'any samples',
      unit: 'none',
      harm: 'down',
      scope: 'service',
      model: 'level',
      times: longest.times,
      values: longest.times.map(() => 1),
      weights: null,
      name: 'samples',
    });
    signals.push({ ...draft, peer: null, peerIsCaller: false });
  }
  return signals;
}
