import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { rawBody, readBodies } from '#src/daemon/http/bodies.ts';
import { ConnectionLimit } from '#src/daemon/http/connections.ts';
import { createErrorHandler } from '#src/daemon/http/error-answer.ts';
import { type Access, Gatekeeper } from '#src/daemon/http/gatekeeper.ts';
import { HttpError } from '#src/daemon/http/http-error.ts';
import type { RouteParts } from '#src/daemon/http/route-parts.ts';
import { addActionRoutes } from '#src/daemon/http/routes/actions.ts';
import { addAlertRoutes } from '#src/daemon/http/routes/alerts.ts';
import { addAnalyzeRoutes } from '#src/daemon/http/routes/analyze.ts';
import { addChangeRoutes } from '#src/daemon/http/routes/changes.ts';
import { addEventRoutes } from '#src/daemon/http/routes/events.ts';
import { addHealthRoutes } from '#src/daemon/http/routes/health.ts';
import { addIncidentRoutes } from '#src/daemon/http/routes/incidents.ts';
import { addNotifyRoutes } from '#src/daemon/http/routes/notify.ts';
import { addSessionRoutes } from '#src/daemon/http/routes/session.ts';
import { UsageError } from '#src/domain/errors.ts';

export type HttpServer = {
  /** @returns the URL that it listens on @throws UsageError when the address cannot be had */
  listen(): Promise<string>;
  /** Takes no more connections and ends those that are idle; requests under way are answered. */
  close(): Promise<void>;
};

const MAX_HEADER_BYTES = 16 * 1024;
/** A connection on which nothing moves at all is closed after this, in milliseconds. */
const STALLED_MS = 60_000;
const CHECK_MS = 1000;

/** The daemon's HTTP server, with its limits. */
export function createServer(given: RouteParts): HttpServer {
  const { parts, settings, metrics } = given;
  const server = Fastify({
    bodyLimit: settings.maxBodyBytes,
    requestTimeout: settings.requestTimeoutMs,
    keepAliveTimeout: settings.keepAliveMs,
    connectionTimeout: STALLED_MS,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    trustProxy: false,
    http: {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: settings.headersTimeoutMs,
      connectionsCheckingInterval: CHECK_MS,
    },
  });
  const limit = new ConnectionLimit(settings.maxConnections);
  limit.attach(server.server);
  readBodies(server);
  const gatekeeper = new Gatekeeper(settings, parts.clock.now);
  guard(server, gatekeeper);
  observe(server, limit, given);
  server.setErrorHandler(createErrorHandler(parts, metrics));
  server.setNotFoundHandler(async () => {
    throw new HttpError(404, 'there is nothing under this path', { reason: 'not found' });
  });
  for (const add of [
    addHealthRoutes,
    addAlertRoutes,
    addAnalyzeRoutes,
    addNotifyRoutes,
    addChangeRoutes,
    addActionRoutes,
    addEventRoutes,
    addSessionRoutes,
  ]) {
    add(server, given);
  }
  addIncidentRoutes(server, given, (request) => gatekeeper.viewer(request));
  return {
    listen: async () => {
      const { host, port } = settings;
      try {
        return await server.listen({ host, port, backlog: 1024 });
      } catch (error) {
        throw listenError(error, host, port);
      }
    },
    close: () => server.close(),
  };
}

/** Who may call, before anything of a body is read where that can be told. */
function guard(server: FastifyInstance, gatekeeper: Gatekeeper): void {
  const unchecked = new WeakSet<FastifyRequest>();
  server.addHook('onRequest', async (request, reply) => {
    void reply.headers({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    gatekeeper.checkCaller(request);
    const { access = 'machine' } = request.routeOptions.config as { access?: Access };
    if (!gatekeeper.checkHeaders(request, access)) unchecked.add(request);
  });
  server.addHook('preValidation', async (request) => {
    if (!unchecked.has(request)) return;
    const body = request.body as { token?: unknown } | null | undefined;
    gatekeeper.checkBody(request, rawBody(request), body?.token);
  });
}

/** Keeps count of connections and times. */
function observe(server: FastifyInstance, limit: ConnectionLimit, { metrics }: RouteParts): void {
  server.addHook('preHandler', async (request) => limit.working(request.raw.socket));
  server.addHook('onResponse', async (request, reply) => {
    limit.waiting(request.raw.socket);
    metrics.answered.observe(
      { route: request.routeOptions.url ?? 'unknown', status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
  });
}

function listenError(error: unknown, host: string, port: number): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  const words: Record<string, string> = {
    EADDRINUSE: 'the port is taken',
    EACCES: 'the port may not be used',
    EADDRNOTAVAIL: 'the address is not one of this machine',
  };
  const message = code === undefined ? undefined : words[code];
  if (message === undefined) return error;
  return new UsageError(message, {
    where: `${host}:${port}`,
    hint: 'Give --port or --host.',
    cause: error,
  });
}
