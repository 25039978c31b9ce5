/** Days from 1970-01-01 to a date of the Gregorian calendar (Hinnant, "chrono-compatible low-level date algorithms"). */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec';
const DAYS = 'monwedfrisattuethusun';

/** The month (1 to 12) whose three-letter English name stands at `at`, or 0. */
export function monthAt(bytes: Uint8Array, at: number): number {
  const found = MONTHS.indexOf(threeLetters(bytes, at));
  return found >= 0 && found % 3 === 0 ? found / 3 + 1 : 0;
}

/** Whether a three-letter English name of a weekday stands at `at`. */
export function isWeekdayAt(bytes: Uint8Array, at: number): boolean {
  const found = DAYS.indexOf(threeLetters(bytes, at));
  return found >= 0 && found % 3 === 0;
}

function threeLetters(bytes: Uint8Array, at: number): string {
  const a = bytes[at] ?? 0;
  const b = bytes[at + 1] ?? 0;
  const c = bytes[at + 2] ?? 0;
  if (!isLetter(a) || !isLetter(b) || !isLetter(c)) return '?';
  return String.fromCharCode(a | 32, b | 32, c | 32);
}

function isLetter(byte: number): boolean {
  const lower = byte | 32;
  return lower >= 97 && lower <= 122;
}

/** Minutes east of Greenwich of zone abbreviations that logs use; ambiguous ones as in North America and Europe. */
export const ZONE_MINUTES: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  UT: 0,
  Z: 0,
  WET: 0,
  WEST: 60,
  BST: 60,
  CET: 60,
  MEZ: 60,
  CEST: 120,
  MESZ: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  IST: 330,
  SGT: 480,
  HKT: 480,
  AWST: 480,
  JST: 540,
  KST: 540,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
  BRT: -180,
  ART: -180,
  AST: -240,
  ADT: -180,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
};
