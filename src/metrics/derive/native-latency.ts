import type { DerivedSignal } from '#src/metrics/contract.ts';
import { QUANTILES } from '#src/metrics/derive/classic-histogram.ts';
import {
  addNative,
  type NativeSample,
  nativeDelta,
  nativeQuantile,
  parseNative,
} from '#src/metrics/derive/native-histogram.ts';
import type { PreparedSeries } from '#src/metrics/derive/prepare.ts';
import { buildSignal } from '#src/metrics/derive/signal-builder.ts';
import { ratesOf } from '#src/metrics/samples/sum-counts.ts';
import { usualStep } from '#src/metrics/samples/time-axes.ts';

/** Traffic, mean and quantiles of a family of native histograms, over the whole service. */
export function nativeLatencySignals(family: readonly PreparedSeries[]): DerivedSignal[] {
  const byTime = new Map<number, NativeSample>();
  for (const series of family) {
    for (const delta of deltasOf(series)) {
      const known = byTime.get(delta.time);
      if (known === undefined)
        byTime.set(delta.time, { ...delta, buckets: new Map(delta.buckets) });
      else addNative(known, delta);
    }
  }
  const samples = [...byTime.values()].sort((a, b) => a.time - b.time);
  if (samples.length === 0) return [];
  const head = family[0] as PreparedSeries;
  const timed = head.cls.signal === 'latency' || head.cls.unit === 'seconds';
  const times = Float64Array.from(samples, (sample) => sample.time);
  const counts = Float64Array.from(samples, (sample) => sample.count);
  const scope = 'service' as const;
  const axis = { times, step: usualStep(times), indexOf: () => -1, identical: true };
  const signals = [
    buildSignal(family, {
      signal: 'traffic',
      facet: 'request-rate',
      aspect: 'rate',
      unit: 'count',
      harm: 'both',
      scope,
      model: 'count',
      times,
      values: ratesOf(axis, counts, head.cls.rated),
      weights: counts,
    }),
  ];
  if (!timed) return signals;
  const latency = (aspect: string, of: (sample: NativeSample) => number) =>
    buildSignal(family, {
      signal: 'latency',
      facet: 'latency',
      aspect,
      unit: 'seconds',
      harm: 'up',
      scope,
      model: 'level',
      times,
      values: Float64Array.from(samples, (sample) => of(sample) * head.cls.scale),
      weights: counts,
    });
  for (const q of QUANTILES) {
    signals.push(latency(`p${Math.round(q * 100)}`, (sample) => nativeQuantile(q, sample)));
  }
  signals.push(latency('mean', ({ sum, count }) => (count > 0 ? sum / count : Number.NaN)));
  return signals;
}

/** What happened between the samples of one series; the samples themselves where already rated. */
function deltasOf(series: PreparedSeries): NativeSample[] {
  const samples = parseNative(series.histograms ?? []);
  if (series.cls.rated) {
    const step = usualStep(Float64Array.from(samples, (sample) => sample.time)) / 1000 || 1;
    return samples.map((sample) => ({
      time: sample.time,
      count: sample.count * step,
      sum: sample.sum * step,
      buckets: new Map([...sample.buckets].map(([key, count]) => [key, count * step])),
    }));
  }
  const deltas: NativeSample[] = [];
  for (let i = 1; i < samples.length; i += 1) {
    const delta = nativeDelta(samples[i - 1] as NativeSample, samples[i] as NativeSample);
    if (delta !== null) deltas.push(delta);
  }
  return deltas;
}
