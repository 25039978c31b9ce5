/**
 * A stand-in for Open-Meteo (`GET /v1/forecast`), so that the demo needs no network. Its answers
 * have the shape of the real ones. `PUT /-/faults/{timeout,error-500}` breaks it, `DELETE` mends it.
 */

import { setTimeout as pause } from 'node:timers/promises';
import Fastify from 'fastify';

const FAULTS = new Set(['timeout', 'error-500']);
const HANG_MS = 20_000;

const server = Fastify({ forceCloseConnections: true });
const on = new Set<string>();

server.get<{ Querystring: { latitude?: string; longitude?: string } }>(
  '/v1/forecast',
  async (request, reply) => {
    if (on.has('timeout')) await pause(HANG_MS);
    if (on.has('error-500')) {
      return reply.code(500).send({ error: true, reason: 'Internal server error' });
    }
    const latitude = Number(request.query.latitude);
    const longitude = Number(request.query.longitude);
    if (Number.isNaN(latitude) || Number.isNaN(longitude)) {
      return reply.code(400).send({ error: true, reason: "Parameter 'latitude' is missing" });
    }
    return forecast(latitude, longitude, new Date());
  },
);

for (const method of ['PUT', 'DELETE'] as const) {
  server.route<{ Params: { name: string } }>({
    method,
    url: '/-/faults/:name',
    handler: async (request, reply) => {
      const { name } = request.params;
      if (!FAULTS.has(name)) return reply.code(404).send({ known: [...FAULTS] });
      if (method === 'PUT') on.add(name);
      else on.delete(name);
      return { fault: name, on: method === 'PUT' };
    },
  });
}

/** Weather that is the same for the same place and hour. Stations on whole degrees have no humidity. */
function forecast(latitude: number, longitude: number, now: Date): unknown {
  const hours = Array.from(
    { length: 24 },
    (_, hour) => `${now.toISOString().slice(0, 10)}T${String(hour).padStart(2, '0')}:00`,
  );
  const seed = Math.abs(Math.sin(latitude * 12.9898 + longitude * 78.233));
  const hasHumidity = !Number.isInteger(latitude);
  return {
    latitude,
    longitude,
    utc_offset_seconds: 0,
    timezone: 'GMT',
    current: {
      time: now.toISOString().slice(0, 16),
      interval: 900,
      temperature_2m: Math.round((25 - Math.abs(latitude) / 3 + seed * 10) * 10) / 10,
      wind_speed_10m: Math.round(seed * 300) / 10,
    },
    hourly: {
      time: hasHumidity ? hours : [],
      relative_humidity_2m: hasHumidity
        ? hours.map((_, hour) => 40 + Math.round(seed * 40) + (hour % 5))
        : [],
    },
  };
}

for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) {
  process.on(signal, () => {
    setTimeout(() => process.exit(0), 2000).unref();
    void server.close().then(() => process.exit(0));
  });
}
await server.listen({
  port: Number(process.env.PORT ?? 8100),
  host: process.env.HOST ?? '127.0.0.1',
});
// Who started us may have gone meanwhile.
if (process.connected === false) process.exit(0);
process.send?.({ ready: true });
