/**
 * The bucket in which the rate of a series changed: the split with the largest likelihood ratio of two
 * Poisson rates against one (Killick & Eckley, 2014, for one change point).
 * @param counts per bucket, in order, zeros included
 * @param direction whether a rise or a fall is sought
 * @returns the index of the first bucket of the new rate, or -1 when no split fits the direction
 */
export function changeBucket(counts: readonly number[], direction: 'rise' | 'fall'): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let best = -1;
  let bestGain = 0;
  let before = 0;
  for (let split = 1; split < counts.length; split++) {
    before += counts[split - 1] as number;
    const after = total - before;
    const rateBefore = before / split;
    const rateAfter = after / (counts.length - split);
    if (direction === 'rise' ? rateAfter <= rateBefore : rateAfter >= rateBefore) continue;
    const gain = likelihood(before, rateBefore) + likelihood(after, rateAfter);
    if (best < 0 || gain > bestGain) {
      best = split;
      bestGain = gain;
    }
  }
  return best;
}

/** The part of a Poisson log-likelihood that depends on the rate; the rest cancels out. */
function likelihood(count: number, rate: number): number {
  return count === 0 ? 0 : count * Math.log(rate);
}
