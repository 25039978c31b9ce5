import { type NameReading, statisticOf } from '#src/metrics/classify/name-reading.ts';
import type { QueryHints } from '#src/metrics/classify/query-hints.ts';
import type { TypeReading } from '#src/metrics/classify/series-type.ts';
import type { SeriesClass } from '#src/metrics/contract.ts';

/** What tells the part. */
export type PartFacts = {
  name: NameReading;
  hints: QueryHints | null;
  labels: ReadonlyMap<string, string>;
  siblings: boolean;
};

/** True for a `_count`, `_sum` or `_bucket` whose histogram's other parts are there too. */
export function hasSiblings(name: string, all: ReadonlySet<string>): boolean {
  const at = name.lastIndexOf('_');
  if (at <= 0) return false;
  const stemName = name.slice(0, at);
  const suffix = name.slice(at);
  if (suffix === '_count') return all.has(`${stemName}_sum`) || all.has(`${stemName}_bucket`);
  if (suffix === '_sum') return all.has(`${stemName}_count`);
  return suffix === '_bucket';
}

/** The statistic of a pre-aggregated series: by label, by the expression, or by the name's end. */
export function statisticFrom(
  labels: ReadonlyMap<string, string>,
  name: NameReading,
  hints: QueryHints | null,
): string | null {
  const label =
    labels.get('quantile') ??
    labels.get('statistic') ??
    labels.get('stat') ??
    labels.get('percentile');
  const text = label ?? hints?.quantile ?? null;
  return (text === null ? null : statisticOf(text)) ?? name.statistic;
}

/** `…_seconds_count` is part of a histogram even where its other parts are not at hand. */
const TIME_WORDS = ['second', 'millisecond', 'duration', 'latency', 'ms'];

/** True for the count or sum of a histogram of times, by its name alone. */
export function isPartOfTimes({ part, stems }: NameReading): boolean {
  return (part === 'count' || part === 'sum') && TIME_WORDS.some((word) => stems.has(word));
}

/** Which part of a histogram or summary a series is. */
export function partOf(
  { name, hints, labels, siblings }: PartFacts,
  { counter, rated }: TypeReading,
  statistic: string | null,
): SeriesClass['part'] {
  if (hints !== null && hints.quantile !== null) return 'quantile';
  if (labels.has('le') && (name.part === 'bucket' || counter || rated)) return 'bucket';
  if (labels.has('quantile')) return 'quantile';
  if (name.part === 'count' || name.part === 'sum') {
    if (counter || (rated && siblings)) return name.part;
  }
  return statistic?.startsWith('p') === true ? 'quantile' : 'value';
}
