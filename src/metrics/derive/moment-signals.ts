import type { DerivedSignal } from '#src/metrics/contract.ts';
import type { PreparedSeries } from '#src/metrics/derive/prepare.ts';
import { buildSignal } from '#src/metrics/derive/signal-builder.ts';

/** Ages of "last success" moments and time left until expiries, in seconds. */
export function momentSignals(all: readonly PreparedSeries[]): DerivedSignal[] {
  const moments = all.filter(
    ({ cls }) => cls.unit === 'timestamp' && (cls.facet === 'freshness' || cls.facet === 'expiry'),
  );
  return moments.map((series) => {
    const left = series.cls.facet === 'expiry';
    const values = series.values.map((value, i) => {
      const now = (series.times[i] as number) / 1000;
      return left ? value - now : now - value;
    });
    return buildSignal([series], {
      signal: 'other',
      facet: series.cls.facet,
      aspect: left ? 'time left' : 'age',
      unit: 'seconds',
      harm: left ? 'down' : 'up',
      scope: 'series',
      model: 'level',
      times: series.times,
      values,
      weights: null,
    });
  });
}
