import { z } from 'zod';
import type { SpanRecord } from '#src/domain/bundle.ts';
import { messageOf, UpstreamError } from '#src/domain/errors.ts';
import { formatTime } from '#src/domain/time.ts';
import type { EvidenceSource, SourceSettings, SourceTools } from '#src/evidence/contract.ts';
import { mapLimited } from '#src/platform/map-limited.ts';

const MAX_BYTES = 16 * 1024 * 1024;
const MAX_SPANS = 5000;

const searchAnswer = z.object({ traces: z.array(z.object({ traceID: z.string() })).nullish() });
const value = z.object({
  stringValue: z.string().optional(),
  intValue: z.union([z.string(), z.number()]).optional(),
  boolValue: z.boolean().optional(),
  doubleValue: z.number().optional(),
});
const attribute = z.object({ key: z.string(), value: value.optional() });
const span = z.object({
  traceId: z.string().optional(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string().default(''),
  startTimeUnixNano: z.union([z.string(), z.number()]),
  endTimeUnixNano: z.union([z.string(), z.number()]),
  status: z.object({ code: z.union([z.string(), z.number()]).optional() }).optional(),
  attributes: z.array(attribute).default([]),
});
const scope = z.object({ spans: z.array(span).default([]) });
const resource = z.object({
  resource: z.object({ attributes: z.array(attribute).default([]) }).optional(),
  scopeSpans: z.array(scope).optional(),
  instrumentationLibrarySpans: z.array(scope).optional(),
});
const traceAnswer = z.object({
  batches: z.array(resource).optional(),
  resourceSpans: z.array(resource).optional(),
  trace: z.object({ resourceSpans: z.array(resource).optional() }).optional(),
});

/**
 * Spans from Tempo: traces with errors of the target first, then its slowest
 * (`GET /api/search`, `GET /api/traces/{id}` in OTLP JSON). Not configured is no gap: few have it.
 */
export function createTempoSource(
  settings: SourceSettings['tempo'],
  tools: SourceTools,
): EvidenceSource {
  return {
    id: 'tempo',
    async collect(request, signal) {
      const { url } = settings;
      if (!url) return {};
      const get = async (path: string): Promise<unknown> => {
        const response = await tools.http({
          url: `${url.replace(/\/+$/, '')}${path}`,
          headers: {
            accept: 'application/json',
            ...(settings.authHeader ? { authorization: settings.authHeader } : {}),
          },
          timeoutMs: settings.timeoutMs,
          maxBytes: MAX_BYTES,
          signal,
        });
        if (response.status !== 200) {
          throw new UpstreamError(`answered ${response.status}`, { where: url });
        }
        try {
          return JSON.parse(response.text);
        } catch (error) {
          throw new UpstreamError('did not answer in JSON', { where: url, cause: error });
        }
      };
      const { start, end } = request.window;
      const name = JSON.stringify(request.target.name);
      const search = async (query: string): Promise<string[]> => {
        const params = new URLSearchParams({
          q: query,
          start: String(Math.floor(start / 1000)),
          end: String(Math.ceil(end / 1000)),
          limit: String(settings.maxTraces),
        });
        const parsed = searchAnswer.safeParse(await get(`/api/search?${params}`));
        if (!parsed.success) throw new UpstreamError('answered in an unknown form', { where: url });
        return (parsed.data.traces ?? []).map((trace) => trace.traceID);
      };
      const failed = await search(`{ resource.service.name = ${name} && status = error }`);
      const any = await search(`{ resource.service.name = ${name} }`);
      const ids = [...new Set([...failed, ...any])].slice(0, settings.maxTraces).sort();
      const failures: string[] = [];
      const traces = await mapLimited(ids, 4, async (id) => {
        try {
          return spansOf(await get(`/api/traces/${encodeURIComponent(id)}`), id);
        } catch (error) {
          failures.push(signal.aborted ? 'not done within the deadline' : messageOf(error));
          return [];
        }
      });
      const [example] = failures.sort();
      const why = `${failures.length} of ${ids.length} traces, e.g. ${example}`;
      return {
        spans: traces.flat().slice(0, MAX_SPANS),
        gaps: example === undefined ? [] : [{ source: 'tempo', why }],
      };
    },
  };
}

function spansOf(answer: unknown, traceId: string): SpanRecord[] {
  const parsed = traceAnswer.safeParse(answer);
  if (!parsed.success) return [];
  const { batches, resourceSpans, trace } = parsed.data;
  return (batches ?? resourceSpans ?? trace?.resourceSpans ?? []).flatMap((batch) => {
    const service = textOf(batch.resource?.attributes ?? [])['service.name'] ?? '';
    const scopes = batch.scopeSpans ?? batch.instrumentationLibrarySpans ?? [];
    return scopes.flatMap(({ spans }) => spans.map((one) => toRecord(one, service, traceId)));
  });
}

function toRecord(raw: z.infer<typeof span>, service: string, traceId: string): SpanRecord {
  const begin = Number(raw.startTimeUnixNano) / 1e6;
  const code = raw.status?.code;
  return {
    traceId,
    spanId: raw.spanId,
    ...(raw.parentSpanId ? { parentId: raw.parentSpanId } : {}),
    service,
    name: raw.name,
    start: formatTime(Math.round(begin)),
    durationMs: Math.round((Number(raw.endTimeUnixNano) / 1e6 - begin) * 1000) / 1000,
    status: code === 2 || code === 'STATUS_CODE_ERROR' ? 'ERROR' : 'OK',
    attributes: textOf(raw.attributes),
  };
}

function textOf(attributes: readonly z.infer<typeof attribute>[]): Record<string, string> {
  return Object.fromEntries(
    attributes.flatMap(({ key, value: held }) => {
      const text = held?.stringValue ?? held?.intValue ?? held?.boolValue ?? held?.doubleValue;
      return text === undefined ? [] : [[key, String(text)]];
    }),
  );
}
