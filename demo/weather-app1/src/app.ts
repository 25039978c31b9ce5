import type { FastifyInstance } from 'fastify';
import { toWeather } from './forecast.ts';
import { parsePlace } from './place.ts';
import { fetchForecast } from './provider.ts';

const WEATHER = '/weather/latitude={latitude}&longitude={longitude}';

/** The routes of the weather service. */
export function addRoutes(server: FastifyInstance, providerUrl: string): void {
  server.get('/', async () => ({ service: 'weather-app1', status: 'ok' }));
  server.get<{ Params: { '*': string } }>(
    '/weather/*',
    { config: { template: WEATHER } },
    async (request, reply) => {
      const place = parsePlace(request.params['*']);
      if (!place) return reply.code(400).send({ error: `expected ${WEATHER}` });
      const forecast = await fetchForecast(providerUrl, place.latitude, place.longitude);
      return toWeather(forecast);
    },
  );
}
