import type { IncidentBrief } from '#src/domain/brief.ts';
import { linkTo, type Sheet } from '#src/domain/brief-sheet.ts';
import { clockTime, headlineOf } from '#src/domain/brief-words.ts';

/** Incidents named in a digest at the most. */
const MOST = 40;

/**
 * Many messages as one: each incident once, as it was at its last event, those that still go on
 * first and the worst of them first.
 * @param briefs oldest first @param more messages that were left out
 */
export function digestSheet(
  briefs: readonly IncidentBrief[],
  more: number,
  publicUrl: string | undefined,
): Sheet {
  const last = new Map<string, IncidentBrief>();
  for (const brief of briefs) {
    // What came last goes to the end.
    last.delete(brief.incident.id);
    last.set(brief.incident.id, brief);
  }
  const all = [...last.values()];
  const [ended, open] = partition(all, ({ incident }) => incident.status === 'resolved');
  const ranked = [...open].sort((a, b) => rank(a) - rank(b));
  const from = briefs[0]?.at;
  const to = briefs.at(-1)?.at;
  const worst = ranked[0];
  const lines = (of: readonly IncidentBrief[]): string[] => of.slice(0, MOST).map(line);
  const left = Math.max(0, open.length - MOST) + Math.max(0, ended.length - MOST);
  return {
    headline: `${count(all.length, 'incident')}, ${open.length} open${worst ? `; worst: ${headlineOf(worst)}` : ''}`,
    paragraphs: [
      `${count(briefs.length + more, 'message')} in one${from && to ? `, from ${clockTime(from)} to ${clockTime(to)}` : ''}.`,
    ],
    facts: [],
    lists: [
      { title: 'Open', items: lines(ranked) },
      { title: 'Ended', items: lines(ended) },
    ].filter(({ items }) => items.length > 0),
    notes: [
      ...(left > 0 ? [`${count(left, 'incident')} more: incident list`] : []),
      ...(more > 0 ? [`${count(more, 'message')} left out.`] : []),
    ],
    link: publicUrl === undefined ? null : (linkTo('', publicUrl)?.replace(/\/$/, '') ?? null),
  };
}

const RANKS = ['critical', 'high', 'medium', 'low'];
const rank = ({ incident }: IncidentBrief): number => RANKS.indexOf(incident.severity);

function line(brief: IncidentBrief): string {
  const { id } = brief.incident;
  const verdict = brief.event === 'investigated' ? '' : (brief.verdict?.statement ?? '');
  return `${headlineOf(brief)}${verdict ? `: ${verdict}` : ''} (${id})`;
}

function count(of: number, what: string): string {
  return `${of} ${what}${of === 1 ? '' : 's'}`;
}

function partition<T>(all: readonly T[], holds: (item: T) => boolean): [T[], T[]] {
  return [all.filter(holds), all.filter((item) => !holds(item))];
}
