import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IncidentSummary } from '#src/domain/incident-record.ts';
import { freePort } from '../../demo/run/ports.ts';
import { hasMonitoring, type Monitoring, startMonitoring } from '../helpers/monitoring.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { type ListenProcess, startListen } from './daemon/listen-process.ts';

const isPossible = hasMonitoring();
if (!isPossible) console.warn('skipped: Prometheus and Alertmanager are not installed here');

/** What the targets are to show. */
const faults = { errors: false, mongo: false, billing: false };
const LIMIT_MS = 60_000;

/** A metrics page of a service; the counter of errors grows while the fault is on. */
async function startTarget(page: () => string | null): Promise<{ url: string; close(): void }> {
  const server = createServer((_request, response) => {
    const text = page();
    if (text === null) response.destroy();
    else response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe.skipIf(!isPossible)('the daemon behind a real Alertmanager', () => {
  const dir = mkdtempSync(join(tmpdir(), 'incident-alertmanager-'));
  const targets: { url: string; close(): void }[] = [];
  let monitoring: Monitoring;
  let daemon: ListenProcess;
  let port = 0;

  beforeAll(async () => {
    let count = 0;
    const weather = await startTarget(() => {
      if (faults.errors) count += 3;
      return `http_requests_total{status="5xx"} ${count}\nhttp_requests_total{status="2xx"} 9\n`;
    });
    const items = await startTarget(
      () => `dependency_up{dependency="mongodb"} ${faults.mongo ? 0 : 1}\n`,
    );
    const billing = await startTarget(() => (faults.billing ? null : 'requests 1\n'));
    targets.push(weather, items, billing);
    port = await freePort(0);
    monitoring = await startMonitoring({
      dir: join(dir, 'monitoring'),
      targets: {
        'weather-app1': weather.url,
        'mongo-api-service': items.url,
        billing: billing.url,
      },
      interval: 1,
      webhookUrl: `http://127.0.0.1:${port}/alerts`,
      // Alertmanager forgets what it told after twice this long, also while it is away.
      repeatSeconds: 6,
      // The same rules in less time.
      rules: (text) => text.replaceAll('for: 30s', 'for: 2s').replaceAll('[1m]', '[5s]'),
    });
    writeFileSync(
      join(dir, 'service_registry.json'),
      JSON.stringify({
        'weather-app1': { depends_on: ['mongo-api-service'] },
        'mongo-api-service': {},
        billing: {},
      }),
    );
    writeFileSync(
      join(dir, 'incident.config.json'),
      JSON.stringify({ listen: { settleSeconds: 1, debounceSeconds: 2 } }),
    );
    daemon = await startListen(dir, port);
  }, 120_000);

  afterAll(async () => {
    await daemon?.kill();
    await monitoring?.stop();
    for (const target of targets) target.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const listed = async (): Promise<Record<string, string>> => {
    const incidents = await daemon.incidents();
    return Object.fromEntries(
      incidents.map(({ services, alerts, status }) => [
        [...services].sort().join('+'),
        `${status === 'resolved' ? 'over' : 'open'} ${alerts.firing}/${alerts.total}`,
      ]),
    );
  };
  const untilListed = async (expected: Record<string, string>): Promise<IncidentSummary[]> => {
    let last: unknown;
    await waitUntil(
      JSON.stringify(expected),
      async () => {
        last = await listed().catch((error: Error) => error.message);
        return sameKeys(last as Record<string, string>, expected);
      },
      LIMIT_MS,
    ).catch(() => expect(last).toEqual(expected));
    return daemon.incidents();
  };
  /** How often Alertmanager told again of what the incident knew. */
  const repeatsOf = async (id: string): Promise<number> => {
    const { incident } = await daemon.incident(id);
    const told = incident.timeline.map(({ what }) => /(\d+) (?:more )?times/.exec(what)?.[1] ?? 0);
    return Math.max(0, ...told.map(Number));
  };

  it('keeps a right list through repeats, restarts, a kill and recovery', async () => {
    expect(await daemon.incidents()).toEqual([]);
    // Two rules, on a service and what it depends on: one incident.
    faults.mongo = true;
    faults.errors = true;
    const [first] = await untilListed({ 'mongo-api-service+weather-app1': 'open 2/2' });
    const chain = first?.id ?? '';
    expect(first?.severity).toBe('critical');

    // Repeats add to the timeline alone.
    const before = (await daemon.incident(chain)).incident.timeline.length;
    await waitUntil('two repeats', async () => (await repeatsOf(chain)) >= 2, LIMIT_MS);
    const view = await daemon.incident(chain);
    expect(view.incident.alerts).toHaveLength(2);
    expect(view.incident.timeline.length).toBeLessThanOrEqual(before + 6);

    // The third rule fires while the daemon is dead.
    await daemon.kill();
    faults.billing = true;
    await untilFiring(monitoring, 3);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    daemon = await startListen(dir, port);
    const both = await untilListed({
      'mongo-api-service+weather-app1': 'open 2/2',
      billing: 'open 1/1',
    });
    expect(both.map(({ id }) => id)).toContain(chain);

    // One fault ends while Alertmanager is away.
    await monitoring.stopAlertmanager();
    faults.mongo = false;
    await new Promise((resolve) => setTimeout(resolve, 2500));
    await monitoring.startAlertmanager();
    await untilListed({ 'mongo-api-service+weather-app1': 'open 1/2', billing: 'open 1/1' });

    faults.errors = false;
    faults.billing = false;
    await untilListed({ 'mongo-api-service+weather-app1': 'over 0/2', billing: 'over 0/1' });
    const ended = await daemon.incidents();
    expect(ended.map(({ id }) => id).sort()).toEqual(both.map(({ id }) => id).sort());

    // Each was investigated, once or a few times, and nothing was given up.
    for (const { id } of ended) {
      await waitUntil(
        `${id} is investigated`,
        async () => {
          const { job } = await daemon.incident(id);
          return job?.state === 'done' && job.runs > 0;
        },
        LIMIT_MS,
      );
      const { job, result } = await daemon.incident(id);
      expect(result?.incident.id).toBe(id);
      expect(job?.runs).toBeLessThanOrEqual(4);
      console.log(
        `[measured] ${ended.find((one) => one.id === id)?.title}: ${await repeatsOf(id)} repeats, ${job?.runs} investigations`,
      );
    }
    expect(await daemon.stop()).toBe(143);
  }, 240_000);
});

function sameKeys(a: Record<string, string>, b: Record<string, string>): boolean {
  const text = (of: Record<string, string>): string =>
    JSON.stringify(Object.entries(of).sort(([x], [y]) => (x < y ? -1 : 1)));
  return text(a) === text(b);
}

async function untilFiring({ prometheusUrl }: Monitoring, count: number): Promise<void> {
  await waitUntil(
    `${count} alerts fire`,
    async () => {
      const response = await fetch(`${prometheusUrl}/api/v1/alerts`);
      const { data } = (await response.json()) as { data: { alerts: { state: string }[] } };
      return data.alerts.filter(({ state }) => state === 'firing').length === count;
    },
    LIMIT_MS,
  );
}
