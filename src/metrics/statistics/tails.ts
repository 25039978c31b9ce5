/** log10 of the smallest probability that is told apart. */
export const LOG_FLOOR = -300;

/**
 * ln Γ(x) for x > 0 by Lanczos' approximation (g = 7, 9 terms; relative error below 1e-13).
 * C. Lanczos, "A Precision Approximation of the Gamma Function", SIAM J. Numer. Anal. 1, 1964.
 */
export function logGamma(x: number): number {
  const c = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
    -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
    1.5056327351493116e-7,
  ];
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - logGamma(1 - x);
  const shifted = x - 1;
  let sum = c[0] as number;
  for (let i = 1; i < 9; i += 1) sum += (c[i] as number) / (shifted + i);
  const t = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
}

/**
 * ln of the regularised incomplete beta function I_x(a, b), by its continued fraction (DLMF
 * 8.17.22) with Lentz' algorithm. In logarithms, so that far tails do not become zero.
 */
function logBeta(x: number, a: number, b: number): number {
  if (x <= 0) return Number.NEGATIVE_INFINITY;
  if (x >= 1) return 0;
  if (x > (a + 1) / (a + b + 2)) return Math.log1p(-Math.exp(logBeta(1 - x, b, a)));
  const front =
    logGamma(a + b) -
    logGamma(a) -
    logGamma(b) +
    a * Math.log(x) +
    b * Math.log1p(-x) -
    Math.log(a);
  return front + Math.log(betaFraction(x, a, b));
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  d = 1 / (Math.abs(d) < tiny ? tiny : d);
  let fraction = d;
  for (let m = 1; m <= 300; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonZero(1 + even * d, tiny);
    c = nonZero(1 + even / c, tiny);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonZero(1 + odd * d, tiny);
    c = nonZero(1 + odd / c, tiny);
    const change = d * c;
    fraction *= change;
    if (Math.abs(change - 1) < 1e-12) break;
  }
  return fraction;
}

const nonZero = (value: number, tiny: number) => (Math.abs(value) < tiny ? tiny : value);

const toLog10 = (ln: number) => Math.max(LOG_FLOOR, Math.min(0, ln / Math.LN10));

/** log10 of the two-sided p-value of `t` under Student's distribution with `nu` degrees of freedom. */
export function logStudentTail(t: number, nu: number): number {
  if (!(Math.abs(t) > 0)) return 0;
  return toLog10(logBeta(nu / (nu + t * t), nu / 2, 0.5));
}

/** log10 P(X ≥ k) for X ~ Binomial(n, p). `k` and `n` need not be whole. */
export function logBinomialTail(k: number, n: number, p: number): number {
  if (k <= 0 || p >= 1) return 0;
  if (p <= 0) return LOG_FLOOR;
  return toLog10(logBeta(p, k, Math.max(n - k, 0) + 1));
}

/**
 * log10 P(X ≥ k) for a count X whose mean is known only from `seen` events in an exposure that is
 * `ratio` times the one under test: given the total, X is binomial (Przyborowski and Wilenski,
 * Biometrika 31, 1940).
 */
export function logCountTail(k: number, seen: number, ratio: number): number {
  const total = k + seen + 0.5;
  return logBinomialTail(k, total, 1 / (1 + ratio));
}

/** log10 P(X ≤ k) in the same setting. */
export function logCountLowTail(k: number, seen: number, ratio: number): number {
  const total = k + seen;
  // P(X ≤ k) = P(total - X ≥ total - k)
  return logBinomialTail(seen, total + 0.5, ratio / (1 + ratio));
}
