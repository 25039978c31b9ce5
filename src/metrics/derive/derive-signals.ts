import type { MetricSeries } from '#src/domain/bundle.ts';
import { createClassifier, namesOf } from '#src/metrics/classify/classify-series.ts';
import { createServiceNames } from '#src/metrics/classify/service-names.ts';
import type {
  DerivedSignal,
  MetricChange,
  SeriesClass,
  ServiceHint,
} from '#src/metrics/contract.ts';
import { cacheSignals } from '#src/metrics/derive/cache-signals.ts';
import { counterSignals, gaugeSignals } from '#src/metrics/derive/gauge-signals.ts';
import { latencySignals } from '#src/metrics/derive/latency-signals.ts';
import { metricChanges } from '#src/metrics/derive/lifecycle.ts';
import { momentSignals } from '#src/metrics/derive/moment-signals.ts';
import {
  createKeySpelling,
  firstSeenOf,
  type PreparedSeries,
  prepareSeries,
} from '#src/metrics/derive/prepare.ts';
import { requestSignals } from '#src/metrics/derive/request-signals.ts';
import { presenceSignals, upShareSignals } from '#src/metrics/derive/up-signals.ts';
import { attachWeights } from '#src/metrics/derive/weights.ts';
import { createTimeAxes } from '#src/metrics/samples/time-axes.ts';

export type DerivedSignals = {
  /** One for each input series, in the order of the input. */
  classes: SeriesClass[];
  signals: DerivedSignal[];
  changes: MetricChange[];
};

/**
 * Turns raw series of any naming habit into comparable signals of services: rates, error ratios,
 * latency quantiles and means, shares of limits, ups, ages; and the changes that they tell of.
 * @param services known services, for their names and selectors
 */
export function deriveSignals(
  series: readonly MetricSeries[],
  services: readonly ServiceHint[] = [],
): DerivedSignals {
  const classify = createClassifier(createServiceNames(services), namesOf(series));
  const axes = createTimeAxes();
  const spell = createKeySpelling();
  const prepared = series.map((one, index) => prepareSeries(one, index, classify, axes, spell));
  const firstSeen = firstSeenOf(prepared);
  const signals = attachWeights([
    ...requestSignals(prepared, firstSeen),
    ...latencySignals(prepared, firstSeen),
    ...gaugeSignals(prepared),
    ...counterSignals(prepared, firstSeen),
    ...cacheSignals(prepared, firstSeen),
    ...momentSignals(prepared),
    ...upShareSignals(prepared),
    ...presenceSignals(prepared),
  ]);
  return {
    classes: prepared.map((one: PreparedSeries) => one.cls),
    signals: withUniqueIds(signals),
    changes: metricChanges(prepared),
  };
}

function withUniqueIds(signals: DerivedSignal[]): DerivedSignal[] {
  const seen = new Map<string, number>();
  return signals.map((signal) => {
    const count = (seen.get(signal.id) ?? 0) + 1;
    seen.set(signal.id, count);
    return count === 1 ? signal : { ...signal, id: `${signal.id}#${count}` };
  });
}
