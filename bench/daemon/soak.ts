/**
 * A long run: `node bench/daemon/soak.ts [minutes] [alertsPerSecond]`, a third of a minute by
 * default. Alerts of ever new services begin, are repeated and end, as fast as told; ended incidents are
 * removed after a while, so that store, memory and open files must settle. Ends with 1 when they
 * grow all the time, when an answer is not 200, or when something is left undone.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Alert } from '#src/domain/alert.ts';
import { alertOf, payloadOf } from '../../test/helpers/alerts.ts';
import { percentile, send } from './load.ts';
import { askIdle, askState, type State, startServer, stopServer } from './server-process.ts';

const [minutes = '0.33', rate = '500'] = process.argv.slice(2);
const BATCH = 10;
const MOST_FIRING = 400;
/** Batches of one sample. */
const SAMPLE_SECONDS = Math.max(2, Math.min(30, Number(minutes) * 6));
/** Ended incidents are kept so long. */
const KEEP_SECONDS = Math.min(120, Number(minutes) * 15);
/** What may come on top in the second half: growth that never ends comes to more. */
const MOST_GROWTH = 1.3;
const SLACK_MB = 40;

type Sample = State & { p50: number; p99: number; storeMb: number; files: number };

let number = 0;
let refused = 0;
/** Alerts that fire, oldest first. */
const firing: Alert[] = [];

/** Alerts begin, are told again and end, in turn; some hundreds fire at a time. */
function nextAlert(now: number): Alert {
  const kind = number++ % 3;
  const oldest = firing[0];
  if (kind === 1 && oldest) return oldest;
  if (kind === 2 && firing.length > MOST_FIRING) {
    const over = firing.shift() as Alert;
    return alertOf(over.labels, Date.parse(over.startsAt), { endsAt: now });
  }
  const alert = alertOf(
    {
      alertname: `Rule${number % 20}`,
      // Services come and go, so that nothing that is kept by service may grow for ever.
      service: `service-${Math.floor(number / 200)}-${number % 4}`,
      instance: `pod-${number % 5000}`,
      severity: number % 9 === 0 ? 'critical' : 'warning',
    },
    now,
  );
  firing.push(alert);
  return alert;
}

function openFiles(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}

function sizeOf(file: string): number {
  return ['', '-wal'].reduce(
    (sum, suffix) => sum + (statSync(file + suffix, { throwIfNoEntry: false })?.size ?? 0) / 1e6,
    0,
  );
}

const median = (numbers: number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** Whether something grew from the second quarter of the run to the last. */
function grew(samples: readonly Sample[], of: (sample: Sample) => number, slack: number): boolean {
  const quarter = Math.floor(samples.length / 4);
  if (quarter === 0) return false;
  const early = median(samples.slice(quarter, 2 * quarter).map(of));
  const late = median(samples.slice(-quarter).map(of));
  return late > early * MOST_GROWTH + slack;
}

const dir = mkdtempSync(join(tmpdir(), 'incident-soak-'));
try {
  const file = join(dir, 'store.sqlite');
  const { child, port } = await startServer('./daemon-server.ts', [
    file,
    '1',
    '10',
    JSON.stringify({ keepMs: KEEP_SECONDS * 1000, maxIncidents: 500 }),
  ]);
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const samples: Sample[] = [];
  const end = performance.now() + Number(minutes) * 60_000;
  const perSecond = Number(rate) / BATCH;
  console.log('  time  alerts  p50      p99       memory  heap    store   files  incidents');
  while (performance.now() < end) {
    const now = Date.now();
    const bodies = Array.from({ length: Math.round(perSecond * SAMPLE_SECONDS) }, () =>
      JSON.stringify(payloadOf(Array.from({ length: BATCH }, () => nextAlert(now)))),
    );
    const { latencies, statuses } = await send({ port, path: '/alerts', agent, bodies, perSecond });
    refused += bodies.length - (statuses.get(200) ?? 0);
    const state = await askState(child);
    const sample: Sample = {
      ...state,
      p50: percentile(latencies, 0.5),
      p99: percentile(latencies, 0.99),
      storeMb: sizeOf(file),
      files: openFiles(child.pid ?? 0),
    };
    samples.push(sample);
    const seconds = Math.round((performance.now() - (end - Number(minutes) * 60_000)) / 1000);
    const { p50, p99, rssMb, heapMb, storeMb, files, incidents } = sample;
    console.log(
      `${String(seconds).padStart(5)} s ${String(number).padStart(7)}  ${p50.toFixed(1).padStart(5)} ms ${p99.toFixed(1).padStart(6)} ms  ${String(rssMb).padStart(4)} MB ${String(heapMb).padStart(4)} MB ${storeMb.toFixed(1).padStart(6)} MB ${String(files).padStart(5)}  ${incidents}`,
    );
  }
  const { investigations, idleMs, peakMb } = await askIdle(child);
  await stopServer(child);
  const growing = [
    ...(grew(samples, ({ rssMb }) => rssMb, SLACK_MB) ? ['memory'] : []),
    ...(grew(samples, ({ storeMb }) => storeMb, SLACK_MB) ? ['the store'] : []),
    ...(grew(samples, ({ files }) => files, 20) ? ['open files'] : []),
  ];
  console.log(
    `${number} alerts, ${refused} requests refused, ${investigations} investigations, ${peakMb} MB at the most, all done ${(idleMs / 1000).toFixed(1)} s later; growing: ${growing.join(', ') || 'nothing'}`,
  );
  if (growing.length > 0 || refused > 0) process.exitCode = 1;
} finally {
  rmSync(dir, { recursive: true, force: true });
}
