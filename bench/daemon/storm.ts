/**
 * A storm: `node bench/daemon/storm.ts [alerts] [meshes]`. In each of several meshes of services the
 * store at the bottom fails, and what depends on it fails after it, each with many alerts, sent in a
 * jumble as fast as they are taken. Ends with 1 when an alert is missing or a limit is broken.
 */
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Alert } from '#src/domain/alert.ts';
import { dependentsOf, type Service } from '#src/domain/service.ts';
import { alertOf, payloadOf } from '../../test/helpers/alerts.ts';
import { percentile, sendAll } from './load.ts';
import { meshes, storeOf } from './mesh.ts';
import { askIdle, type Idle, startServer, stopServer } from './server-process.ts';

const [wanted = '20000', clusters = '8'] = process.argv.slice(2);
const SERVICES = 200;
const BATCH = 10;
const CONNECTIONS = 64;
/** How long after a service those that call it fail, in milliseconds. */
const STEP_MS = 15_000;
const MOST_MB = 600;
const INVESTIGATED_MS = 30_000;

const each = Math.floor(SERVICES / Number(clusters));
const services = meshes(Number(clusters), each);
const roots = Array.from({ length: Number(clusters) }, (_unused, cluster) => storeOf(cluster));

/** Steps from the failing service up to each that depends on it. */
function distances(root: string, all: readonly Service[]): Map<string, number> {
  const found = new Map([[root, 0]]);
  const queue = [root];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    for (const caller of dependentsOf(all, name)) {
      if (found.has(caller)) continue;
      found.set(caller, (found.get(name) ?? 0) + 1);
      queue.push(caller);
    }
  }
  return found;
}

function storm(count: number, now: number): Alert[] {
  const failing = roots.flatMap((root) => [...distances(root, services)]);
  return Array.from({ length: count }, (_unused, index) => {
    const [service, steps] = failing[index % failing.length] as [string, number];
    const instance = Math.floor(index / failing.length);
    return alertOf(
      {
        alertname: `Rule${index % 17}`,
        service,
        instance: `${instance}`,
        severity: index % 5 === 0 ? 'critical' : 'warning',
      },
      now - 300_000 + steps * STEP_MS + (instance % 10) * 1000,
      { annotations: { summary: `${service} is in trouble` } },
    );
  });
}

/** The same jumble every time. */
function shuffle<T>(items: T[]): T[] {
  let state = 12_345;
  for (let at = items.length - 1; at > 0; at--) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    const other = state % (at + 1);
    [items[at], items[other]] = [items[other] as T, items[at] as T];
  }
  return items;
}

/** All incidents are investigated, which they are when they have settled. */
async function untilInvestigated(child: ChildProcess): Promise<Idle> {
  const end = performance.now() + INVESTIGATED_MS;
  for (;;) {
    const idle = await askIdle(child);
    if (idle.investigations >= idle.incidents.length || performance.now() > end) return idle;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const dir = mkdtempSync(join(tmpdir(), 'incident-storm-'));
try {
  const file = join(dir, 'store.sqlite');
  const { child, port } = await startServer('./daemon-server.ts', [file, clusters, String(each)]);
  const alerts = shuffle(storm(Number(wanted), Date.now()));
  const bodies: string[] = [];
  for (let at = 0; at < alerts.length; at += BATCH) {
    bodies.push(JSON.stringify(payloadOf(alerts.slice(at, at + BATCH))));
  }
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const { seconds, latencies, statuses } = await sendAll(
    { port, path: '/alerts', agent, bodies },
    CONNECTIONS,
  );
  const idle = await untilInvestigated(child);
  await stopServer(child);
  const database = new DatabaseSync(file, { readOnly: true });
  const kept = Number(database.prepare('SELECT count(*) AS n FROM alert').get()?.n);
  database.close();
  const right = idle.incidents.filter(({ service }) => roots.includes(service)).length;
  const answers = [...statuses].map(([status, count]) => `${count} × ${status}`).join(', ');
  console.log(
    `${alerts.length} different alerts of ${new Set(alerts.map(({ labels }) => labels.service)).size} services in ${clusters} meshes, in batches of ${BATCH} over ${CONNECTIONS} connections`,
  );
  console.log(
    `taken durably in ${seconds.toFixed(1)} s: ${Math.round(alerts.length / seconds)} a second, p50 ${percentile(latencies, 0.5).toFixed(0)} ms, p99 ${percentile(latencies, 0.99).toFixed(0)} ms (${answers})`,
  );
  console.log(
    `${kept} kept; ${idle.incidents.length} incidents, ${idle.investigations} investigations, first mover right in ${right}; ${idle.peakMb} MB at the most, ${Math.round((idle.cpuMs * 1000) / kept)} µs of a processor per alert`,
  );
  if (kept !== alerts.length || idle.peakMb > MOST_MB) process.exitCode = 1;
} finally {
  rmSync(dir, { recursive: true, force: true });
}
