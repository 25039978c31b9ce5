import { formatDuration } from '#src/domain/time.ts';

/**
 * A quantity for people: `12 ms`, `3.4 %`, `1.5 GiB`, `120/s`.
 * @param unit of the metric: `seconds`, `bytes`, `ratio` (0..1), `count` (a rate per second), `none`
 *   or `timestamp`; any other word is written after the number
 */
export function formatQuantity(value: number, unit: string | undefined): string {
  if (!Number.isFinite(value)) return 'unknown';
  switch (unit) {
    case 'seconds':
      return Math.abs(value) < 120 ? shortSeconds(value) : formatDuration(value * 1000);
    case 'ratio':
      return `${digits(value * 100)} %`;
    case 'bytes':
      return formatBytes(value);
    case 'count':
      return `${digits(value)}/s`;
    case undefined:
    case 'none':
    case 'timestamp':
      return digits(value);
    default:
      return `${digits(value)} ${unit}`;
  }
}

/** Three significant digits, at most six places after the point, no zeros at the end. */
function digits(value: number): string {
  if (value === 0) return '0';
  const size = Math.floor(Math.log10(Math.abs(value)));
  const places = Math.max(0, Math.min(6, 2 - size));
  const text = value.toFixed(places);
  return text.includes('.') ? text.replace(/0{1,6}$/, '').replace(/\.$/, '') : text;
}

function shortSeconds(seconds: number): string {
  const size = Math.abs(seconds);
  if (size >= 1 || size === 0) return `${digits(seconds)} s`;
  return size >= 1e-3 ? `${digits(seconds * 1e3)} ms` : `${digits(seconds * 1e6)} µs`;
}

/** Bytes in powers of 1024: `1.5 MiB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let at = 0;
  while (Math.abs(value) >= 1024 && at < units.length - 1) {
    value /= 1024;
    at += 1;
  }
  return `${digits(value)} ${units[at]}`;
}
