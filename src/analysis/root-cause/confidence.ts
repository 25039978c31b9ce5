/**
 * The share of belief that an explanation holds, made into the probability that it is right: Platt
 * scaling (Platt 1999), `1 / (1 + exp(-(SLOPE · logit(share) + SHIFT)))`. The slope is the fit over
 * the labelled incidents. The shift is less than half of theirs: the rules were made with these
 * incidents in view, and others will be met with less luck.
 */
const SLOPE = 0.93;
const SHIFT = 1;
/** Evidence from one incident never makes anything surer. */
const MOST = 0.97;

/** @param share belief among all explanations, 0..1 @returns probability of being right, 0..1 */
export function confidenceOf(share: number): number {
  const bounded = Math.min(0.995, Math.max(0.005, share));
  const odds = SLOPE * Math.log(bounded / (1 - bounded)) + SHIFT;
  return Math.min(MOST, 1 / (1 + Math.exp(-odds)));
}
