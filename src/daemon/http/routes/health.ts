import type { FastifyInstance } from 'fastify';
import type { RouteParts } from '#src/daemon/http/route-parts.ts';
import { messageOf } from '#src/domain/errors.ts';
import { withoutSecrets } from '#src/platform/http.ts';

/** A probe of the store counts for this long, so that asking often costs nothing. Milliseconds. */
const PROBE_MS = 2000;

/** Whether the daemon lives and works, what it measures, and which services it knows. */
export function addHealthRoutes(server: FastifyInstance, given: RouteParts): void {
  const { parts, gate, metrics, settings, housekeeper } = given;
  let probed = { at: Number.NEGATIVE_INFINITY, trouble: null as string | null };

  const probe = async (): Promise<string | null> => {
    const now = parts.clock.monotonic();
    if (now - probed.at < PROBE_MS) return probed.trouble;
    probed = { at: now, trouble: await parts.store.probe().then(() => null, messageOf) };
    return probed.trouble;
  };

  server.get('/health', { config: { access: 'probe' } }, async () => ({
    status: 'ok',
    version: parts.version,
  }));

  server.get('/ready', { config: { access: 'probe' } }, async (_request, reply) => {
    // A probe is small: where it still fits, alerts may not.
    const trouble = (await probe()) ?? gate.trouble;
    const isReady = trouble === null && !gate.isFull;
    void reply.code(isReady ? 200 : 503);
    if (!isReady) void reply.header('retry-after', '5');
    return {
      status: isReady ? 'ready' : 'not ready',
      store: trouble ?? 'ok',
      queue: gate.isFull ? 'full' : 'ok',
      queued: gate.depth,
    };
  });

  server.get(
    '/metrics',
    { config: { access: settings.publicMetrics ? 'probe' : 'machine' } },
    async (_request, reply) => {
      // A store in trouble must not hide the numbers that tell of it.
      await housekeeper.measure().catch(() => metrics.failure('store'));
      void reply.type(metrics.registry.contentType);
      return metrics.registry.metrics();
    },
  );

  server.get('/services', async () => ({
    services: [...parts.services().values()].map((service) => ({
      name: service.name,
      language: service.language ?? null,
      owner: service.owner ?? null,
      runbook: service.runbook && /^https?:/.test(service.runbook) ? service.runbook : null,
      dependsOn: service.depends_on ?? [],
      healthUrl: service.health_url ? withoutSecrets(service.health_url) : null,
      metricsUrl: service.metrics_url ? withoutSecrets(service.metrics_url) : null,
      hasLogs: service.log_paths !== undefined,
      hasRepository: service.repo_path !== undefined || service.repository !== undefined,
    })),
  }));
}
