import type { Result } from '#src/domain/result.ts';
import { oneLine } from '#src/platform/sanitize.ts';
import { padEnd, truncate } from '#src/platform/terminal-text.ts';
import type { Paper } from '#src/report/renderers/terminal/paper.ts';

const MOST_ROWS = 14;

/** The evidence that was cited, a line each, then what could not be had. */
export function renderEvidence(paper: Paper, result: Result): void {
  const cited = citedIds(result);
  const rows = result.evidence.filter(({ id }) => cited.has(id));
  if (rows.length > 0) {
    paper.heading('Evidence');
    const width = Math.max(...rows.map(({ id }) => id.length)) + 2;
    for (const { id, summary } of rows.slice(0, MOST_ROWS)) {
      const text = truncate(oneLine(summary), paper.columns - 2 - width);
      paper.line(`  ${paper.style.accent(padEnd(id, width))}${text}`);
    }
    const more = result.evidence.length - Math.min(rows.length, MOST_ROWS);
    if (more > 0) paper.line(paper.style.dim(`  ${more} more in --json`));
  }
  if (result.gaps.length > 0) {
    paper.heading('Not seen');
    for (const { source, why, hint } of result.gaps.slice(0, 6)) {
      paper.item('• ', oneLine(`${source}: ${why}${hint ? `. ${hint}` : ''}`));
    }
    const more = result.gaps.length - 6;
    if (more > 0) paper.line(paper.style.dim(`  ${more} more in --json`));
  }
}

function citedIds(result: Result): Set<string> {
  const { triage, rootCause, incident } = result;
  const cites = [
    ...triage.cites,
    ...triage.indicators.flatMap((one) => one.cites),
    ...triage.nextChecks.flatMap((one) => one.cites),
    ...(triage.explanation?.flatMap((one) => one.cites) ?? []),
    ...(rootCause?.cites ?? []),
    ...(rootCause?.explanation?.flatMap((one) => one.cites) ?? []),
    ...(rootCause?.nextSteps.flatMap((one) => one.cites) ?? []),
    ...(rootCause?.acquitted.flatMap((one) => one.cites) ?? []),
    ...incident.timeline.flatMap((entry) => entry.cites),
  ];
  return new Set(cites.map(({ id }) => id));
}
