/**
 * How fast alerts are acknowledged durably, against a bare HTTP server that only reads the body.
 * `node bench/daemon/ack.ts [alertsPerSecond] [seconds]`: batches of ten over 64 connections, the
 * load generator on the same machine.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alertOf, payloadOf } from '../../test/helpers/alerts.ts';
import { type Measured, percentile, send } from './load.ts';
import { nameOf } from './mesh.ts';
import { askIdle, startServer, stopServer } from './server-process.ts';

const [rate = '5000', length = '10'] = process.argv.slice(2);
const BATCH = 10;
const SERVICES = 200;
const WARM_UP = 1000;

const batches = (count: number): string[] => {
  const now = Date.now();
  return Array.from({ length: count }, (_unused, batch) => {
    const alerts = Array.from({ length: BATCH }, (_also, index) => {
      const number = batch * BATCH + index;
      return alertOf(
        {
          alertname: `Rule${number % 20}`,
          service: nameOf(number % SERVICES),
          instance: `10.0.${(number >> 8) & 255}.${number & 255}:9100`,
          pod: `pod-${number}`,
          severity: number % 7 === 0 ? 'critical' : 'warning',
        },
        now - (number % 60) * 1000,
        {
          annotations: {
            summary: `Something is wrong with number ${number}`,
            runbook_url: 'https://runbooks.example/rule',
          },
        },
      );
    });
    return JSON.stringify(payloadOf(alerts));
  });
};

function print(name: string, { seconds, latencies, statuses }: Measured): void {
  const ms = (share: number): string => `${percentile(latencies, share).toFixed(1)} ms`;
  const answers = [...statuses].map(([status, count]) => `${count} × ${status}`).join(', ');
  const alerts = (latencies.length * BATCH) / seconds;
  console.log(
    `${name.padEnd(8)} ${alerts.toFixed(0).padStart(6)} alerts/s  p50 ${ms(0.5)}  p99 ${ms(0.99)}  p99.9 ${ms(0.999)}  max ${ms(1)}  (${answers})`,
  );
}

const perSecond = Number(rate) / BATCH;
const total = Math.round(perSecond * Number(length));
const dir = mkdtempSync(join(tmpdir(), 'incident-bench-'));
try {
  const agent = () => new Agent({ keepAlive: true, maxSockets: 64 });
  const bodies = batches(total);
  const results: Measured[] = [];
  for (const [name, file, path, args] of [
    ['bare', './bare-server.ts', '/alerts', []],
    ['listen', './daemon-server.ts', '/alerts', [join(dir, 'store.sqlite'), '1', String(SERVICES)]],
  ] as const) {
    const { child, port } = await startServer(file, [...args]);
    const warm = new Agent({ keepAlive: true, maxSockets: 64 });
    await send({ port, path, agent: warm, bodies: batches(WARM_UP), perSecond: 400 });
    warm.destroy();
    const measured = await send({ port, path, agent: agent(), bodies, perSecond });
    print(name, measured);
    results.push(measured);
    if (name === 'listen') {
      const { incidents, investigations, idleMs, peakMb, cpuMs } = await askIdle(child);
      console.log(
        `afterwards ${incidents.length} incidents, ${investigations} investigations, all done ${(idleMs / 1000).toFixed(1)} s later, ${peakMb} MB at the most, ${Math.round((cpuMs * 1000) / ((total + WARM_UP) * BATCH))} µs of a processor per alert`,
      );
    }
    await stopServer(child);
  }
  const [bare, listen] = results as [Measured, Measured];
  for (const share of [0.5, 0.99, 0.999]) {
    console.log(
      `p${share * 100} ratio ${(percentile(listen.latencies, share) / percentile(bare.latencies, share)).toFixed(1)}`,
    );
  }
} finally {
  rmSync(dir, { recursive: true, force: true });
}
