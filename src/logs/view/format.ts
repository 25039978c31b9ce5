/** `1234567` → `1,234,567`. */
export function grouped(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** Bytes as a person reads them: `512 B`, `1.5 kB`, `131 MB`. */
export function byteSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value >= 100 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** A time for a narrow column: the day only where the span is longer than one. */
export function shortTime(time: string | null, withDay: boolean): string {
  if (time === null) return '';
  const [day = '', clock = ''] = time.replace(/\.\d+Z$/, 'Z').split('T');
  return withDay ? `${day} ${clock.slice(0, 5)}` : clock.replace('Z', '');
}
