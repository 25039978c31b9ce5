/**
 * False discovery rates by Benjamini and Hochberg (J. R. Statist. Soc. B 57, 1995): of everything
 * whose rate is at most q, about a share of q is chance, however many series were tested.
 * @param logP log10 of each p-value
 * @returns log10 of each adjusted p-value, in the same order
 */
export function falseDiscoveryRates(logP: readonly number[]): number[] {
  const order = logP.map((_, index) => index);
  order.sort((a, b) => (logP[b] as number) - (logP[a] as number) || a - b);
  const rates = new Array<number>(logP.length).fill(0);
  const logCount = Math.log10(Math.max(1, logP.length));
  let smallest = 0;
  for (let i = 0; i < order.length; i += 1) {
    const index = order[i] as number;
    const rank = logP.length - i;
    smallest = Math.min(smallest, (logP[index] as number) + logCount - Math.log10(rank));
    rates[index] = smallest;
  }
  return rates;
}
