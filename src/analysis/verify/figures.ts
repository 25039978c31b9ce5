/** Numbers as people write them, compared with what was measured. */

/** A number in a text, with what stands around it. */
export type Figure = { text: string; value: number; unit: string; index: number };

/** What a unit multiplies a measured value with before it is shown: a ratio becomes percent. */
const SCALES: Readonly<Record<string, readonly number[]>> = {
  '%': [100, 1],
  ms: [1000, 1],
  millisecond: [1000, 1],
  µs: [1e6, 1e3, 1],
  s: [1, 1e-3],
  second: [1, 1e-3],
  kib: [1 / 1024, 1],
  mib: [1 / 1024 ** 2, 1],
  gib: [1 / 1024 ** 3, 1],
  kb: [1e-3, 1 / 1024, 1],
  mb: [1e-6, 1 / 1024 ** 2, 1],
  gb: [1e-9, 1 / 1024 ** 3, 1],
  k: [1e-3],
  m: [1e-6],
};

const FIGURE =
  /(?<![\w.,:/-])-?\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?(?![\w.,:/-]*\d)|(?<![\w.:/-])-?\d{1,15}(?:\.\d{1,12})?/g;
const UNIT = /^ ?(%|percent|ms|milliseconds?|µs|s|seconds?|[kmg]i?b|[km])(?![\w])/i;

/** The numbers of a text; digits inside of names, ids and times are not among them. */
export function figuresIn(text: string): Figure[] {
  return [...text.matchAll(FIGURE)].flatMap((match): Figure[] => {
    const [found] = match;
    const rest = text.slice(match.index + found.length, match.index + found.length + 16);
    const unit = UNIT.exec(rest)?.[1]?.toLowerCase() ?? '';
    // `5xx`, `2nd`, `3rd-party`, `10.0.0.1`, `12:30`: a part of something else.
    if (unit === '' && /^(?:[a-z_]|[.:/-]\w)/i.test(rest)) return [];
    const plain = unit.replace(/^percent$/, '%').replace(/(?<=second)s$/, '');
    return [
      { text: found, value: Number(found.replaceAll(',', '')), unit: plain, index: match.index },
    ];
  });
}

/** True where a figure is the value, rounded as the figure is. */
export function agreesWith(figure: Figure, value: number): boolean {
  return (SCALES[figure.unit] ?? [1]).some((scale) => agrees(figure.text, value * scale));
}

/** True where a number as it is written is `value`, rounded to its last digit that tells. */
export function agrees(written: string, value: number): boolean {
  const plain = written.replaceAll(',', '');
  const shown = Number(plain);
  if (!Number.isFinite(shown) || !Number.isFinite(value)) return false;
  const room = roundingOf(plain) / 2;
  return Math.abs(Math.abs(shown) - Math.abs(value)) <= room * (1 + 1e-9) + Number.EPSILON;
}

/** The size of the last digit that tells; zeros at the end of `3100` may be rounded ones. */
function roundingOf(plain: string): number {
  const power = /e([+-]?\d{1,3})$/i.exec(plain)?.[1];
  if (power !== undefined)
    return 10 ** (Number(power) - (/\.(\d*)e/i.exec(plain)?.[1]?.length ?? 0));
  const [whole = '', fraction] = plain.replace('-', '').split('.');
  if (fraction !== undefined) return 10 ** -fraction.length;
  const zeros = /0*$/.exec(whole)?.[0].length ?? 0;
  return 10 ** Math.max(0, Math.min(zeros, whole.length - 2));
}
