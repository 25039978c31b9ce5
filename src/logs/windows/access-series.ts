import type { HttpAccess } from '#src/logs/records/access.ts';
import { compareText } from '#src/platform/compare.ts';
import type { AccessSeries } from './types.ts';

type Minute = {
  requests: number;
  clientErrors: number;
  serverErrors: number;
  latencies: number[];
  seen: number;
};

const MAX_LATENCIES = 512;

/** Collects requests, errors and latencies per service and minute; memory is bounded per minute. */
export class AccessCollector {
  readonly #services = new Map<string, Map<number, Minute>>();

  add(service: string, at: number, access: HttpAccess): void {
    let minutes = this.#services.get(service);
    if (!minutes) {
      minutes = new Map();
      this.#services.set(service, minutes);
    }
    const bucket = Math.floor(at / 60_000);
    let minute = minutes.get(bucket);
    if (!minute) {
      minute = { requests: 0, clientErrors: 0, serverErrors: 0, latencies: [], seen: 0 };
      minutes.set(bucket, minute);
    }
    minute.requests++;
    if (access.status >= 500) minute.serverErrors++;
    else if (access.status >= 400) minute.clientErrors++;
    if (access.latencyMs !== null) addLatency(minute, access.latencyMs);
  }

  series(): AccessSeries[] {
    return [...this.#services]
      .sort((a, b) => compareText(a[0], b[0]))
      .map(([service, minutes]) => ({
        service,
        points: [...minutes]
          .sort((a, b) => a[0] - b[0])
          .map(([bucket, { requests, clientErrors, serverErrors, latencies }]) => {
            const sorted = latencies.sort((a, b) => a - b);
            return {
              at: bucket * 60,
              requests,
              clientErrors,
              serverErrors,
              p50: quantile(sorted, 0.5),
              p95: quantile(sorted, 0.95),
            };
          }),
      }));
  }
}

/** Keeps a sample that every request has the same share in, without chance: each further one takes the next place. */
function addLatency(minute: Minute, latency: number): void {
  minute.seen++;
  if (minute.latencies.length < MAX_LATENCIES) minute.latencies.push(latency);
  // A full sample lets in one of every so many, as many as there are places' worth of requests.
  else if (minute.seen % Math.ceil(minute.seen / MAX_LATENCIES) === 0)
    minute.latencies[(minute.seen * 31) % MAX_LATENCIES] = latency;
}

/** The nearest-rank quantile. */
function quantile(sorted: readonly number[], q: number): number | null {
  if (sorted.length === 0) return null;
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)] ?? null;
}
