import { listOf, type Material, paragraph, sentences } from '#src/report/model/material.ts';
import type { Block, Fact } from '#src/report/model/report.ts';
import { enumeration, inline, moment } from '#src/report/model/text.ts';
import { CONDITION_WORDS } from '#src/report/model/words.ts';

const ERROR_TYPES = {
  service_error: 'the service or what it stands on fails',
  api_error: 'the service refuses or breaks requests',
} as const;

/** Agent 1: what is failing, how bad, since when, who else suffers. */
export function triageBlocks(material: Material): Block[] {
  const { triage } = material.result;
  const rows: [string, string][] = [
    ['Condition', CONDITION_WORDS[triage.condition]],
    ['Severity', triage.severity],
    ['Kind of error', triage.errorType === null ? 'not known' : ERROR_TYPES[triage.errorType]],
    ['Since', triage.onsetAt === null ? 'not known' : moment(triage.onsetAt)],
    [
      'First to fail',
      triage.firstFailingService === null ? 'not known' : inline(triage.firstFailingService),
    ],
    ['Harmed by it', triage.blastRadius.length > 0 ? enumeration(triage.blastRadius) : 'none seen'],
    ...(triage.tags.length > 0 ? [['Tags', enumeration(triage.tags)] as [string, string]] : []),
  ];
  const facts: Fact[] = rows.map(([label, value]) => ({ label, value, cites: [] }));
  return [
    ...paragraph(material.citations.cite(triage.summary, triage.cites)),
    { type: 'facts', rows: facts },
    { type: 'heading', text: 'What was seen' },
    ...listOf('bullet', sentences(material, triage.indicators), 'Nothing beyond the alert.'),
    { type: 'heading', text: 'What to check' },
    ...listOf('number', sentences(material, triage.nextChecks), 'Nothing more.'),
  ];
}
