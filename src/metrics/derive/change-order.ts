import type { MetricChange } from '#src/metrics/contract.ts';

/** By time, then by what happened where: a total order. */
export function byTime(a: MetricChange, b: MetricChange): number {
  if (a.at !== b.at) return a.at - b.at;
  const left = `${a.kind} ${a.service} ${a.instance} ${a.text}`;
  const right = `${b.kind} ${b.service} ${b.instance} ${b.text}`;
  return left < right ? -1 : left > right ? 1 : 0;
}
