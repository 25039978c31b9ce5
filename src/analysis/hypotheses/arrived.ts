import type { Ledger, Ref } from '#src/analysis/evidence/ledger.ts';
import { type Arrival, arrivalsBefore } from '#src/analysis/facts/arrivals.ts';
import type { Facts } from '#src/analysis/facts/contract.ts';
import type { Candidate, Reason } from '#src/analysis/hypotheses/candidate.ts';
import { withReason } from '#src/analysis/hypotheses/weights.ts';
import { formatDuration, formatTime, parseTime } from '#src/domain/time.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** A service reads its data when it starts: what it tells then is no news. */
const START_MS = 90 * SECOND;
/** Log-odds by how long before the trouble data came in: it comes seldom, so that a coincidence is rare. */
const BY_LAG: readonly [within: number, weight: number][] = [
  [30 * SECOND, 2.8],
  [3 * MINUTE, 2],
  [15 * MINUTE, 1.2],
  [60 * MINUTE, 0.6],
];
/** Data that the next run of a job met, however long after. */
const NEXT_RUN = 1.8;
/** Data so shortly before the first error is no coincidence, in milliseconds. */
const CLOSE_MS = 30 * SECOND;
/** A change of who put the data out, and how long before that it may have gone live. */
const MADE = 1.8;
const MADE_MS = 15 * MINUTE;
/** What a change loses that ran well until the data came. */
const RAN_WELL = -1.5;

/** Data that came in before the trouble, as evidence. */
export type Arrived = { arrival: Arrival; ref: Ref };

/**
 * Data that came in before the errors began, but for what a starting service reads, latest first.
 * @param onset when the errors began, milliseconds since the epoch
 */
export function arrivedBefore(facts: Facts, onset: number, ledger: Ledger): Arrived[] {
  const { bundle, subject, metrics } = facts;
  const starts = [
    ...bundle.changes.deploys.map(({ service, timestamp }) => ({
      service,
      at: parseTime(timestamp) ?? 0,
    })),
    ...metrics.changes.map(({ service, at }) => ({ service, at })),
  ];
  return arrivalsBefore(bundle, subject, onset)
    .filter(
      ({ service, at }) =>
        !starts.some((one) => one.service === service && Math.abs(at - one.at) <= START_MS),
    )
    .map((arrival) => ({
      arrival,
      ref: ledger.add({
        kind: 'log',
        source: 'logs',
        query: 'data that came in',
        window: { start: formatTime(arrival.at), end: formatTime(onset) },
        service: arrival.service,
        at: arrival.at,
        summary: `${arrival.service} took in data ${formatDuration(onset - arrival.at)} before the first error`,
        data: {
          type: 'records',
          count: 1,
          baselineCount: 0,
          perMinute: [],
          records: [arrival.record],
        },
      }),
    }));
}

/** Whether a service did nothing between the data and its errors: this was its next run. */
export function wasIdle(
  { bundle }: Facts,
  service: string | null,
  [nearest]: readonly Arrived[],
  at: number | null,
): boolean {
  if (!nearest || service === null || at === null) return false;
  const times = bundle.logs.flatMap((record) =>
    record.service === service ? (parseTime(record.timestamp) ?? []) : [],
  );
  const from = nearest.arrival.at;
  const isBefore = times.some((time) => time < from);
  return isBefore && !times.some((time) => time > from && time < at - 2 * MINUTE);
}

/**
 * What the nearest arrival is worth for data as the cause.
 * @param isIdle the service did nothing in between ({@link wasIdle})
 */
export function arrivalReason(
  arrived: readonly Arrived[],
  at: number | null,
  isIdle: boolean,
  ledger: Ledger,
): (Reason & { service: string }) | null {
  const [nearest] = arrived;
  if (!nearest || at === null) return null;
  const lag = at - nearest.arrival.at;
  const byLag = BY_LAG.find(([within]) => lag <= within)?.[1] ?? 0;
  const weight = byLag > 0 && isIdle ? Math.max(byLag, NEXT_RUN) : byLag;
  if (weight === 0) return null;
  return {
    about: 'arrival',
    weight,
    text: `data came in at ${nearest.arrival.service} ${formatDuration(Math.max(0, lag))} before the first error`,
    cites: [ledger.cite(nearest.ref)],
    service: nearest.arrival.service,
  };
}

/**
 * A change under which all went well until data came in is less likely the cause; a change of whoever
 * put that data out is more likely it.
 */
export function withoutHarmUntilData(
  changes: readonly Candidate[],
  data: readonly Candidate[],
  arrived: readonly Arrived[],
  firstErrorAt: number,
  ledger: Ledger,
): Candidate[] {
  const [nearest] = arrived;
  if (!nearest) return [...changes];
  const { at, service } = nearest.arrival;
  const isClose = firstErrorAt - at <= CLOSE_MS;
  const isFitting = data.some(({ signature, odds }) => signature?.comesWithData && odds > 0);
  return changes.map((candidate) => {
    const liveAt = candidate.change?.liveAt ?? null;
    if (liveAt === null) return candidate;
    if (candidate.service === service && isClose && liveAt <= at && liveAt > at - MADE_MS) {
      const text = `what ${service} put out for the first time after it came in ${formatDuration(Math.max(0, firstErrorAt - at))} before the first error`;
      const cites = [ledger.cite(nearest.ref)];
      return withReason(candidate, { about: 'arrival', weight: MADE, text, cites });
    }
    if (liveAt > at - START_MS || !(isFitting || (isClose && candidate.service !== service))) {
      return candidate;
    }
    const text = `it ran ${formatDuration(nearest.arrival.at - liveAt)} without harm until data came in at ${nearest.arrival.service}`;
    const cites = [ledger.cite(nearest.ref)];
    return withReason(candidate, { about: 'arrival', weight: RAN_WELL, text, cites });
  });
}
