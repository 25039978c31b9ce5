import type { MetricSeries } from '#src/domain/bundle.ts';
import { facetOf, facetOfSignal } from '#src/metrics/classify/facet.ts';
import type { FacetReading } from '#src/metrics/classify/facet-rule.ts';
import { readLabels } from '#src/metrics/classify/labels.ts';
import { type NameReading, readName } from '#src/metrics/classify/name-reading.ts';
import { outcomeOfLabels, outcomeOfValue } from '#src/metrics/classify/outcome.ts';
import { hasSiblings, isPartOfTimes, partOf, statisticFrom } from '#src/metrics/classify/part.ts';
import { peerOfSeries } from '#src/metrics/classify/peer-of-series.ts';
import { type QueryHints, readQuery } from '#src/metrics/classify/query-hints.ts';
import { type TypeReading, typeOf } from '#src/metrics/classify/series-type.ts';
import { createServiceNames, type ServiceNames } from '#src/metrics/classify/service-names.ts';
import { serviceOfSeries } from '#src/metrics/classify/service-of-series.ts';
import { type UnitReading, unitOf } from '#src/metrics/classify/unit.ts';
import * as vocabulary from '#src/metrics/classify/vocabulary.ts';
import type { SeriesClass, ServiceHint } from '#src/metrics/contract.ts';
import { parseSamples } from '#src/metrics/samples/parse.ts';
import { profileOf, type SampleProfile } from '#src/metrics/samples/profile.ts';

/** Names and queries read so far are remembered up to this many. */
const MEMORY = 50_000;

/** Tells what one series is, given how its values behave. */
export type Classifier = (series: MetricSeries, profile: SampleProfile) => SeriesClass;

/**
 * Classifies every series, in the order of the input.
 * @param services known services, for their names and selectors
 */
export function classifySeries(
  series: readonly MetricSeries[],
  services: readonly ServiceHint[] = [],
): SeriesClass[] {
  const classify = createClassifier(createServiceNames(services), namesOf(series));
  return series.map((one) => classify(one, profileOf(parseSamples(one.values).values)));
}

/** The metric names of an input: they tell a histogram's count from a gauge that is named so. */
export function namesOf(series: Iterable<MetricSeries>): Set<string> {
  const names = new Set<string>();
  for (const one of series) {
    const name = one.metric.__name__;
    if (name !== undefined && names.size < MEMORY) names.add(name);
  }
  return names;
}

/**
 * @param names finds services
 * @param metricNames see {@link namesOf}
 */
export function createClassifier(
  names: ServiceNames,
  metricNames: ReadonlySet<string>,
): Classifier {
  const readings = new Map<string, NameReading>();
  const queries = new Map<string, QueryHints>();
  const labelKeys = new Map<string, { key: string; own: boolean }>();
  const nameReading = (name: string) => remember(readings, name, readName);

  return (series, profile) => {
    const hints = series.query === undefined ? null : remember(queries, series.query, readQuery);
    const rawName = series.metric.__name__ ?? hints?.names[0] ?? '';
    const name = nameReading(rawName === '' ? (series.signal ?? '') : rawName);
    const labels = readLabels(series.metric, labelKeys).byKey;
    const siblings = hasSiblings(rawName, metricNames) || isPartOfTimes(name);
    const known = { series, profile, hints, name, labels, siblings };
    const { facet, part, type, unit, scale, statistic } = measureOf(known);
    const onBehalf = COLLECTED.test(rawName);
    const reading = serviceOfSeries(series.service, series.metric, labels, onBehalf, names);
    reading.service ??= serviceInPath(rawName, names);
    const peer = peerOfSeries(reading, labels, speaksOfOthers(name, facet), names);
    const isNative = isHistogram(series);
    return {
      signal: facet.signal,
      facet: facet.facet,
      service: reading.service,
      peer: peer?.peer ?? null,
      peerIsCaller: peer?.isCaller ?? false,
      type: isNative || part === 'bucket' ? 'histogram' : type.counter ? 'counter' : 'gauge',
      part,
      statistic,
      unit,
      scale,
      harm: facet.harm,
      outcome: outcomeOfSeries(series, name, facet, hints),
      rated: isNative ? hints?.rated === true || name.ratedName : type.rated,
      family: name.family === '' ? (series.signal ?? 'unnamed') : name.family,
    };
  };
}

/** A known service among the parts of a dotted name, as Graphite has it; else null. */
function serviceInPath(name: string, names: ServiceNames): string | null {
  if (!name.includes('.')) return null;
  for (const part of name.split('.').slice(0, 12)) {
    const known = names.spelt(part);
    if (known !== null) return known;
  }
  return null;
}

/** Metrics that a collector takes of others, so that its own job and instance say little. */
const COLLECTED = /^(?:kube|container|node|probe|aws|cloudwatch|istio|envoy|linkerd)_/;

const isHistogram = (series: MetricSeries) => (series.histograms?.length ?? 0) > 0;

/** What is known of a series before it is told what it measures. */
type Known = {
  series: MetricSeries;
  profile: SampleProfile;
  hints: QueryHints | null;
  name: NameReading;
  labels: ReadonlyMap<string, string>;
  siblings: boolean;
};

type Measure = UnitReading & {
  facet: FacetReading;
  part: SeriesClass['part'];
  type: TypeReading;
  statistic: string | null;
};

/** Type, part, unit and facet; each next one leans on those before. */
function measureOf(known: Known): Measure {
  const { series, profile, hints, name, labels, siblings } = known;
  const type = typeOf(series.type, name, profile, hints?.rated === true, siblings);
  const statistic = statisticFrom(labels, name, hints);
  const part = partOf(known, type, statistic);
  const largest = Math.max(Math.abs(profile.min), Math.abs(profile.max));
  const typical = (profile.first + profile.last) / 2;
  const measure = unitOf(series.unit, name.stems, typical, largest);
  if (measure.unit === 'timestamp') Object.assign(type, { counter: false, rated: false });
  let facet = facetOf({
    name,
    unit: measure.unit,
    counter: type.counter,
    distribution: isHistogram(series) || part === 'bucket' || siblings,
    min: profile.min,
    max: profile.max,
    binary: profile.binary,
    hasPeer: labels.has('dependency') || labels.has('peer'),
    quantile: part === 'quantile',
  });
  if (hints !== null) facet = facetOfQuery(hints, facet);
  facet = refineByLabels(facet, labels);
  if (series.signal !== undefined) facet = facetOfSignal(series.signal, facet);
  if (facet.facet === 'error-ratio' && measure.unit === 'none') {
    return { facet, part, type, statistic, unit: 'ratio', scale: largest > 1.5 ? 0.01 : 1 };
  }
  return { facet, part, type, statistic, ...measure };
}

function remember<T>(memory: Map<string, T>, key: string, make: (key: string) => T): T {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = make(key);
  if (memory.size < MEMORY) memory.set(key, made);
  return made;
}

/** What the expression computes wins over what the metric's name alone would mean. */
function facetOfQuery(hints: QueryHints, guess: FacetReading): FacetReading {
  if (hints.quantile !== null) return { facet: 'latency', signal: 'latency', harm: 'up' };
  const speaksOfErrors = hints.selectsErrors || guess.signal === 'errors';
  if (hints.divided && speaksOfErrors && guess.signal !== 'saturation') {
    return { facet: 'error-ratio', signal: 'errors', harm: hints.complement ? 'down' : 'up' };
  }
  if (hints.divided && guess.signal === 'traffic') {
    return { facet: 'value', signal: 'other', harm: 'none' };
  }
  return guess;
}

const GOOD_STATE = new Set(['idle', 'free', 'available', 'unused', 'avail']);

/** `mode="idle"`, `state="free"`, `condition="false"` turn the meaning of a metric round. */
function refineByLabels(guess: FacetReading, labels: ReadonlyMap<string, string>): FacetReading {
  const condition = labels.get('condition');
  if (guess.signal === 'up' && condition !== undefined && condition !== 'true') {
    return { ...guess, harm: 'none', signal: 'other', facet: 'value' };
  }
  const state = labels.get('mode') ?? labels.get('state');
  if (guess.signal === 'saturation' && state !== undefined && GOOD_STATE.has(state)) {
    return { ...guess, harm: 'down' };
  }
  return guess;
}

function speaksOfOthers(name: NameReading, facet: FacetReading): boolean {
  if (facet.signal === 'dependency') return true;
  for (const word of name.stems) if (vocabulary.CLIENT_WORDS.has(word)) return true;
  return false;
}

function outcomeOfSeries(
  series: MetricSeries,
  name: NameReading,
  facet: FacetReading,
  hints: QueryHints | null,
): SeriesClass['outcome'] {
  const byLabel = outcomeOfLabels(series.metric);
  if (byLabel !== null) return byLabel;
  if (name.status !== null) return outcomeOfValue(name.status);
  if (facet.facet === 'error-rate') return 'server-error';
  if (facet.facet === 'client-error-ratio') return 'client-error';
  if (hints?.selectsErrors === true) return 'server-error';
  return name.stems.has('success') || name.stems.has('succeeded') ? 'ok' : null;
}
