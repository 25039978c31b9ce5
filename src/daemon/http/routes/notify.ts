import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { bodyOf } from '#src/daemon/http/bodies.ts';
import { HttpError } from '#src/daemon/http/http-error.ts';
import type { RouteParts } from '#src/daemon/http/route-parts.ts';

const requestSchema = z.object({
  service: z.string().min(1).max(200),
  alertname: z.string().min(1).max(200),
  summary: z.string().min(1).max(2000),
  analysis: z.string().max(100_000).default(''),
});

/** `POST /notify`: tells people of something that another program found. */
export function addNotifyRoutes(server: FastifyInstance, given: RouteParts): void {
  const { parts, deliverer } = given;
  server.post('/notify', async (request, reply) => {
    const wanted = bodyOf(request, requestSchema);
    const keys = await parts.store.requestNotification(wanted, parts.clock.now());
    if (keys.length === 0) {
      throw new HttpError(409, 'no notifier is configured', { reason: 'no notifier' });
    }
    deliverer.wake();
    void reply.code(202);
    return { accepted: keys };
  });
}
