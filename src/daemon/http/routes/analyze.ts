import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { allowedPath } from '#src/daemon/http/allowed-path.ts';
import { bodyOf } from '#src/daemon/http/bodies.ts';
import type { RouteParts } from '#src/daemon/http/route-parts.ts';
import type { Alert } from '#src/domain/alert.ts';
import { InputError } from '#src/domain/errors.ts';
import { fingerprintOf } from '#src/domain/fingerprint.ts';
import { incidentId } from '#src/domain/incident.ts';
import type { AnalysisRequest } from '#src/domain/incident-record.ts';
import { formatTime, parseTime } from '#src/domain/time.ts';

const MOST_WAIT_SECONDS = 600;
const MOST_CONTEXT = 20_000;

const text = (most: number) => z.string().min(1).max(most);
const paths = z.union([text(4096).transform((path) => [path]), z.array(text(4096)).max(20)]);

/** Names in the style of this API, or in that of the service registry. */
const requestSchema = z.preprocess(
  camelCased,
  z.object({
    service: text(200),
    errorMessage: text(20_000),
    timestamp: z.string().max(64).optional(),
    errorCode: z.union([text(200), z.number().transform(String)]).optional(),
    environment: text(200).optional(),
    logPaths: paths.optional(),
    repoPath: text(4096).optional(),
    context: z.unknown().optional(),
  }),
);

/**
 * `POST /analyze`: an investigation that somebody asks for. It is kept like an alert, as an
 * incident of its own, so that it survives a crash and its answer can be asked for later.
 */
export function addAnalyzeRoutes(server: FastifyInstance, given: RouteParts): void {
  const { parts, gate, hub, settings } = given;
  server.post('/analyze', async (request, reply) => {
    const wanted = bodyOf(request, requestSchema);
    const waitMs = waitOf(request.query);
    const now = parts.clock.now();
    const analysis: AnalysisRequest = {};
    if (wanted.logPaths) {
      analysis.logPaths = wanted.logPaths.map((path) => allowedPath(path, settings.readRoots));
    }
    if (wanted.repoPath) analysis.repoPath = allowedPath(wanted.repoPath, settings.readRoots);
    const alert = alertOf(wanted, now);
    const id = incidentId([alert], wanted.service, alert.startsAt);
    const left = new AbortController();
    request.raw.socket.once('close', () => left.abort());
    const signal = AbortSignal.any([left.signal, AbortSignal.timeout(Math.max(waitMs, 1))]);
    const settled = hub.untilSettled(id, signal);
    await gate.accept({ alerts: [alert], receivedAt: now, analysis });
    if (waitMs > 0) {
      await settled;
      const view = await parts.store.readIncident(id);
      if (view?.result) return { id, status: 'done', result: view.result };
      if (view?.job?.state === 'dead') {
        void reply.code(502);
        return { id, status: 'failed', error: { message: view.job.lastError ?? 'failed' } };
      }
    }
    void reply.code(202).header('location', `/incidents/${id}`);
    return { id, status: 'accepted' };
  });
}

function alertOf(wanted: z.output<typeof requestSchema>, now: number): Alert {
  const startsAt = wanted.timestamp === undefined ? now : parseTime(wanted.timestamp);
  if (startsAt === null || startsAt > now + 60_000) {
    throw new InputError('timestamp: expected an RFC 3339 time that is not in the future', {
      where: 'request body',
    });
  }
  const labels: Record<string, string> = {
    alertname: 'AnalysisRequested',
    service: wanted.service,
  };
  if (wanted.errorCode !== undefined) labels.error_code = wanted.errorCode;
  if (wanted.environment !== undefined) labels.environment = wanted.environment;
  const annotations: Record<string, string> = { summary: wanted.errorMessage };
  if (wanted.context !== undefined) {
    const { context } = wanted;
    const words = typeof context === 'string' ? context : JSON.stringify(context);
    annotations.context = words.slice(0, MOST_CONTEXT);
  }
  return {
    status: 'firing',
    labels,
    annotations,
    startsAt: formatTime(startsAt),
    endsAt: null,
    fingerprint: fingerprintOf({ ...labels, ...annotations }),
  };
}

function waitOf(query: unknown): number {
  const { wait } = query as { wait?: unknown };
  if (wait === undefined) return 0;
  const seconds = typeof wait === 'string' && /^\d{1,4}$/.test(wait) ? Number(wait) : Number.NaN;
  if (!(seconds <= MOST_WAIT_SECONDS)) {
    throw new InputError(`wait: expected whole seconds, ${MOST_WAIT_SECONDS} at the most`, {
      where: 'query',
    });
  }
  return seconds * 1000;
}

function camelCased(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [
      key.replace(/_([a-z])/g, (_whole, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}
