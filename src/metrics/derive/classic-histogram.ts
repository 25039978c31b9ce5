/** The quantiles that latency is looked at. */
export const QUANTILES = [0.5, 0.95, 0.99] as const;

/**
 * A quantile from cumulative bucket counts, as PromQL's `histogram_quantile` takes it: linear
 * inside the bucket, the highest finite bound for what lies beyond it.
 * @param bounds ascending upper bounds, the last may be +Infinity
 * @param cumulative counts at or below each bound; falls are evened out
 */
export function bucketQuantile(
  q: number,
  bounds: readonly number[],
  cumulative: readonly number[],
): number {
  const total = cumulative.at(-1) ?? 0;
  if (!(total > 0) || bounds.length < 2) return Number.NaN;
  const rank = q * total;
  let at = cumulative.findIndex((count) => count >= rank);
  if (at < 0) at = bounds.length - 1;
  if (bounds[at] === Number.POSITIVE_INFINITY) return bounds[at - 1] ?? Number.NaN;
  const upper = bounds[at] as number;
  const below = at === 0 ? 0 : (cumulative[at - 1] as number);
  const lower = at === 0 ? Math.min(0, upper) : (bounds[at - 1] as number);
  const inside = (cumulative[at] as number) - below;
  return inside > 0 ? lower + (upper - lower) * ((rank - below) / inside) : upper;
}
