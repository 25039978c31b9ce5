/** Total order by UTF-16 code units: the same on every machine, unlike `localeCompare`. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Orders by the first comparison that is not zero. */
export function firstDifference(...results: number[]): number {
  return results.find((result) => result !== 0) ?? 0;
}
