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
import { findSelector, logSelector } from '#src/evidence/sources/loki/selector.ts';
import { mapLimited } from '#src/platform/map-limited.ts';

const PAGE = 1000;
const MAX_BYTES = 48 * 1024 * 1024;
const COUNT_STEP_SECONDS = 30;
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
  const gaps: Gap[] = [];
  const { window, baseline } = request;
  const [start, middle, end] = [baseline.start, window.start, window.end].map(toNanos) as [
    bigint,
    bigint,
    bigint,
  ];
  const matchers = await findSelector(client, service, request.alerts, start, end);
  if (!matchers) {
    const hint = 'Name the labels that find it under selectors.loki in the service registry.';
    return { gaps: [{ source: 'loki', why: `no log stream for ${service.name}`, hint }] };
  }
  const selector = logSelector(matchers);
  const errors = `${selector} |~ ${JSON.stringify(ERROR_WORDS)}`;
  const others = `${selector} !~ ${JSON.stringify(ERROR_WORDS)}`;
  const logs: LogRecord[] = [];
  const read = async (query: string, from: bigint, to: bigint, share: number): Promise<void> => {
    if (signal.aborted) return;
    const limit = Math.max(10, Math.floor(maxLines * share));
    const page = await readPages(client, query, from, to, limit, signal);
    logs.push(...page.lines.map((line) => toRecord(line, service.name)));
    if (page.cut)
      gaps.push({
        source: 'loki',
        why: `${service.name}: only the last ${limit} lines of ${query.slice(0, 60)}…`,
      });
  };
  await read(errors, middle, end, SHARES.errors);
  await read(others, middle, end, SHARES.others);
  await read(errors, start, middle, SHARES.baselineErrors);
  await read(others, start, middle, SHARES.baselineOthers);
  if (logs.length === 0) gaps.push({ source: 'loki', why: `no lines of ${selector} in this time` });
  const metrics = await countErrors(client, errors, service.name, start, end).catch((error) => {
    gaps.push({ source: 'loki', why: `counts of error lines: ${messageOf(error)}` });
    return [];
  });
  return { logs, metrics, gaps };
}

/** Pages backward from the end until the limit. Lines come back oldest first. */
async function readPages(
  client: LokiClient,
  query: string,
  start: bigint,
  end: bigint,
  limit: number,
  signal: AbortSignal,
): Promise<{ lines: LokiLine[]; cut: boolean }> {
  const lines: LokiLine[] = [];
  const seen = new Set<string>();
  let bytes = 0;
  let until = end;
  for (;;) {
    const size = Math.min(PAGE, limit - lines.length);
    const page = await client.lines(query, start, until, size, 'backward');
    const fresh = page.filter((line) => !seen.has(keyOf(line)));
    for (const line of fresh) {
      seen.add(keyOf(line));
      bytes += line.line.length;
      lines.push(line);
    }
    const isEnd = page.length < size || fresh.length === 0;
    const isFull = lines.length >= limit || bytes >= MAX_BYTES;
    if (isEnd || isFull || signal.aborted) {
      lines.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
      return { lines, cut: isFull && !isEnd };
    }
    // The last nanosecond is asked for again, since a page may have ended inside it.
    let earliest = until;
    for (const line of page) if (line.at < earliest) earliest = line.at;
    until = earliest + 1n;
  }
}

/** How many error lines there were over time, also of those that were not read. */
async function countErrors(
  client: LokiClient,
  errors: string,
  service: string,
  start: bigint,
  end: bigint,
): Promise<MetricSeries[]> {
  const query = `sum(count_over_time(${errors} [${COUNT_STEP_SECONDS}s]))`;
  const answer = await client.matrix(query, start, end, COUNT_STEP_SECONDS);
  return answer.map((series) => ({
    metric: { __name__: 'log_error_lines', service },
    values: series.values,
    query,
    service,
    type: 'gauge' as const,
  }));
}

function toRecord(line: LokiLine, service: string): LogRecord {
  const millis = Number(line.at / 1_000_000n);
  return { timestamp: formatTime(millis), service, line: line.line, labels: line.labels };
}

const keyOf = (line: LokiLine): string =>
  `${line.at}\0${JSON.stringify(line.labels)}\0${line.line}`;

const toNanos = (millis: number): bigint => BigInt(Math.round(millis)) * 1_000_000n;
