import { type Material, plain } from '#src/report/model/material.ts';
import type { Block, Fact } from '#src/report/model/report.ts';
import { tellingSignals } from '#src/report/model/sections/signals.ts';
import { enumeration, inline, moment } from '#src/report/model/text.ts';
import { durationOf, timesOf } from '#src/report/model/times.ts';
import { CONDITION_WORDS } from '#src/report/model/words.ts';

const MOST_SIGNALS = 6;

/** Who was harmed, how, and for how long; then the signals that say so. */
export function impactBlocks(material: Material): Block[] {
  const { result, citations } = material;
  const { triage, incident } = result;
  const cites = citations.refs(triage.cites);
  const harmed = tellingSignals(material).filter(({ data }) => data.onset);
  const rows: Fact[] = [
    { label: 'Severity', value: incident.severity, cites: [] },
    { label: 'Service', value: inline(triage.service), cites },
    { label: 'Condition', value: CONDITION_WORDS[triage.condition], cites },
    {
      label: 'Also harmed',
      value:
        triage.blastRadius.length > 0
          ? enumeration(triage.blastRadius)
          : 'no other service, as far as was seen',
      cites: [],
    },
    { label: 'Duration', value: durationOf(timesOf(result)), cites: [] },
  ];
  const texts = harmed.flatMap(
    ({ id, service, summary }) =>
      citations.cite(service === null ? summary : `${service}: ${summary}`, [{ id }]) ?? [],
  );
  const different = [...new Map(texts.reverse().map((one) => [one.text, one])).values()].reverse();
  const signals = different.slice(0, MOST_SIGNALS);
  const more = different.length - signals.length;
  return [
    { type: 'facts', rows },
    ...(signals.length > 0
      ? [{ type: 'list', style: 'bullet', items: signals } as const]
      : [
          { type: 'paragraph', ...plain('No signal was seen to leave its normal range.') } as const,
        ]),
    ...(more > 0
      ? [
          {
            type: 'paragraph',
            ...plain(`${more} more signals left their normal range; see the evidence.`),
          } as const,
        ]
      : []),
  ];
}

/** The title page's table. */
export function titleFacts({ result }: Material, asOf: string): Fact[] {
  const { incident, triage } = result;
  const { onset } = timesOf(result);
  const rows: [string, string][] = [
    ['Incident', inline(incident.id)],
    ['Service', inline(incident.service)],
    ['Severity', incident.severity],
    ['Status', incident.status],
    ['Began', onset === null ? 'not known' : moment(new Date(onset).toISOString())],
    ['Noticed', moment(incident.detectedAt)],
    ['Condition', CONDITION_WORDS[triage.condition]],
    ['Evidence up to', moment(asOf)],
  ];
  return rows.map(([label, value]) => ({ label, value, cites: [] }));
}
