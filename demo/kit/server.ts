import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { createFaults, SELF_FAULTS, type SelfFault } from './faults.ts';
import { createServiceLogger, type ServiceLogger } from './logger.ts';
import { createServiceMetrics, type ServiceMetrics } from './metrics.ts';

const END_LIMIT_MS = 2000;

export type Kit = {
  server: FastifyInstance;
  logger: ServiceLogger;
  metrics: ServiceMetrics;
};

export type KitOptions = { service: string; loggerName: string; logDir: string; version: string };

/**
 * A Fastify server with metrics, logs and, where `DEMO_FAULTS=1` allows it, a switch for faults
 * (`PUT` and `DELETE /-/faults/<name>`).
 */
export function createKit(options: KitOptions): Kit {
  const logger = createServiceLogger(options.logDir);
  const metrics = createServiceMetrics(options.service, options.version);
  const server = Fastify({ forceCloseConnections: true });
  const faults = createFaults();

  server.addHook('onRequest', async (request) => {
    if (!request.url.startsWith('/-/') && request.url !== '/metrics') await faults.beforeRequest();
  });
  server.addHook('onResponse', async (request, reply) => {
    const handler = handlerOf(request);
    const { statusCode: status, elapsedTime } = reply;
    if (!handler.startsWith('/-/'))
      metrics.request({ handler, method: request.method, status }, elapsedTime / 1000);
    if (handler !== '/metrics') {
      logger.access(`${request.method} ${request.url} ${status} ${elapsedTime.toFixed(1)}ms`);
    }
  });
  server.setErrorHandler(
    async (error: Error & { statusCode?: number }, request, reply: FastifyReply) => {
      const status = error.statusCode ?? 500;
      if (status >= 500) {
        logger.error(`${options.loggerName}.api`, `${request.method} ${request.url} failed`, error);
      }
      return reply.code(status).send({ error: status >= 500 ? 'internal error' : error.message });
    },
  );
  server.get('/metrics', async (_request, reply) => {
    reply.type(metrics.registry.contentType);
    return metrics.registry.metrics();
  });
  if (process.env.DEMO_FAULTS === '1') addFaultSwitch(server, faults.set);
  return { server, logger, metrics };
}

function addFaultSwitch(
  server: FastifyInstance,
  set: (fault: SelfFault, isOn: boolean) => void,
): void {
  server.route<{ Params: { name: string } }>({
    method: ['PUT', 'DELETE'],
    url: '/-/faults/:name',
    handler: async (request, reply) => {
      const fault = SELF_FAULTS.find((known) => known === request.params.name);
      if (!fault) return reply.code(404).send({ error: 'unknown fault', known: SELF_FAULTS });
      set(fault, request.method === 'PUT');
      return { fault, on: request.method === 'PUT' };
    },
  });
}

/** The route with its parameters unfilled, so that the label stays bounded. */
function handlerOf(request: FastifyRequest): string {
  const url = request.routeOptions.url ?? 'unknown';
  const template = (request.routeOptions.config as { template?: string } | undefined)?.template;
  return template ?? url;
}

/**
 * Listens, and ends when told to by a signal or by a parent that went away. An uncaught error is
 * logged with its stack before the process ends with code 1.
 */
export async function serve(
  kit: Kit,
  options: { port: number; host: string; loggerName: string; close?: () => Promise<void> },
): Promise<void> {
  const { server, logger } = kit;
  const end = async (code: number): Promise<void> => {
    // Whatever is slow to close does not keep us.
    setTimeout(() => process.exit(code), END_LIMIT_MS).unref();
    await server.close().catch(() => {});
    await options.close?.().catch(() => {});
    process.exit(code);
  };
  process.on('uncaughtException', (error) => {
    logger.error(options.loggerName, 'uncaught exception, exiting', error);
    process.exit(1);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(0));
  process.on('disconnect', () => void end(0));
  await server.listen({ port: options.port, host: options.host });
  logger.info(options.loggerName, `listening on ${options.host}:${options.port}`);
  // Who started us may have gone meanwhile.
  if (process.connected === false) await end(0);
  process.send?.({ ready: true });
}
