/** Numbers for people: few digits, with the unit that fits. */

/** `0.5` → `50 %`, `0.0004` → `0.04 %`. Input is a ratio 0..1. */
export function formatRatio(ratio: number): string {
  return `${significant(ratio * 100)} %`;
}

/** A quantity in a unit of metrics: `seconds`, `bytes`, `ratio`, `count` and others. */
export function formatQuantity(value: number, unit: string | undefined): string {
  if (!Number.isFinite(value)) return 'unknown';
  if (unit === 'ratio') return formatRatio(value);
  if (unit === 'seconds') return formatSeconds(value);
  if (unit === 'bytes') return formatBytes(value);
  return unit && !['count', 'none', 'timestamp'].includes(unit)
    ? `${significant(value)} ${unit}`
    : significant(value);
}

function formatSeconds(seconds: number): string {
  const abs = Math.abs(seconds);
  if (abs === 0) return '0 s';
  if (abs < 0.001) return `${significant(seconds * 1e6)} µs`;
  if (abs < 1) return `${significant(seconds * 1000)} ms`;
  if (abs < 120) return `${significant(seconds)} s`;
  return abs < 7200 ? `${significant(seconds / 60)} min` : `${significant(seconds / 3600)} h`;
}

/** Bytes in powers of 1024: `1.5 MiB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let value = bytes;
  let at = 0;
  while (Math.abs(value) >= 1024 && at < units.length - 1) {
    value /= 1024;
    at++;
  }
  return `${significant(value)} ${units[at]}`;
}

/** Three significant digits, thousands grouped by a blank. */
export function significant(value: number): string {
  if (value === 0) return '0';
  const abs = Math.abs(value);
  if (abs >= 100)
    return Math.round(value)
      .toString()
      .replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
  if (abs < 0.0001) return value.toExponential(1);
  return String(Number(value.toPrecision(abs >= 10 ? 3 : 2)));
}
