import type { Bundle, LogRecord } from '#src/domain/bundle.ts';
import { parseTime } from '#src/domain/time.ts';
import { compareText, firstDifference } from '#src/platform/compare.ts';
import { stableJson } from '#src/platform/stable-json.ts';

/**
 * A bundle in its canonical order, which does not depend on the order of arrival: an analysis of
 * what was collected and one of what was written and read again see the same.
 * Log records with equal times keep their order.
 */
export function canonicalBundle(bundle: Bundle): Bundle {
  return {
    ...bundle,
    rules: sortedBy(bundle.rules, (rule) => `${rule.name}\0${stableJson(rule)}`),
    gaps: sortedBy(bundle.gaps, (gap) => `${gap.source}\0${gap.why}`),
    services: new Map([...bundle.services].sort(([a], [b]) => compareText(a, b))),
    metrics: sortedBy(bundle.metrics, (series) =>
      [
        series.service ?? '',
        series.metric.__name__ ?? '',
        stableJson(series.metric),
        series.query ?? '',
      ].join('\0'),
    ),
    logs: sortedByTime(bundle.logs),
    health: sortedBy(sortedByTime(bundle.health), (check) => `${check.service}\0${check.url}`),
    changes: {
      commits: sortedByTime(bundle.changes.commits, (commit) => commit.sha),
      deploys: sortedByTime(bundle.changes.deploys, (deploy) => stableJson(deploy)),
      flags: sortedByTime(bundle.changes.flags, (flag) => stableJson(flag)),
    },
    spans: sortedBy(bundle.spans, (span) => `${span.traceId}\0${span.start}\0${span.spanId}`),
    events: sortedByTime(bundle.events, (event) => stableJson(event)),
    runbooks: sortedBy(bundle.runbooks, (runbook) => runbook.name),
    past: sortedBy(bundle.past, (incident) => incident.id),
    repositories: sortedBy(bundle.repositories, (repository) => repository.service),
  };
}

function sortedBy<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, key: keyOf(item) }))
    .sort((a, b) => compareText(a.key, b.key))
    .map(({ item }) => item);
}

function sortedByTime<T extends Pick<LogRecord, 'timestamp'>>(
  items: readonly T[],
  tieOf: (item: T) => string = () => '',
): T[] {
  return items
    .map((item) => ({ item, at: parseTime(item.timestamp) ?? 0, tie: tieOf(item) }))
    .sort((a, b) => firstDifference(a.at - b.at, compareText(a.tie, b.tie)))
    .map(({ item }) => item);
}
