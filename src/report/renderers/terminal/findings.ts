import type { Result, Statement } from '#src/domain/result.ts';
import { oneLine } from '#src/platform/sanitize.ts';
import type { Paper } from '#src/report/renderers/terminal/paper.ts';

/** What is seen, who else suffers. */
export function renderFindings(paper: Paper, result: Result): void {
  const { triage } = result;
  if (triage.indicators.length > 0) {
    paper.heading('What is seen');
    for (const indicator of triage.indicators.slice(0, 8)) statement(paper, '• ', indicator);
  }
  const others = triage.blastRadius;
  const first = triage.firstFailingService;
  if (others.length > 0 || (first && first !== triage.service)) {
    paper.heading('Who else');
    if (first && first !== triage.service) {
      paper.item('• ', `${oneLine(first)} broke first by its own signals`);
    }
    if (others.length > 0) paper.item('• ', `harmed: ${others.map(oneLine).join(', ')}`);
  }
}

/** A cited statement as an item of a list. */
export function statement(paper: Paper, lead: string, { text, cites }: Statement): void {
  paper.item(lead, oneLine(text), [...new Set(cites.map(({ id }) => id))].slice(0, 5));
}
