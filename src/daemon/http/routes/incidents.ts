import type { FastifyInstance, FastifyRequest } from 'fastify';
import { wantsHtml } from '#src/daemon/http/accept.ts';
import { HttpError } from '#src/daemon/http/http-error.ts';
import type { RouteParts } from '#src/daemon/http/route-parts.ts';
import { sendPage } from '#src/daemon/http/send-page.ts';
import { InputError } from '#src/domain/errors.ts';
import type { Viewer } from '#src/domain/incident-record.ts';
import type { IncidentFilter } from '#src/store/contract.ts';

const MOST = 1000;
const USUAL = 100;
const MOST_DEAD = 50;

/** The list of incidents and the page of each: for people as HTML, for machines as JSON. */
export function addIncidentRoutes(
  server: FastifyInstance,
  { parts }: RouteParts,
  viewerOf: (request: FastifyRequest) => Viewer,
): void {
  const { store, pages } = parts;

  server.get('/', async (_request, reply) => reply.redirect('/incidents'));

  server.get('/incidents', async (request, reply) => {
    const filter = filterOf(request.query as Record<string, unknown>);
    const incidents = await store.listIncidents(filter);
    if (pages && wantsHtml(request)) {
      const { open = false, failed = false, service = null } = filter;
      const list = {
        incidents,
        filter: { open, failed, service },
        isCut: incidents.length === filter.limit,
        deadEffects: await store.listDeadEffects(MOST_DEAD),
      };
      return sendPage(request, reply, pages.list(list, viewerOf(request)));
    }
    void reply.header('vary', 'accept');
    return { incidents, revision: await store.revision() };
  });

  server.get('/incidents/:id', async (request, reply) => {
    const { id } = request.params as { id: string };
    const view = await store.readIncident(id);
    if (!view) throw noSuchIncident();
    if (pages && wantsHtml(request)) {
      // One address for each incident, also for one that became a part of it.
      if (view.summary.id !== id) return reply.redirect(`/incidents/${view.summary.id}`);
      return sendPage(request, reply, pages.incident(view, viewerOf(request)));
    }
    void reply.header('vary', 'accept');
    return view;
  });

  server.get('/assets/:name', { config: { access: 'probe' } }, async (request, reply) => {
    const { name } = request.params as { name: string };
    const asset = pages?.asset(name);
    if (!asset) throw new HttpError(404, 'there is no such file', { reason: 'not found' });
    return reply
      .type(asset.type)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .send(asset.body);
  });
}

export function noSuchIncident(): HttpError {
  return new HttpError(404, 'there is no such incident', { reason: 'not found' });
}

function filterOf(query: Record<string, unknown>): IncidentFilter {
  const limit = query.limit === undefined ? USUAL : Number(query.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) {
    throw new InputError(`limit: expected a number from 1 to ${MOST}`, { where: 'query' });
  }
  return {
    limit,
    open: isOn(query.open),
    failed: isOn(query.failed),
    ...(typeof query.service === 'string' ? { service: query.service } : {}),
  };
}

function isOn(value: unknown): boolean {
  return value !== undefined && value !== '0' && value !== 'false';
}
