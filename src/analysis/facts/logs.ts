import type { LogFacts, LogFinding } from '#src/analysis/facts/contract.ts';
import { seriesOfLogs } from '#src/analysis/facts/series-of-logs.ts';
import type { Subject } from '#src/analysis/facts/subject.ts';
import type { Bundle } from '#src/domain/bundle.ts';
import { parseTime } from '#src/domain/time.ts';
import { analyseLogs } from '#src/logs/windows/analyse.ts';
import type { LogAnalysis, LogAnomaly } from '#src/logs/windows/types.ts';
import { readStackTraces } from '#src/stacktrace/extract.ts';

/** Patterns that are kept, most telling first. */
const MOST_FINDINGS = 120;
const MOST_STANDING = 8;
const LEAST_STANDING = 5;
/** They tell less than what is known to be new. */
const STANDING_SCORE = 0.55;

/** What the logs of a bundle tell: unusual patterns, derived series, stack traces. */
export async function gatherLogs(bundle: Bundle, subject: Subject): Promise<LogFacts> {
  const zones = new Map(subject.services.map(({ name, timezone }) => [name, timezone]));
  const analysis = analyseLogs(bundle.logs, {
    window: bundle.manifest.window,
    baseline: bundle.manifest.baseline,
    timeZoneOf: (service) => zones.get(service),
  });
  const { traces, details } = await readStackTraces(
    bundle.logs.map((record) => ({
      text: record.line,
      at: parseTime(record.timestamp),
      service: record.service || null,
      stream: streamOf(record.labels),
    })),
  );
  const perMinute = new Map(analysis.templates.map((one) => [one.id, one.perMinute]));
  return {
    findings: [
      ...analysis.anomalies
        .slice(0, MOST_FINDINGS)
        .map((anomaly) => toFinding(anomaly, perMinute.get(anomaly.templateId) ?? [])),
      ...standingErrors(analysis),
    ],
    series: seriesOfLogs(analysis),
    traces,
    traceDetails: details,
    hasBaseline: analysis.comparison.against === 'baseline',
    usual: usualTemplates(analysis),
  };
}

function toFinding(anomaly: LogAnomaly, perMinute: [number, number][]): LogFinding {
  const kind = anomaly.kind === 'burst-of-rate' ? 'surging' : anomaly.kind;
  return {
    kind,
    service: anomaly.services[0] ?? null,
    services: anomaly.services,
    template: anomaly.template,
    level: anomaly.level,
    count: anomaly.count,
    baselineCount: anomaly.baselineCount,
    onset: anomaly.onset === null ? null : parseTime(anomaly.onset),
    score: anomaly.score,
    samples: anomaly.exemplars,
    perMinute,
  };
}

/** Errors all along, where there is no baseline that would make them everyday noise. */
function standingErrors({ templates, anomalies, comparison }: LogAnalysis): LogFinding[] {
  if (comparison.against === 'baseline') return [];
  const known = new Set(anomalies.map(({ templateId }) => templateId));
  return templates
    .filter(({ id, level }) => !known.has(id) && (level === 'error' || level === 'fatal'))
    .map((template) => ({ template, count: template.count + template.baselineCount }))
    .filter(({ count }) => count >= LEAST_STANDING)
    .sort((a, b) => b.count - a.count || (a.template.id < b.template.id ? -1 : 1))
    .slice(0, MOST_STANDING)
    .map(({ template: { template, level, services, first, sample, perMinute }, count }) => ({
      kind: 'standing',
      service: services[0] ?? null,
      services,
      template,
      level,
      count,
      baselineCount: 0,
      onset: null,
      score: STANDING_SCORE,
      samples: [{ timestamp: first ?? '', service: services[0] ?? '', line: sample }].filter(
        ({ timestamp }) => timestamp !== '',
      ),
      perMinute,
    }));
}

/** What is in the logs on any day. */
function usualTemplates({ templates }: LogAnalysis): string[] {
  return templates
    .filter(({ baselineCount }) => baselineCount > 0)
    .sort((a, b) => b.baselineCount - a.baselineCount || (a.id < b.id ? -1 : 1))
    .slice(0, 500)
    .map(({ sample }) => sample);
}

/** Labels that tell streams of one service apart. */
function streamOf(labels: Record<string, string> | undefined): string {
  if (!labels) return '';
  const keys = [
    'pod',
    'instance',
    'host',
    'container',
    'container_id',
    'filename',
    'file',
    'stream',
  ];
  return keys.map((key) => labels[key] ?? '').join('\0');
}
