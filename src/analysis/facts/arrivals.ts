import type { Subject } from '#src/analysis/facts/subject.ts';
import type { Bundle, LogRecord } from '#src/domain/bundle.ts';
import { parseTime } from '#src/domain/time.ts';

/** Data that came in shortly before the trouble, as a log told it. */
export type Arrival = { record: LogRecord; service: string; at: number };

/** Something was taken in or stored… */
const TAKEN =
  /\b(?:import(?:ed)?|stored|loaded|ingest(?:ed)?|written|wrote|published|received|refresh(?:ed)?|reload(?:ed)?|swapped|activated|applied|saved|synced|uploaded|delivered|replaced)\b/i;
/** …that is data and not a request or a program. */
const DATA =
  /\b(?:rows?|records?|catalogues?|catalogs?|tables?|price ?lists?|feeds?|files?|rev(?:ision)?s?|data ?sets?|snapshots?|lists?|rates?|rules?|entries|documents?|articles?|products?|items|blocklist|allowlist|dictionary|mappings?|definitions?|translations?)\b/i;
/** How long before the onset data may have come in that is only used now, in milliseconds. */
const REACH_MS = 60 * 60_000;
const SLACK_MS = 30_000;
/** What is told more often than this in an hour is daily business. */
const MOST_AN_HOUR = 3;
const MOST = 5;
const HOUR = 3_600_000;

/**
 * Log lines by which data came in before the onset: seldom told ones only, latest first. A service
 * that takes in the same every minute is no news.
 * @param onset milliseconds since the epoch
 */
export function arrivalsBefore(bundle: Bundle, subject: Subject, onset: number): Arrival[] {
  const told = new Map<string, Arrival[]>();
  let first = onset;
  for (const record of bundle.logs) {
    const at = parseTime(record.timestamp);
    if (at === null) continue;
    first = Math.min(first, at);
    const text = wordsOf(record.line);
    if (!TAKEN.test(text) || !DATA.test(text)) continue;
    const key = `${record.service}\0${text.replace(/\S*\d\S*/g, '#').slice(0, 80)}`;
    const known = told.get(key) ?? [];
    known.push({ record, service: record.service, at });
    told.set(key, known);
  }
  const hours = Math.max(1, (subject.window.end - first) / HOUR);
  return [...told.values()]
    .filter((all) => all.length <= MOST_AN_HOUR * hours)
    .flat()
    .filter(({ at }) => at <= onset + SLACK_MS && at >= onset - REACH_MS)
    .sort((a, b) => b.at - a.at || (a.record.line < b.record.line ? -1 : 1))
    .slice(0, MOST);
}

/** Structured lines use names such as `catalogue_written`: they are words here too. */
function wordsOf(line: string): string {
  return line.slice(0, 400).replace(/_/g, ' ');
}
