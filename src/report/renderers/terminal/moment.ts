import { parseTime } from '#src/domain/time.ts';

/** A time of a result in the zone of the person who reads it: `14:03:12 CET`, with the day if it is another. */
export function localMoment(time: string, relativeTo?: string): string {
  const at = parseTime(time);
  if (at === null) return time;
  const clock = clockOf(new Date(at));
  const reference = relativeTo === undefined ? null : parseTime(relativeTo);
  const day = dayOf(at);
  return reference !== null && dayOf(reference) === day ? clock : `${day} ${clock}`;
}

function clockOf(date: Date): string {
  // Loading the names of all zones takes longer than the rest of the page; UTC needs none.
  if (date.toString().endsWith('(Coordinated Universal Time)')) {
    return `${date.toISOString().slice(11, 19)} UTC`;
  }
  return new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }).format(date);
}

function dayOf(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
