import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { RouteParts } from '#src/daemon/http/route-parts.ts';
import { OverloadError } from '#src/daemon/overload.ts';

const MOST_LISTENERS = 200;
const BEAT_MS = 15_000;
/** A listener that reads so slowly is let go; it comes back by itself. Bytes. */
const MOST_UNREAD = 1024 * 1024;

/**
 * `GET /events[?incident=id]`: changes as they happen, as server-sent events: `incident` with a
 * summary as data, and `step` with what an investigation is at.
 */
export function addEventRoutes(server: FastifyInstance, { hub }: RouteParts): void {
  const streams = new Set<ServerResponse>();
  server.addHook('preClose', async () => {
    for (const stream of streams) stream.end();
  });

  server.get('/events', async (request, reply) => {
    if (streams.size >= MOST_LISTENERS) throw new OverloadError('too many listeners', 30);
    const { incident } = request.query as { incident?: unknown };
    const isWanted = (id: string): boolean => typeof incident !== 'string' || incident === id;
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
    });
    streams.add(raw);
    const send = (event: string, data: unknown, id?: number): void => {
      if (raw.writableLength > MOST_UNREAD) raw.destroy();
      else
        raw.write(`${id ? `id: ${id}\n` : ''}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    };
    raw.write('retry: 3000\n\n');
    const beat = setInterval(() => raw.write(': still here\n\n'), BEAT_MS).unref();
    const end = await hub.listen({
      changed: (summary) => {
        const isMerged = summary.mergedInto !== null && isWanted(summary.mergedInto);
        if (isWanted(summary.id) || isMerged) send('incident', summary, summary.revision);
      },
      step: (step) => {
        if (isWanted(step.incidentId)) send('step', step);
      },
    });
    raw.once('close', () => {
      clearInterval(beat);
      streams.delete(raw);
      end();
    });
  });
}
