import { formatTime, type Span } from '#src/domain/time.ts';
import {
  addCounts,
  mainLevel,
  newCounts,
  type PatternCounts,
} from '#src/logs/scan/pattern-stats.ts';
import type { ScanTally } from '#src/logs/scan/scan-tally.ts';
import { coarser, type TimeCells } from '#src/logs/scan/time-cells.ts';
import { compareText } from '#src/platform/compare.ts';
import { findAnomalies, type TemplateSeries } from './anomalies.ts';
import { chooseSpans } from './compare.ts';
import { pointsOf } from './time-buckets.ts';
import type { Comparison, LogAnomaly, TemplateSummary } from './types.ts';

export type ScanAnalysis = {
  comparison: Comparison;
  /** Most records first. */
  templates: TemplateSummary[];
  /** Best first; exemplars are samples. */
  anomalies: LogAnomaly[];
  /** Id of a pattern's template, or null for a pattern without records in either span. */
  idOf(pattern: number): string | null;
  /** Milliseconds of a bucket of the templates' series. */
  width: number;
};

type Gathered = {
  id: string;
  text: string;
  counts: PatternCounts;
  buckets: Map<number, number>;
  baselineBuckets: Map<number, number>;
};

/** What a scan found: templates with their counts, and what differs between the window and the baseline. */
export function analyseScan(
  tally: ScanTally,
  asked: { window?: Span | undefined; baseline?: Span | undefined } = {},
): ScanAnalysis {
  const mined = tally.miner.finish();
  const extent =
    tally.first === null || tally.last === null ? null : { start: tally.first, end: tally.last };
  const width = coarser(
    Math.max(tally.cells.width, tally.baselineCells.width),
    extent ? extent.end - extent.start : 0,
  );
  const gathered = mined.templates.map(
    ({ id, text }): Gathered => ({
      id,
      text,
      counts: newCounts(''),
      buckets: new Map(),
      baselineBuckets: new Map(),
    }),
  );
  tally.counts.forEach((counts, pattern) => {
    const into = gathered[mined.templateOf(pattern)];
    if (!into) return;
    into.counts.sample ||= counts.sample;
    addCounts(into.counts, counts);
  });
  const collect = (cells: TimeCells, side: 'buckets' | 'baselineBuckets'): void =>
    cells.forEach((pattern, start, count) => {
      const into = gathered[mined.templateOf(pattern)];
      if (!into) return;
      const bucket = Math.floor(start / width);
      into[side].set(bucket, (into[side].get(bucket) ?? 0) + count);
    });
  collect(tally.cells, 'buckets');
  collect(tally.baselineCells, 'baselineBuckets');
  const present = gathered.filter(({ counts }) => counts.count + counts.baselineCount > 0);
  const { comparison, anomalies } = compare(present, extent, asked, width);
  return {
    comparison,
    templates: present
      .map((one) => summaryOf(one, width))
      .sort((a, b) => b.count - a.count || compareText(a.id, b.id)),
    anomalies,
    idOf: (pattern) => mined.templates[mined.templateOf(pattern)]?.id ?? null,
    width,
  };
}

function compare(
  all: readonly Gathered[],
  extent: Span | null,
  asked: { window?: Span | undefined; baseline?: Span | undefined },
  width: number,
) {
  const baselineRecords = all.reduce((sum, { counts }) => sum + counts.baselineCount, 0);
  const spans = chooseSpans(
    { window: within(asked.window, extent), baseline: within(asked.baseline, extent) },
    extent,
    baselineRecords,
    width,
  );
  const { window, baseline, comparison } = spans;
  if (!baseline) return { comparison, anomalies: [] };
  const isSplit = comparison.against === 'start-of-window';
  const series = all.map((one): TemplateSeries => {
    const { counts } = one;
    const before = isSplit ? bucketsBefore(one.buckets, window.start / width) : one.baselineBuckets;
    const after = isSplit ? bucketsFrom(one.buckets, window.start / width) : one.buckets;
    return {
      id: one.id,
      template: one.text,
      level: mainLevel(counts),
      services: [...counts.services].sort(compareText),
      buckets: after,
      baselineBuckets: before,
      firstInWindow: before.size === 0 ? counts.first : null,
      last: counts.last,
    };
  });
  const samples = new Map(all.map(({ id, counts }) => [id, counts]));
  const anomalies = findAnomalies(series, { window, baseline, width }).map((anomaly) => {
    const counts = samples.get(anomaly.templateId);
    const at = counts?.first ?? null;
    const exemplar = {
      timestamp: at === null ? '' : formatTime(at),
      service: anomaly.services[0] ?? '',
      line: counts?.sample ?? '',
    };
    return { ...anomaly, exemplars: [exemplar] };
  });
  return { comparison, anomalies };
}

/** Open ends reach as far as the log. */
function within(span: Span | undefined, extent: Span | null): Span | null {
  if (!span) return null;
  return {
    start: Number.isFinite(span.start) ? span.start : (extent?.start ?? 0),
    end: Number.isFinite(span.end) ? span.end : (extent?.end ?? 0) + 1,
  };
}

function bucketsBefore(buckets: ReadonlyMap<number, number>, split: number): Map<number, number> {
  return new Map([...buckets].filter(([bucket]) => bucket < split));
}

function bucketsFrom(buckets: ReadonlyMap<number, number>, split: number): Map<number, number> {
  return new Map([...buckets].filter(([bucket]) => bucket >= split));
}

function summaryOf(
  { id, text, counts, buckets, baselineBuckets }: Gathered,
  width: number,
): TemplateSummary {
  return {
    id,
    template: text,
    level: mainLevel(counts),
    services: [...counts.services].sort(compareText),
    count: counts.count,
    baselineCount: counts.baselineCount,
    first: counts.first === null ? null : formatTime(counts.first),
    last: counts.last === null ? null : formatTime(counts.last),
    perMinute: pointsOf([baselineBuckets, buckets], width),
    sample: counts.sample,
  };
}
