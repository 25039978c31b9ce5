import { formatDuration } from '#src/domain/time.ts';
import { listOf, type Material, paragraph, plain } from '#src/report/model/material.ts';
import type { Block, Fact, Section } from '#src/report/model/report.ts';
import { actionItems, gapBlocks, verificationBlocks } from '#src/report/model/sections/closing.ts';
import { fixBlocks } from '#src/report/model/sections/fix.ts';
import { impactBlocks } from '#src/report/model/sections/impact.ts';
import { acquittedBlocks } from '#src/report/model/sections/root-cause.ts';
import { signalBlocks } from '#src/report/model/sections/signals.ts';
import { causeSentence, summaryBlocks } from '#src/report/model/sections/summary.ts';
import { timelineBlocks } from '#src/report/model/sections/timeline.ts';
import { inline } from '#src/report/model/text.ts';
import { durationOf, timesOf } from '#src/report/model/times.ts';

/**
 * The skeleton of a blameless postmortem: what is known is filled in, what only people know is left
 * as a question. It names changes, never their authors. Sections follow Beyer et al., "Site
 * Reliability Engineering" (2016), appendix D.
 */
export function postmortemSections(material: Material): Section[] {
  return [
    { id: 'summary', title: 'Summary', blocks: summaryBlocks(material) },
    {
      id: 'impact',
      title: 'Impact',
      blocks: [
        ...impactBlocks(material),
        ask('How many users or orders were affected? What did they see? What did it cost?'),
      ],
    },
    { id: 'causes', title: 'Root causes and contributing factors', blocks: causes(material) },
    { id: 'trigger', title: 'Trigger', blocks: trigger(material) },
    { id: 'detection', title: 'Detection', blocks: detection(material) },
    {
      id: 'resolution',
      title: 'Resolution',
      blocks: [
        ...fixBlocks(material),
        ask('What ended the harm, and who decided on what grounds?'),
      ],
    },
    { id: 'timeline', title: 'Timeline', blocks: timelineBlocks(material) },
    { id: 'signals', title: 'Signals', blocks: signalBlocks(material) },
    { id: 'actions', title: 'Action items', blocks: actions(material) },
    {
      id: 'lessons',
      title: 'Lessons',
      blocks: [
        { type: 'heading', text: 'What went well' },
        ask('What limited the harm or sped up the answer?'),
        { type: 'heading', text: 'What went badly' },
        ask(
          'What made the harm larger or the answer slower? Ask of systems and processes, not of people.',
        ),
        { type: 'heading', text: 'Where we were lucky' },
        ask('What could have made it worse, and did not by chance?'),
      ],
    },
    { id: 'gaps', title: 'What could not be seen', blocks: gapBlocks(material) },
    { id: 'verification', title: 'What was verified', blocks: verificationBlocks(material) },
  ];
}

function ask(text: string): Block {
  return { type: 'prompt', text };
}

function causes(material: Material): Block[] {
  return [
    ...paragraph(causeSentence(material)),
    { type: 'heading', text: 'Cleared of suspicion' },
    ...acquittedBlocks(material),
    ask('Why was it possible? What let the change or the condition reach the users?'),
  ];
}

function trigger({ result, citations }: Material): Block[] {
  const { rootCause, evidence } = result;
  const ids = new Set(rootCause?.cites.map(({ id }) => id));
  const changes = evidence
    .filter(({ id, kind }) => ids.has(id) && (kind === 'change' || kind === 'event'))
    .flatMap(({ id, summary }) => citations.cite(summary, [{ id }]) ?? []);
  return [
    ...listOf('bullet', changes, 'No change or outside event is known to have set it off.'),
    ...(changes.length === 0 ? [ask('What set it off?')] : []),
  ];
}

function detection({ result }: Material): Block[] {
  const times = timesOf(result);
  const { alerts, acknowledgedAt } = result.incident;
  const lag =
    times.onset === null || times.detected === null
      ? 'not known'
      : formatDuration(Math.max(0, times.detected - times.onset));
  const answered =
    acknowledgedAt === null || times.detected === null
      ? 'not recorded'
      : formatDuration(Math.max(0, Date.parse(acknowledgedAt) - times.detected));
  const rows: Fact[] = [
    {
      label: 'Noticed by',
      value: alerts.length > 0 ? `alert ${inline(alerts[0]?.labels.alertname ?? '')}` : 'a person',
      cites: [],
    },
    { label: 'From onset to alert', value: lag, cites: [] },
    { label: 'From alert to a person', value: answered, cites: [] },
    { label: 'From onset to end', value: durationOf(times), cites: [] },
  ];
  return [{ type: 'facts', rows }, ask('Could it have been noticed earlier, and by what?')];
}

function actions(material: Material): Block[] {
  const rows = actionItems(material).map(({ text, cites }) => ({
    cells: [text, '', '', ''],
    cites,
  }));
  const empty = { cells: ['', 'prevent', '', ''], cites: [] };
  return [
    {
      type: 'table',
      caption: 'Type: prevent, detect, mitigate or repair',
      columns: ['Action', 'Type', 'Owner', 'Due'],
      rows: [
        ...rows,
        empty,
        { ...empty, cells: ['', 'detect', '', ''] },
        { ...empty, cells: ['', 'mitigate', '', ''] },
      ],
    },
    plainPrompt(),
  ];
}

function plainPrompt(): Block {
  return {
    type: 'paragraph',
    ...plain('The first rows are proposals of the program; keep, change or drop them.'),
  };
}
