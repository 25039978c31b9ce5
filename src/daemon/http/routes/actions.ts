import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { bodyOf, isForm } from '#src/daemon/http/bodies.ts';
import { HttpError } from '#src/daemon/http/http-error.ts';
import { localPath } from '#src/daemon/http/local-path.ts';
import type { RouteParts } from '#src/daemon/http/route-parts.ts';
import { noSuchIncident } from '#src/daemon/http/routes/incidents.ts';
import { oneLine } from '#src/platform/sanitize.ts';
import type { PersonAction } from '#src/store/contract.ts';

const ACTIONS = {
  acknowledge: 'acknowledge',
  mitigate: 'mitigate',
  resolve: 'resolve',
  note: 'note',
} as const satisfies Record<string, PersonAction['kind']>;

const actionSchema = z.preprocess(
  (body) => body ?? {},
  z.object({
    by: z.string().max(100).optional(),
    note: z.string().max(2000).optional(),
  }),
);
const retrySchema = z.preprocess(
  (body) => body ?? {},
  z.object({ next: z.string().max(2000).optional() }),
);
const noteSchema = z.object({
  by: z.string().max(100).optional(),
  note: z.string().min(1, 'expected some text').max(2000),
});

/** What people do with incidents; always with the token. */
export function addActionRoutes(server: FastifyInstance, { parts, deliverer }: RouteParts): void {
  const { store, clock } = parts;
  for (const kind of Object.values(ACTIONS)) {
    server.post(`/incidents/:id/${kind}`, { config: { access: 'act' } }, async (request, reply) => {
      const { id } = request.params as { id: string };
      const { by, note } = bodyOf(request, kind === 'note' ? noteSchema : actionSchema);
      const summary = await store.act(id, {
        kind,
        by: oneLine(by ?? '') || 'somebody',
        at: clock.now(),
        ...(note ? { note: oneLine(note) } : {}),
      });
      if (!summary) throw noSuchIncident();
      deliverer.wake();
      return done(request, reply, summary.id, summary);
    });
  }

  server.post('/incidents/:id/retry', { config: { access: 'act' } }, async (request, reply) => {
    const { id } = request.params as { id: string };
    if (!(await store.retryJob(id, clock.now()))) throw noSuchIncident();
    return done(request, reply, id, { id, queued: true });
  });

  server.post('/effects/:id/retry', { config: { access: 'act' } }, async (request, reply) => {
    const { id } = request.params as { id: string };
    const { next } = bodyOf(request, retrySchema);
    if (!/^\d{1,15}$/.test(id) || !(await store.retryEffect(Number(id), clock.now()))) {
      throw new HttpError(404, 'no side effect of this number was given up', {
        reason: 'not found',
      });
    }
    deliverer.wake();
    if (isForm(request)) return reply.redirect(localPath(next), 303);
    return reply.send({ id: Number(id), queued: true });
  });
}

/** A form goes back to its page. */
function done(
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  answer: unknown,
): FastifyReply {
  if (isForm(request)) return reply.redirect(`/incidents/${encodeURIComponent(id)}`, 303);
  return reply.send(answer);
}
