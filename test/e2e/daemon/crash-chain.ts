import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Alert } from '#src/domain/alert.ts';
import { pause } from '#src/platform/pause.ts';
import { alertOf, payloadOf } from '../../helpers/alerts.ts';
import { type Received, startReceiver } from './receiver.ts';

/** When a process is killed: at the n-th passing of a point, or some time after its first answer. */
export type Kill = { point: string; count: number } | { afterMs: number };

export type ChainReport = {
  kills: string[];
  batches: number;
  /** Alerts that were acknowledged, by key, and what the store holds of them. */
  acknowledged: string[];
  kept: Map<string, number>;
  received: Received[];
  /** Keys whose sending was under way at a kill, by the process that sent. */
  underWay: Map<number, Set<string>>;
  incidents: { id: string; status: string; runs: number; state: string; firing: number }[];
  outbox: { key: string; state: string }[];
  waiting: number;
};

const DAEMON = new URL('./crashing-daemon.ts', import.meta.url);
const SWITCH = new URL('./kill-switch.ts', import.meta.url).href;
const START = Date.parse('2026-03-01T10:00:00Z');
const ALERTS = 5;
/** A process that no kill reaches ends the chain as a failure. */
const LIMIT_MS = 15_000;

type Batch = { alerts: Alert[]; isAcknowledged: boolean };

/** Kills a daemon again and again under load, lets the last one finish, and tells what is left. */
export async function runChain(
  name: string,
  kills: readonly Kill[],
  random: () => number,
): Promise<ChainReport> {
  const dir = mkdtempSync(join(tmpdir(), 'incident-crash-'));
  const file = join(dir, 'store.sqlite');
  const receiver = await startReceiver(random);
  const batches: Batch[] = [];
  const underWay = new Map<number, Set<string>>();
  const told: string[] = [];
  try {
    for (const kill of kills) {
      const { child, url, ended } = await start(file, receiver.url, kill);
      await load(name, url, batches, child, kill);
      await ended;
      told.push('point' in kill ? `${kill.point}#${kill.count}` : 'timer');
      underWay.set(child.pid ?? 0, keysUnderWay(file));
    }
    await finish(file, receiver.url, batches);
    return {
      ...read(file),
      kills: told,
      batches: batches.length,
      received: receiver.received,
      underWay,
      acknowledged: keysOf(batches),
    };
  } finally {
    receiver.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

type Started = { child: ChildProcess; url: string; ended: Promise<number | null> };

async function start(file: string, receiver: string, kill: Kill | null): Promise<Started> {
  const child = fork(DAEMON, [file, receiver], {
    execArgv: ['--import', SWITCH],
    env: {
      ...process.env,
      // Compiling takes most of a start; the chain's processes share it.
      NODE_COMPILE_CACHE: join(dirname(file), 'compiled'),
      KILL_AT: kill && 'point' in kill ? `${kill.point}#${kill.count}` : '',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const url = await new Promise<string>((resolve) => {
    child.once('message', (message) => resolve((message as { url: string }).url));
    // Killed while starting: then there is nowhere to send to.
    void ended.then(() => resolve(''));
  });
  return { child, url, ended };
}

/** Sends batch after batch until the process is gone; what was not acknowledged is sent again. */
async function load(
  name: string,
  url: string,
  batches: Batch[],
  child: ChildProcess,
  kill: Kill,
): Promise<void> {
  const end = performance.now() + LIMIT_MS;
  let isTimed = false;
  const isGone = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const sendOne = async (): Promise<void> => {
    while (!isGone() && url !== '') {
      if (performance.now() > end) {
        child.kill('SIGKILL');
        throw new Error(`not killed: ${JSON.stringify(kill)}`);
      }
      const batch =
        batches.find((one) => !one.isAcknowledged && !busy.has(one)) ?? next(name, batches);
      busy.add(batch);
      batch.isAcknowledged = await post(url, batch.alerts);
      busy.delete(batch);
      if (batch.isAcknowledged && 'afterMs' in kill && !isTimed) {
        isTimed = true;
        setTimeout(() => child.kill('SIGKILL'), kill.afterMs);
      }
      await pause(2);
    }
  };
  const busy = new Set<Batch>();
  await Promise.all([sendOne(), sendOne(), sendOne()]);
}

/** A new batch: alerts of a service of its own, or the end of those of an earlier batch. */
function next(name: string, batches: Batch[]): Batch {
  const number = batches.length;
  const earlier = number % 3 === 2 ? batches[number - 2] : undefined;
  const batch: Batch = { alerts: [], isAcknowledged: false };
  if (earlier?.isAcknowledged) {
    batch.alerts = earlier.alerts.map((alert) =>
      alertOf(alert.labels, Date.parse(alert.startsAt), { endsAt: START + 60_000 }),
    );
  } else {
    batch.alerts = Array.from({ length: ALERTS }, (_unused, index) =>
      alertOf(
        {
          alertname: 'Down',
          service: `${name}-${number}`,
          instance: String(index),
          severity: 'page',
        },
        START,
      ),
    );
  }
  batches.push(batch);
  return batch;
}

async function post(url: string, alerts: Alert[]): Promise<boolean> {
  try {
    const response = await fetch(`${url}/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(payloadOf(alerts)),
      signal: AbortSignal.timeout(5000),
    });
    await response.text();
    return response.status === 200;
  } catch {
    return false;
  }
}

/** The last process: gets what was not acknowledged, and does all that is left. */
async function finish(file: string, receiver: string, batches: Batch[]): Promise<void> {
  const { child, url, ended } = await start(file, receiver, null);
  for (const batch of batches) {
    if (!batch.isAcknowledged) batch.isAcknowledged = await post(url, batch.alerts);
  }
  child.send('finish');
  const code = await ended;
  if (code !== 0) throw new Error(`the last process ended with ${code}`);
}

function keysOf(batches: readonly Batch[]): string[] {
  const acknowledged = batches.filter(({ isAcknowledged }) => isAcknowledged);
  return acknowledged.flatMap(({ alerts }) =>
    alerts.map((alert) => `${alert.fingerprint} ${alert.status}`),
  );
}

/** What the store says right after a kill of what was being sent. */
function keysUnderWay(file: string): Set<string> {
  const database = new DatabaseSync(file);
  try {
    const rows = database.prepare("SELECT key FROM outbox WHERE state = 'running'").all();
    return new Set(rows.map((row) => String(row.key)));
  } catch {
    return new Set();
  } finally {
    database.close();
  }
}

function read(file: string): Pick<ChainReport, 'kept' | 'incidents' | 'outbox' | 'waiting'> {
  const database = new DatabaseSync(file);
  const all = <T>(sql: string): T[] => database.prepare(sql).all() as T[];
  try {
    const kept = new Map<string, number>();
    for (const { fingerprint, ends_at } of all<{ fingerprint: string; ends_at: number | null }>(
      'SELECT fingerprint, ends_at FROM alert',
    )) {
      for (const status of ends_at === null ? ['firing'] : ['firing', 'resolved']) {
        const key = `${fingerprint} ${status}`;
        kept.set(key, (kept.get(key) ?? 0) + 1);
      }
    }
    return {
      kept,
      incidents: all(
        `SELECT i.id, i.status, j.runs, j.state,
                (SELECT sum(firing) FROM part p WHERE p.incident_id = i.id) AS firing
         FROM incident i LEFT JOIN job j ON j.incident_id = i.id`,
      ),
      outbox: all('SELECT key, state FROM outbox'),
      waiting: all<{ n: number }>('SELECT count(*) AS n FROM inbox')[0]?.n ?? -1,
    };
  } finally {
    database.close();
  }
}
