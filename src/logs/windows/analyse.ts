import type { LogRecord } from '#src/domain/bundle.ts';
import { formatTime, type Span, spanOf, type TimeWindow } from '#src/domain/time.ts';
import { accessOfFields, accessOfText, type HttpAccess } from '#src/logs/records/access.ts';
import { LEVELS, type Level, levelOfStatus } from '#src/logs/records/level.ts';
import { type Template, TemplateMiner } from '#src/logs/templates/miner.ts';
import { compareText } from '#src/platform/compare.ts';
import { shortHash } from '#src/platform/hash.ts';
import { AccessCollector } from './access-series.ts';
import { findAnomalies, type TemplateSeries } from './anomalies.ts';
import { chooseSpans } from './compare.ts';
import { type BundleRecord, readBundleLogs } from './read-bundle-logs.ts';
import { MinuteCounts, pointsOf } from './time-buckets.ts';
import type { LogAnalysis, LogAnomaly, SeveritySeries, TemplateSummary } from './types.ts';

export type AnalyseOptions = {
  window: TimeWindow;
  baseline?: TimeWindow | undefined;
  /** IANA zone of a service's lines, for times in them without one. */
  timeZoneOf?: (service: string) => string | undefined;
};

/** A record with its template and where it lies. */
type Placed = {
  record: BundleRecord;
  id: string;
  level: Level | null;
  access: HttpAccess | null;
  side: 'window' | 'baseline' | 'outside';
};

const MINUTE = 60_000;
const MAX_EXEMPLARS = 5;
const MAX_ROUTES = 400;

/**
 * What a bundle's logs say about a window of time against the time before: templates with their counts,
 * what is new, surging, vanished or bursting, severities and HTTP requests per service and minute.
 * The same records give the same analysis.
 */
export function analyseLogs(records: readonly LogRecord[], options: AnalyseOptions): LogAnalysis {
  const assembled = readBundleLogs(records, options.timeZoneOf);
  const window = spanOf(options.window);
  const asked = options.baseline ? spanOf(options.baseline) : null;
  const dated = assembled.filter(({ at }) => at !== null);
  const extent =
    dated.length === 0 ? null : { start: dated[0]?.at ?? 0, end: dated[dated.length - 1]?.at ?? 0 };
  const baselineRecords = asked ? dated.filter(({ at }) => isIn(at, asked)).length : 0;
  const spans = chooseSpans({ window, baseline: asked }, extent, baselineRecords);
  const { templates, placed } = mine(assembled, spans.window, spans.baseline);
  const groups = groupById(placed);
  const series = seriesOf(groups, templates);
  const anomalies = spans.baseline
    ? findAnomalies(series, { window: spans.window, baseline: spans.baseline, width: MINUTE })
    : [];
  return {
    comparison: spans.comparison,
    records: assembled.length,
    undated: assembled.length - dated.length,
    templates: summaries(series, groups),
    anomalies: anomalies.map((anomaly) => withExemplars(anomaly, groups)),
    severity: severitySeries(placed),
    access: accessSeries(placed),
  };
}

/** Templates of the texts; an access line's template is its method, route and status. */
function mine(records: readonly BundleRecord[], window: Span, baseline: Span | null) {
  const miner = new TemplateMiner();
  const texts = new Map<string, string>();
  const routes = new Set<string>();
  const read = records.map((record) => {
    const access =
      accessOfFields(record.fields) ??
      accessOfText(record.message) ??
      // What looks like a constant head of the lines may hold the request.
      accessOfText(record.text);
    return { record, access, pattern: access ? -1 : miner.add(record.message) };
  });
  const mined = miner.finish();
  const idOf = new Map<string, string>();
  for (const { id, text } of mined.templates) texts.set(id, text);
  const placed = read.map(({ record, access, pattern }): Placed => {
    const side =
      record.at === null || isIn(record.at, window)
        ? 'window'
        : isIn(record.at, baseline)
          ? 'baseline'
          : 'outside';
    if (!access) {
      const template = mined.templates[mined.templateOf(pattern)] as Template;
      return { record, id: template.id, level: record.level, access, side };
    }
    const text = requestText(access, routes);
    const id = idOf.get(text) ?? shortHash(['log-template', text], 10);
    idOf.set(text, id);
    texts.set(id, text);
    return { record, id, level: graver(record.level, levelOfStatus(access.status)), access, side };
  });
  return { templates: texts, placed };
}

/** A request is as grave as its status, whatever level its line was written at. */
function graver(a: Level | null, b: Level): Level {
  return a !== null && LEVELS.indexOf(a) > LEVELS.indexOf(b) ? a : b;
}

/** `GET /orders/{} 503`; routes beyond a number of them are one. */
function requestText({ method, route, status }: HttpAccess, routes: Set<string>): string {
  const name = `${method ?? 'HTTP'} ${route ?? ''}`.trim();
  const known = routes.has(name) || routes.size < MAX_ROUTES;
  if (known) routes.add(name);
  return `${known ? name : `${method ?? 'HTTP'} <*>`} ${status}`;
}

function isIn(at: number | null, span: Span | null): boolean {
  return at !== null && span !== null && at >= span.start && at < span.end;
}

function groupById(placed: readonly Placed[]): Map<string, Placed[]> {
  const groups = new Map<string, Placed[]>();
  for (const one of placed) {
    const group = groups.get(one.id);
    if (group) group.push(one);
    else groups.set(one.id, [one]);
  }
  return groups;
}

function seriesOf(
  groups: ReadonlyMap<string, Placed[]>,
  templates: ReadonlyMap<string, string>,
): TemplateSeries[] {
  return [...groups].map(([id, group]) => {
    const inWindow = new MinuteCounts();
    const inBaseline = new MinuteCounts();
    let firstInWindow: number | null = null;
    let last: number | null = null;
    for (const { record, side } of group) {
      if (record.at === null || side === 'outside') continue;
      last = record.at;
      if (side === 'baseline') inBaseline.add(record.at);
      else {
        firstInWindow ??= record.at;
        inWindow.add(record.at);
      }
    }
    return {
      id,
      template: templates.get(id) ?? '',
      level: mainLevelOf(group),
      services: [...new Set(group.map(({ record }) => record.service))].sort(compareText),
      buckets: inWindow.buckets,
      baselineBuckets: inBaseline.buckets,
      firstInWindow,
      last,
    };
  });
}

/** The level of most records, the graver of equals. */
function mainLevelOf(group: readonly Placed[]): Level | null {
  const counts = new Map<Level | null, number>();
  for (const { level } of group) counts.set(level, (counts.get(level) ?? 0) + 1);
  let best: Level | null = null;
  for (const level of [...LEVELS].reverse()) {
    if ((counts.get(level) ?? 0) > (counts.get(best) ?? 0)) best = level;
  }
  return best;
}

function summaries(
  series: readonly TemplateSeries[],
  groups: ReadonlyMap<string, Placed[]>,
): TemplateSummary[] {
  return series
    .map((one) => {
      const group = groups.get(one.id) ?? [];
      const times = group.flatMap(({ record }) => (record.at === null ? [] : [record.at]));
      return {
        id: one.id,
        template: one.template,
        level: one.level,
        services: one.services,
        count: group.filter(({ side }) => side === 'window').length,
        baselineCount: group.filter(({ side }) => side === 'baseline').length,
        first: times.length > 0 ? formatTime(times[0] as number) : null,
        last: times.length > 0 ? formatTime(times[times.length - 1] as number) : null,
        perMinute: pointsOf([one.baselineBuckets, one.buckets]),
        sample: (group[0]?.record.sources[0]?.line ?? '').slice(0, 1000),
      };
    })
    .sort(
      (a, b) => b.count - a.count || b.baselineCount - a.baselineCount || compareText(a.id, b.id),
    );
}

/** The first records of an anomaly and its last; of a vanished one, the last before it vanished. */
function withExemplars(anomaly: LogAnomaly, groups: ReadonlyMap<string, Placed[]>): LogAnomaly {
  const side = anomaly.kind === 'vanished' && anomaly.count === 0 ? 'baseline' : 'window';
  const group = (groups.get(anomaly.templateId) ?? []).filter((one) => one.side === side);
  const chosen =
    group.length <= MAX_EXEMPLARS
      ? group
      : [...group.slice(0, MAX_EXEMPLARS - 1), group[group.length - 1] as Placed];
  const exemplars = chosen.map(({ record }) => {
    const [first] = record.sources as [LogRecord];
    // A trace that was delivered line by line is shown whole.
    return record.sources.length === 1 ? first : { ...first, line: record.text.slice(0, 16_000) };
  });
  return { ...anomaly, exemplars };
}

function severitySeries(placed: readonly Placed[]): SeveritySeries[] {
  const counts = new Map<
    string,
    { service: string; level: Level | 'none'; minutes: MinuteCounts }
  >();
  for (const { record, level, side } of placed) {
    if (record.at === null || side === 'outside') continue;
    const key = `${record.service}\0${level ?? 'none'}`;
    let entry = counts.get(key);
    if (!entry) {
      entry = { service: record.service, level: level ?? 'none', minutes: new MinuteCounts() };
      counts.set(key, entry);
    }
    entry.minutes.add(record.at);
  }
  const rank = (level: Level | 'none') => (level === 'none' ? -1 : LEVELS.indexOf(level));
  return [...counts.values()]
    .sort((a, b) => compareText(a.service, b.service) || rank(b.level) - rank(a.level))
    .map(({ service, level, minutes }) => ({
      service,
      level,
      perMinute: pointsOf([minutes.buckets]),
    }));
}

function accessSeries(placed: readonly Placed[]) {
  const collector = new AccessCollector();
  for (const { record, access, side } of placed) {
    if (access && record.at !== null && side !== 'outside')
      collector.add(record.service, record.at, access);
  }
  return collector.series();
}
