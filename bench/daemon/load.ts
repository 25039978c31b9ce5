import { type Agent, request } from 'node:http';

export type Load = {
  port: number;
  path: string;
  agent: Agent;
  /** Bodies, sent in order, one every `1 / perSecond`. */
  bodies: readonly string[];
  perSecond: number;
};

export type Measured = { seconds: number; latencies: number[]; statuses: Map<number, number> };

/**
 * Sends bodies at a steady rate, whatever the server does: a request that waits counts from when
 * it should have been sent (no coordinated omission). Latencies in milliseconds, sorted.
 */
export async function send(load: Load): Promise<Measured> {
  const started = performance.now();
  const latencies: number[] = [];
  const statuses = new Map<number, number>();
  const gap = 1000 / load.perSecond;
  let next = 0;
  const all: Promise<void>[] = [];
  while (next < load.bodies.length) {
    const due = Math.min(load.bodies.length, Math.floor((performance.now() - started) / gap) + 1);
    for (; next < due; next++) {
      const intended = started + next * gap;
      all.push(
        post(load, load.bodies[next] ?? '').then((status) => {
          latencies.push(performance.now() - intended);
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
        }),
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(all);
  latencies.sort((a, b) => a - b);
  return { seconds: (performance.now() - started) / 1000, latencies, statuses };
}

/** Sends bodies as fast as they are answered, so many at a time; latencies from when each was sent. */
export async function sendAll(load: Omit<Load, 'perSecond'>, atATime: number): Promise<Measured> {
  const started = performance.now();
  const latencies: number[] = [];
  const statuses = new Map<number, number>();
  let next = 0;
  const sender = async (): Promise<void> => {
    while (next < load.bodies.length) {
      const body = load.bodies[next++] ?? '';
      const sent = performance.now();
      const status = await post(load, body);
      latencies.push(performance.now() - sent);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: atATime }, sender));
  latencies.sort((a, b) => a - b);
  return { seconds: (performance.now() - started) / 1000, latencies, statuses };
}

function post({ port, path, agent }: Omit<Load, 'perSecond'>, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        path,
        agent,
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** A percentile of sorted numbers. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
