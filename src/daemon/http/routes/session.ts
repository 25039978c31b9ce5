import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { bodyOf } from '#src/daemon/http/bodies.ts';
import { HttpError } from '#src/daemon/http/http-error.ts';
import { localPath } from '#src/daemon/http/local-path.ts';
import type { RouteParts } from '#src/daemon/http/route-parts.ts';
import { pageHeaders } from '#src/daemon/http/send-page.ts';
import { beginSession, endSession } from '#src/daemon/http/sessions.ts';
import { oneLine } from '#src/platform/sanitize.ts';

const signInSchema = z.object({
  name: z.string().max(100).optional(),
  next: z.string().max(2000).optional(),
});

/** Browsers show the token once and keep a cookie; see sessions.ts. */
export function addSessionRoutes(server: FastifyInstance, { parts, settings }: RouteParts): void {
  const { pages, clock } = parts;
  if (!pages) return;

  server.get('/sign-in', { config: { access: 'probe' } }, async (request, reply) => {
    const { next } = request.query as { next?: unknown };
    const page = pages.signIn(localPath(next), null);
    return pageHeaders(reply, page).send(page.html);
  });

  // The token itself is checked like that of any other action.
  server.post('/sign-in', { config: { access: 'act' } }, async (request, reply) => {
    const { name, next } = bodyOf(request, signInSchema);
    const { token } = settings;
    if (token === null) throw new HttpError(403, 'there is no token', { reason: 'no token' });
    const options = { now: clock.now(), isSecure: cameByHttps(request) };
    return reply
      .header('set-cookie', beginSession(token, oneLine(name ?? ''), options))
      .redirect(localPath(next), 303);
  });

  server.post('/sign-out', { config: { access: 'probe' } }, async (request, reply) =>
    reply.header('set-cookie', endSession(cameByHttps(request))).redirect('/sign-in', 303),
  );
}

/** A proxy may speak https for us; the page's own origin tells. */
function cameByHttps({ headers }: FastifyRequest): boolean {
  return headers.origin?.startsWith('https:') ?? false;
}
