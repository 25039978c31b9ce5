import { setTimeout as pause } from 'node:timers/promises';

export type TrafficOptions = {
  weatherUrl: string;
  itemsUrl: string;
  /** Requests a second to each service. */
  rate: number;
  signal: AbortSignal;
};

export type TrafficCount = { sent: number; failed: number };

/** Cities between degrees, and now and then somebody who asks for whole ones. */
const PLACES = [
  [52.52, 13.41],
  [48.86, 2.35],
  [40.71, -74.01],
  [35.68, 139.69],
  [-33.87, 151.21],
  [60, 25],
  [0.35, 32.58],
  [-1, -78],
] as const;

/**
 * Sends a steady stream of requests, as people would, until the signal ends it.
 * @returns counts that go on changing while it runs
 */
export function startTraffic(options: TrafficOptions): {
  count: TrafficCount;
  done: Promise<void>;
} {
  const count: TrafficCount = { sent: 0, failed: 0 };
  const send = async (url: string, init: RequestInit = {}): Promise<void> => {
    count.sent++;
    try {
      const limit = AbortSignal.timeout(5000);
      const signal = AbortSignal.any([limit, options.signal]);
      const response = await fetch(url, { ...init, signal });
      if (response.status >= 500) count.failed++;
      await response.arrayBuffer();
    } catch {
      count.failed++;
    }
  };
  const run = async (): Promise<void> => {
    for (let turn = 0; !options.signal.aborted; turn++) {
      const [latitude, longitude] = PLACES[turn % PLACES.length] ?? PLACES[0];
      void send(`${options.weatherUrl}/weather/latitude=${latitude}&longitude=${longitude}`);
      if (turn % 3 === 0) {
        const body = JSON.stringify({ name: `item ${turn}`, price: (turn % 50) + 0.5 });
        const headers = { 'content-type': 'application/json' };
        void send(`${options.itemsUrl}/items/`, { method: 'POST', body, headers });
      } else void send(`${options.itemsUrl}/items/`);
      await pause(1000 / options.rate, undefined, { signal: options.signal }).catch(() => {});
    }
  };
  return { count, done: run() };
}
