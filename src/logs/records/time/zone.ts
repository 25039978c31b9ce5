import { countDigits, isUpper, isWordByte, twoDigits } from './bytes.ts';
import { ZONE_MINUTES } from './calendar.ts';

/** `Z`, `+02:00`, `+0200`, `+02`, or an abbreviation, after at most one blank. */
export function readZone(
  bytes: Uint8Array,
  at: number,
  limit: number,
): { end: number; minutes: number } | null {
  const start = bytes[at] === 32 ? at + 1 : at;
  if (start >= limit) return null;
  const sign = bytes[start] ?? 0;
  if (sign === 43 || sign === 45) return readOffset(bytes, start, limit, start === at);
  return isUpper(sign) ? readAbbreviation(bytes, start, limit) : null;
}

function readOffset(bytes: Uint8Array, start: number, limit: number, glued: boolean) {
  const sign = bytes[start] ?? 0;
  const digits = countDigits(bytes, start + 1, limit);
  const hours = twoDigits(bytes, start + 1);
  if (digits === 4) return zoneOf(sign, hours, twoDigits(bytes, start + 3), start + 5);
  if (digits !== 2 || hours > 14) return null;
  if (bytes[start + 3] === 58 && countDigits(bytes, start + 4, limit) === 2) {
    return zoneOf(sign, hours, twoDigits(bytes, start + 4), start + 6);
  }
  return glued ? zoneOf(sign, hours, 0, start + 3) : null;
}

function readAbbreviation(bytes: Uint8Array, start: number, limit: number) {
  let end = start;
  let name = '';
  while (end < limit && end - start < 5 && isUpper(bytes[end] ?? 0)) {
    name += LETTERS[(bytes[end++] ?? 65) - 65];
  }
  if (isWordByte(bytes[end] ?? 0)) return null;
  const minutes = ZONE_MINUTES[name];
  return minutes === undefined ? null : { end, minutes };
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

function zoneOf(sign: number, hours: number, minutes: number, end: number) {
  if (hours > 14 || minutes > 59) return null;
  return { end, minutes: (sign === 45 ? -1 : 1) * (hours * 60 + minutes) };
}
