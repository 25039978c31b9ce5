import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { bodyOf, isForm } from '#src/daemon/http/bodies.ts';
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
