import type { IncidentBrief } from '#src/domain/brief.ts';
import { clockTime, headlineOf, percent, sureness } from '#src/domain/brief-words.ts';

/**
 * What a message says, without any markup: every form of it (text, HTML, chat blocks) is drawn from
 * this, so that all say the same.
 */
export type Sheet = {
  /** For a locked phone; one line. */
  headline: string;
  /** Sentences below it. */
  paragraphs: string[];
  facts: { label: string; value: string }[];
  lists: { title: string; items: string[] }[];
  /** What is missing from the answer, and how to go on. */
  notes: string[];
  link: string | null;
};

/** Events after which there is nothing left to do. */
const IS_OVER: ReadonlySet<string> = new Set(['resolved', 'merged', 'test']);

/** @param publicUrl where the daemon's pages are, from the configuration */
export function sheetOf(brief: IncidentBrief, publicUrl: string | undefined): Sheet {
  const { event, incident, verdict } = brief;
  if (event === 'test') {
    return {
      headline: headlineOf(brief),
      paragraphs: [brief.what],
      facts: [{ label: 'Sent', value: clockTime(brief.at) }],
      lists: [],
      notes: [],
      link: null,
    };
  }
  const isOver = IS_OVER.has(event);
  const headline = headlineOf(brief);
  const told = [
    verdict ? `${capital(sureness(verdict.verdict))}: ${verdict.statement}` : null,
    brief.summary,
    brief.what,
    ...brief.details,
  ].filter((text): text is string => Boolean(text));
  return {
    headline,
    paragraphs: [...new Set(told)].filter((text) => !headline.includes(text)),
    facts: factsOf(brief),
    lists: [
      { title: 'Do next', items: isOver ? [] : brief.steps },
      { title: 'Evidence', items: brief.evidence.map(({ id, summary }) => `${id}: ${summary}`) },
    ].filter(({ items }) => items.length > 0),
    notes: [
      ...(brief.gaps > 0
        ? [`${brief.gaps} ${brief.gaps === 1 ? 'source' : 'sources'} could not be read.`]
        : []),
      ...(isOver || incident.acknowledgedBy !== null || event === 'notify-requested'
        ? []
        : [`To take it on: incident ack ${incident.id}`]),
    ],
    link: event === 'notify-requested' ? null : linkTo(incident.id, publicUrl),
  };
}

/** The page of an incident, or null where no address is configured. */
export function linkTo(id: string, publicUrl: string | undefined): string | null {
  return publicUrl === undefined
    ? null
    : `${publicUrl.replace(/\/+$/, '')}/incidents/${encodeURIComponent(id)}`;
}

function factsOf({ incident, onsetAt, verdict, blastRadius }: IncidentBrief): Sheet['facts'] {
  const others = [...new Set([...incident.others, ...blastRadius])];
  const acknowledged = incident.acknowledgedBy
    ? `, acknowledged by ${incident.acknowledgedBy}`
    : '';
  const facts: [string, string | null][] = [
    ['Service', incident.service],
    ['Severity', incident.severity],
    ['Status', `${incident.status}${acknowledged}`],
    ['Since', clockTime(onsetAt ?? incident.detectedAt)],
    ['Resolved', incident.resolvedAt ? clockTime(incident.resolvedAt) : null],
    ['Alerts', incident.alerts > 0 ? `${incident.firing} firing of ${incident.alerts}` : null],
    ['Also affected', others.length > 0 ? others.join(', ') : null],
    ['Kind', verdict ? `${verdict.category} (${percent(verdict.confidence)} sure)` : null],
    ['Commit', verdict?.commit?.slice(0, 12) ?? null],
    ['Where', verdict?.location ?? null],
    ['Remedy', verdict?.remediation && verdict.remediation !== 'none' ? verdict.remediation : null],
    ['Incident', incident.id],
  ];
  return facts.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
