import type { Gap, LogRecord, MetricSeries } from '#src/domain/bundle.ts';
import { messageOf } from '#src/domain/errors.ts';
import type { Service } from '#src/domain/service.ts';
import { formatTime } from '#src/domain/time.ts';
import type {
  Collected,
  CollectRequest,
  EvidenceSource,
  SourceSettings,
  SourceTools,
} from '#src/evidence/contract.ts';
import {
  createLokiClient,
  type LokiClient,
  type LokiLine,
} from '#src/evidence/sources/loki/client.ts';
import { readLines } from '#src/evidence/sources/loki/read-lines.ts';
import { findSelector, logSelector, quoteLog } from '#src/evidence/sources/loki/selector.ts';
import { mapLimited } from '#src/platform/map-limited.ts';

const COUNT_STEP_SECONDS = 30;
const MOST_COUNTS = 240;
/** What an error line looks like to a server that knows no levels. RE2, as LogQL takes it. */
const ERROR_WORDS =
  '(?i)(error|exception|fatal|panic|critical|emerg|traceback|failed|failure|refused|timeout|timed out|denied|\\" 5[0-9][0-9] )';

/** Shares of the line budget: the target's errors first, then what stood around them. */
const SHARES = { errors: 0.45, others: 0.25, baselineErrors: 0.15, baselineOthers: 0.15 };

/** Reads the logs of the services from Loki: error lines first, within a bound of lines and bytes. */
export function createLokiSource(
  settings: SourceSettings['loki'],
  tools: SourceTools,
): EvidenceSource {
  return {
    id: 'loki',
    async collect(request, signal): Promise<Collected> {
      const { url } = settings;
      if (!url) {
        const hint = 'Set LOKI_URL or loki.url.';
        return { gaps: [{ source: 'loki', why: 'not configured', hint }] };
      }
      const client = createLokiClient(tools.http, { ...settings, url }, signal);
      const own = await collectService(client, request.target, request, settings.maxLines, signal);
      const others = request.services.slice(1);
      const share = Math.floor(settings.maxLines / 2 / Math.max(1, others.length));
      const rest = await mapLimited(others, 3, async (service) => {
        if (signal.aborted || share < 20) return {};
        const part = await collectService(client, service, request, share, signal).catch(
          () => ({}),
        );
        // That a neighbour has no logs in Loki says nothing about the incident.
        return { ...part, gaps: [] };
      });
      const parts: Collected[] = [own, ...rest];
      return {
        logs: parts.flatMap((part) => part.logs ?? []),
        metrics: parts.flatMap((part) => part.metrics ?? []),
        gaps: parts.flatMap((part) => part.gaps ?? []),
      };
    },
  };
}

async function collectService(
  client: LokiClient,
  service: Service,
  request: CollectRequest,
  maxLines: number,
  signal: AbortSignal,
): Promise<Collected> {
  const { window, baseline } = request;
  const start = toNanos(baseline.start);
  const middle = toNanos(window.start);
  const end = toNanos(window.end);
  const alerts = service.name === request.target.name ? request.alerts : [];
  const matchers = await findSelector(client, service, alerts, start, end);
  if (!matchers) {
    const hint = 'Name the labels that find it under selectors.loki in the service registry.';
    return { gaps: [{ source: 'loki', why: `no log stream for ${service.name}`, hint }] };
  }
  const selector = logSelector(matchers);
  const errors = `${selector} |~ ${quoteLog(ERROR_WORDS)}`;
  const others = `${selector} !~ ${quoteLog(ERROR_WORDS)}`;
  const parts = [
    { name: 'error lines', query: errors, start: middle, end, share: SHARES.errors },
    { name: 'other lines', query: others, start: middle, end, share: SHARES.others },
    { name: 'error lines before', query: errors, start, end: middle, share: SHARES.baselineErrors },
    { name: 'other lines before', query: others, start, end: middle, share: SHARES.baselineOthers },
  ];
  const gaps: Gap[] = [];
  const logs: LogRecord[] = [];
  for (const [index, { name, share, ...part }] of parts.entries()) {
    const limit = Math.max(10, Math.floor(maxLines * share));
    try {
      const keep = index === 0 ? 'edges' : 'spread';
      const read = await readLines(client, { ...part, limit, keep }, signal);
      logs.push(...read.lines.map((line) => toRecord(line, service.name)));
      if (read.isCut) {
        gaps.push({ source: 'loki', why: `${service.name}: ${read.lines.length} of the ${name}` });
      }
    } catch (error) {
      // A server that fails at once has nothing more to give.
      if (index === 0) throw error;
      const why = signal.aborted ? 'not done within the deadline' : messageOf(error);
      gaps.push({ source: 'loki', why: `${service.name}: ${name}: ${why}` });
      break;
    }
  }
  if (logs.length === 0 && gaps.length === 0) {
    gaps.push({ source: 'loki', why: `no lines of ${selector} in this time` });
  }
  const metrics = await countErrors(client, errors, service.name, start, end).catch((error) => {
    gaps.push({
      source: 'loki',
      why: `${service.name}: count of error lines: ${messageOf(error)}`,
    });
    return [];
  });
  return { logs, metrics, gaps };
}

/** How many error lines there were over time, also of those that were not read. */
async function countErrors(
  client: LokiClient,
  errors: string,
  service: string,
  start: bigint,
  end: bigint,
): Promise<MetricSeries[]> {
  const seconds = Number((end - start) / 1_000_000_000n);
  const step = Math.max(COUNT_STEP_SECONDS, Math.ceil(seconds / MOST_COUNTS));
  const query = `sum(count_over_time(${errors} [${step}s]))`;
  const answer = await client.matrix(query, start, end, step);
  return answer.map((series) => ({
    metric: { __name__: 'log_error_lines', service },
    values: withZeros(series.values, start, end, step),
    query,
    service,
    type: 'gauge' as const,
  }));
}

/** A count of nothing is left out of the answer; it is nought. */
function withZeros(
  values: readonly [number, string][],
  start: bigint,
  end: bigint,
  step: number,
): [number, string][] {
  const first = Number(start) / 1e9;
  const known = new Map(values.map(([at, value]) => [Math.round((at - first) / step), value]));
  const steps = Math.floor((Number(end) / 1e9 - first) / step);
  return Array.from({ length: steps + 1 }, (_, index) => [
    first + index * step,
    known.get(index) ?? '0',
  ]);
}

function toRecord(line: LokiLine, service: string): LogRecord {
  const millis = Number(line.at / 1_000_000n);
  return { timestamp: formatTime(millis), service, line: line.line, labels: line.labels };
}

const toNanos = (millis: number): bigint => BigInt(Math.round(millis)) * 1_000_000n;
