import type { FastifyInstance } from 'fastify';
import type { RouteParts } from '#src/daemon/http/route-parts.ts';

/** Where Alertmanager sends to: answered when the alerts are durable, before anything is made of them. */
export function addAlertRoutes(server: FastifyInstance, given: RouteParts): void {
  const { parts, gate, metrics } = given;
  server.post('/alerts', async (request) => {
    const { alerts } = parts.readAlerts(request.body);
    await gate.accept({ alerts, receivedAt: parts.clock.now() });
    const firing = alerts.filter((alert) => alert.status === 'firing').length;
    if (firing > 0) metrics.received('firing', firing);
    if (firing < alerts.length) metrics.received('resolved', alerts.length - firing);
    return { accepted: alerts.length };
  });
}
