import { z } from 'zod';
import { evidenceLines } from '#src/analysis/agents/brief/evidence-lines.ts';
import type { ToolDesk } from '#src/analysis/agents/tools/desk.ts';
import { signalDraft } from '#src/analysis/evidence/signal-draft.ts';
import type { LogRecord } from '#src/domain/bundle.ts';
import { formatQuantity } from '#src/domain/quantity.ts';
import { formatTime, parseTime } from '#src/domain/time.ts';
import type { DerivedSignal } from '#src/metrics/contract.ts';
import { defineTool, type ModelTool } from '#src/model/contract.ts';

const MOST_SIGNALS = 6;
const MOST_POINTS = 12;
const MOST_LINES = 12;
const MOST_LINE = 500;

const service = z.string().max(200).describe('name of a service of the incident');
const from = z.string().max(40).optional().describe('RFC 3339');
const until = z.string().max(40).optional().describe('RFC 3339');

/** Tools that read what the bundle holds of metrics, logs, health checks and runbooks. */
export function telemetryTools(desk: ToolDesk): ModelTool[] {
  return [
    queryMetrics(desk),
    searchLogs(desk),
    logTemplates(desk),
    serviceHealth(desk),
    runbook(desk),
  ];
}

function queryMetrics(desk: ToolDesk): ModelTool {
  return defineTool({
    name: 'query_metrics',
    description: 'Signals of a service over time: what they measured, before and in the incident.',
    schema: z.object({
      service,
      metric: z.string().max(200).optional().describe('a part of the name'),
      from,
      until,
    }),
    run: (input) =>
      desk.inTurn(() => {
        desk.checkService(input.service);
        const { metrics, all, bundle } = desk.drafted.facts;
        const word = input.metric?.toLowerCase() ?? '';
        const shifts = new Map(metrics.shifts.map((shift) => [shift.signalId, shift]));
        const found = metrics.signals.filter(
          (signal) =>
            signal.service === input.service &&
            `${signal.name} ${signal.facet} ${signal.aspect}`.toLowerCase().includes(word),
        );
        const lines = found.slice(0, MOST_SIGNALS).map((signal) => {
          const shift = shifts.get(signal.id) ?? null;
          const draft = signalDraft(signal, shift, all, bundle.manifest.window);
          return `${desk.keep(draft)} ${draft.summary}\n  ${pointsOf(signal, input.from, input.until)}`;
        });
        return desk.show(
          lines.length === 0
            ? 'No such signal.'
            : `${lines.join('\n')}${more(found.length, MOST_SIGNALS)}`,
        );
      }),
  });
}

function pointsOf(
  signal: DerivedSignal,
  from: string | undefined,
  until: string | undefined,
): string {
  const start = parseTime(from ?? '') ?? Number.NEGATIVE_INFINITY;
  const end = parseTime(until ?? '') ?? Number.POSITIVE_INFINITY;
  const points = [...signal.times].flatMap((time, index) =>
    time >= start && time <= end ? [{ time, value: signal.values[index] ?? Number.NaN }] : [],
  );
  const step = Math.max(1, Math.ceil(points.length / MOST_POINTS));
  return points
    .filter((_, index) => index % step === 0)
    .map(
      ({ time, value }) =>
        `${formatTime(time).slice(11, 19)} ${formatQuantity(value, signal.unit)}`,
    )
    .join(', ');
}

function searchLogs(desk: ToolDesk): ModelTool {
  return defineTool({
    name: 'search_logs',
    description:
      'Log records that hold a text (no pattern; case does not matter), with their number before the incident.',
    schema: z.object({
      text: z.string().min(2).max(200),
      service: service.optional(),
      from,
      until,
    }),
    run: (input) =>
      desk.inTurn(() => {
        if (input.service !== undefined) desk.checkService(input.service);
        const { bundle } = desk.drafted.facts;
        const { hits, before } = findRecords(desk, input);
        if (hits.length === 0) return `No record in the incident window, ${before} before it.`;
        const services = new Set(hits.map((record) => record.service));
        const id = desk.keep({
          kind: 'log',
          source: 'log search',
          query: input.text,
          window: bundle.manifest.window,
          service: services.size === 1 ? (hits[0]?.service ?? null) : null,
          at: parseTime(hits[0]?.timestamp ?? ''),
          summary: `${hits.length} records hold ${JSON.stringify(input.text)}, ${before} before the incident`,
          data: {
            type: 'records',
            count: hits.length,
            baselineCount: before,
            records: hits
              .slice(0, MOST_LINES)
              .map((record) => ({ ...record, line: record.line.slice(0, 4000) })),
          },
        });
        const lines = hits
          .slice(0, MOST_LINES)
          .map(
            ({ timestamp, service, line }) =>
              `${timestamp} ${service}: ${line.slice(0, MOST_LINE)}`,
          );
        return desk.show(
          `${id}: ${hits.length} in the incident window, ${before} before it.\n${lines.join('\n')}${more(hits.length, MOST_LINES)}`,
        );
      }),
  });
}

/** Records of the incident window that hold a text, and how many there were before it. */
function findRecords(
  { drafted }: ToolDesk,
  wanted: {
    text: string;
    service?: string | undefined;
    from?: string | undefined;
    until?: string | undefined;
  },
): { hits: LogRecord[]; before: number } {
  const { bundle, subject } = drafted.facts;
  const word = wanted.text.toLowerCase();
  const start = parseTime(wanted.from ?? '') ?? Number.NEGATIVE_INFINITY;
  const end = parseTime(wanted.until ?? '') ?? Number.POSITIVE_INFINITY;
  const hits: LogRecord[] = [];
  let before = 0;
  for (const record of bundle.logs) {
    const isMeant = wanted.service === undefined || record.service === wanted.service;
    if (!isMeant || !record.line.toLowerCase().includes(word)) continue;
    const at = parseTime(record.timestamp) ?? subject.window.start;
    if (at < start || at > end) continue;
    if (at < subject.window.start) before++;
    else hits.push(record);
  }
  return { hits, before };
}

function logTemplates(desk: ToolDesk): ModelTool {
  return defineTool({
    name: 'log_templates',
    description:
      'Patterns of log lines that are new, surging or gone in the incident, most telling first.',
    schema: z.object({ service: service.optional() }),
    run: (input) =>
      desk.inTurn(() => {
        if (input.service !== undefined) desk.checkService(input.service);
        const { drafted } = desk;
        const lines = [...drafted.refs.log]
          .filter(
            ([finding]) => input.service === undefined || finding.services.includes(input.service),
          )
          .slice(0, 25)
          .map(
            ([finding, ref]) =>
              `${drafted.ledger.idOf(ref)} ${finding.kind} ${finding.level ?? 'log'} ${finding.count} times, ${finding.baselineCount} before: ${finding.template.slice(0, 240)}`,
          );
        return desk.show(lines.length === 0 ? 'No such pattern.' : lines.join('\n'));
      }),
  });
}

function serviceHealth(desk: ToolDesk): ModelTool {
  return defineTool({
    name: 'service_health',
    description:
      'How a service fares: its condition by its own signals, its health checks, who calls it.',
    schema: z.object({ service }),
    run: (input) =>
      desk.inTurn(() => {
        desk.checkService(input.service);
        const { facts, refs, ledger } = desk.drafted;
        const assessed = facts.metrics.services.find((one) => one.service === input.service);
        const ids = (refs.health.get(input.service) ?? []).map((ref) => ledger.idOf(ref));
        const checks = ledger.evidence().filter(({ id }) => ids.includes(id));
        const edges = facts.metrics.edges;
        return desk.show(
          [
            `condition: ${assessed?.condition ?? 'unknown'}`,
            `calls: ${
              edges
                .filter((edge) => edge.from === input.service)
                .map(({ to }) => to)
                .join(', ') || 'nobody known'
            }`,
            `called by: ${
              edges
                .filter((edge) => edge.to === input.service)
                .map((edge) => edge.from)
                .join(', ') || 'nobody known'
            }`,
            ...checks.map((check) => evidenceLines(check, false).long),
          ].join('\n'),
        );
      }),
  });
}

function runbook(desk: ToolDesk): ModelTool {
  return defineTool({
    name: 'runbook',
    description: 'The runbooks that are at hand.',
    schema: z.object({ name: z.string().max(200).optional() }),
    run: (input) =>
      desk.inTurn(() => {
        const books = desk.drafted.ledger
          .evidence()
          .filter(
            ({ kind, query }) =>
              kind === 'runbook' && (input.name === undefined || query.includes(input.name)),
          );
        const texts = books.map(({ id, data }) =>
          data.type === 'text' ? `${id} ${data.title}\n${data.text.slice(0, 4000)}` : id,
        );
        return desk.show(texts.length === 0 ? 'There is no runbook.' : texts.join('\n\n'));
      }),
  });
}

const more = (all: number, shown: number): string => (all > shown ? `\n(${all - shown} more)` : '');
