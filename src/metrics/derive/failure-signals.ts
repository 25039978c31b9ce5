import type { DerivedSignal } from '#src/metrics/contract.ts';
import type { FirstSeen, PreparedSeries } from '#src/metrics/derive/prepare.ts';
import { ratioSignal, sum, tally } from '#src/metrics/derive/request-tally.ts';
import type { ScopedGroup } from '#src/metrics/derive/scopes.ts';
import { buildSignal } from '#src/metrics/derive/signal-builder.ts';
import { commonAxis, ratesOf } from '#src/metrics/samples/sum-counts.ts';

/** Failures may be counted once more than requests (a retry, another moment of scraping). */
const MISCOUNT = 1.05;

/** A family that counts failures only: their share of the requests they belong to, else a rate. */
export function failureSignals(
  { scope, series }: ScopedGroup,
  whole: readonly PreparedSeries[] | null,
  background: Float64Array,
  firstSeen: FirstSeen,
): DerivedSignal[] {
  const refused = series.every((one) => one.cls.outcome === 'client-error');
  const facet = refused ? 'client-error-ratio' : 'error-ratio';
  const counted = series.filter((one) => one.cls.outcome !== 'ok');
  if (counted.length === 0) return [];
  if (whole !== null) {
    const { axis, total } = tally(whole, firstSeen);
    const failed = tally(counted, firstSeen, axis).total;
    if (sum(failed) <= sum(total) * MISCOUNT && sum(total) > 0) {
      return [ratioSignal(series, scope, axis, failed, total, facet)];
    }
  }
  const axis = commonAxis([...counted.map((one) => one.times), background]);
  const { total, fixed } = tally(counted, firstSeen, { ...axis, identical: false });
  // A counter that is not there yet while its process is watched stands at zero.
  const filled = total.map((count) => (Number.isNaN(count) ? 0 : count));
  return [
    buildSignal(counted, {
      signal: 'errors',
      facet: refused ? 'client-error-ratio' : 'error-rate',
      aspect: 'rate',
      unit: 'count',
      harm: 'up',
      scope,
      model: 'count',
      times: axis.times,
      values: ratesOf(axis, filled, fixed),
      weights: filled,
    }),
  ];
}

const GENERIC = new Set(
  'error failure failed fail exception 5xx 4xx code count http rate'.split(' '),
);

/** The family of requests whose words the failures' words match best; failures without any, none. */
export function bestTotal(
  failures: readonly PreparedSeries[],
  totals: readonly PreparedSeries[][],
): PreparedSeries[] | null {
  const words = new Set((failures[0]?.cls.family ?? '').split('_').filter((w) => !GENERIC.has(w)));
  let best: PreparedSeries[] | null = null;
  let bestScore = -1;
  for (const total of totals.slice(0, 64)) {
    const head = total[0] as PreparedSeries;
    const other = new Set(head.cls.family.split('_'));
    let shared = 0;
    for (const word of words) if (other.has(word)) shared += 1;
    const preferred = head.cls.facet === 'event-rate' ? 0 : 0.5;
    if (shared === 0 && preferred === 0) continue;
    const score = shared / Math.max(1, words.size) + preferred;
    if (score > bestScore) {
      best = total;
      bestScore = score;
    }
  }
  return best;
}
