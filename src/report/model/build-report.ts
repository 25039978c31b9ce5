import { createCitations } from '#src/report/model/citations.ts';
import type { Material, Subject } from '#src/report/model/material.ts';
import type { Block, Report, ReportPart, Section } from '#src/report/model/report.ts';
import { evidenceEntries } from '#src/report/model/sections/appendix.ts';
import {
  actionBlocks,
  gapBlocks,
  sentBlocks,
  similarBlocks,
  verificationBlocks,
} from '#src/report/model/sections/closing.ts';
import { fixBlocks } from '#src/report/model/sections/fix.ts';
import { impactBlocks, titleFacts } from '#src/report/model/sections/impact.ts';
import { investigationBlocks } from '#src/report/model/sections/investigation.ts';
import { postmortemSections } from '#src/report/model/sections/postmortem.ts';
import { acquittedBlocks, rootCauseBlocks } from '#src/report/model/sections/root-cause.ts';
import { runbookBlocks } from '#src/report/model/sections/runbooks.ts';
import { signalBlocks } from '#src/report/model/sections/signals.ts';
import { summaryBlocks } from '#src/report/model/sections/summary.ts';
import { timelineBlocks } from '#src/report/model/sections/timeline.ts';
import { triageBlocks } from '#src/report/model/sections/triage.ts';
import { inline, moment } from '#src/report/model/text.ts';
import { lastMoment } from '#src/report/model/times.ts';

/**
 * Makes the report of one or several incidents. Pure: every sentence comes from the results, and
 * the same results give the same report.
 * @param subjects at least one, in the order in which they are to stand
 */
export function buildReport(
  subjects: readonly Subject[],
  options: { postmortem: boolean },
): Report {
  const asOf = lastMoment(subjects.map(({ result }) => result));
  const parts = subjects.map((subject, at) =>
    partOf(subject, subjects.length > 1 ? `i${at + 1}-` : '', asOf, options.postmortem),
  );
  const kind = options.postmortem ? 'postmortem' : 'report';
  const [first] = parts;
  const single = parts.length === 1 && first !== undefined;
  const name = kind === 'postmortem' ? 'Postmortem' : 'Incident report';
  return {
    schema: 'incident-report/v1',
    kind,
    title: single ? first.title : `${parts.length} incidents`,
    subtitle: single || kind === 'postmortem' ? name : 'Incident reports',
    asOf,
    overview: single ? [] : overview(subjects),
    parts,
  };
}

function partOf(subject: Subject, key: string, asOf: string, isPostmortem: boolean): ReportPart {
  const { result } = subject;
  const material: Material = { ...subject, citations: createCitations(result.evidence) };
  const sections = isPostmortem ? postmortemSections(material) : reportSections(material);
  return {
    key,
    title: inline(result.incident.title),
    severity: result.incident.severity,
    facts: titleFacts(material, asOf),
    sections: sections.filter(({ blocks }) => blocks.length > 0),
    evidence: evidenceEntries(material),
  };
}

function reportSections(material: Material): Section[] {
  return [
    { id: 'summary', title: 'Summary', blocks: summaryBlocks(material) },
    { id: 'impact', title: 'Impact', blocks: impactBlocks(material) },
    { id: 'timeline', title: 'Timeline', blocks: timelineBlocks(material) },
    { id: 'signals', title: 'Signals', blocks: signalBlocks(material) },
    { id: 'triage', title: 'Triage', blocks: triageBlocks(material) },
    {
      id: 'investigation',
      title: 'Investigation',
      blocks: [...investigationBlocks(material), ...similarBlocks(material)],
    },
    { id: 'root-cause', title: 'Root cause', blocks: rootCauseBlocks(material) },
    { id: 'acquitted', title: 'Acquitted suspects', blocks: acquittedBlocks(material) },
    { id: 'fix', title: 'Fix and proof', blocks: fixBlocks(material) },
    { id: 'runbooks', title: 'Runbooks', blocks: runbookBlocks(material) },
    { id: 'actions', title: 'Action items', blocks: actionBlocks(material) },
    { id: 'sent', title: 'What was sent', blocks: sentBlocks(material) },
    { id: 'gaps', title: 'What could not be seen', blocks: gapBlocks(material) },
    // Last, since it counts the citations of all sections before it.
    { id: 'verification', title: 'What was verified', blocks: verificationBlocks(material) },
  ];
}

function overview(subjects: readonly Subject[]): Block[] {
  return [
    {
      type: 'table',
      caption: 'The incidents of this document',
      columns: ['Incident', 'Service', 'Severity', 'Noticed', 'Cause'],
      rows: subjects.map(({ result: { incident, rootCause } }) => ({
        cells: [
          inline(incident.title),
          inline(incident.service),
          incident.severity,
          moment(incident.detectedAt),
          rootCause ? `${rootCause.verdict}: ${inline(rootCause.statement)}` : 'not looked for',
        ],
        cites: [],
      })),
    },
  ];
}
