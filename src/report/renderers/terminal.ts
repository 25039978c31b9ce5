import type { Result } from '#src/domain/result.ts';
import type { Style } from '#src/platform/style.ts';
import { renderCause } from '#src/report/renderers/terminal/cause.ts';
import { renderEvidence } from '#src/report/renderers/terminal/evidence.ts';
import { renderFindings } from '#src/report/renderers/terminal/findings.ts';
import { renderFix } from '#src/report/renderers/terminal/fix.ts';
import { renderHeadline } from '#src/report/renderers/terminal/headline.ts';
import { renderNext } from '#src/report/renderers/terminal/next.ts';
import { createPaper } from '#src/report/renderers/terminal/paper.ts';
import { renderSignals } from '#src/report/renderers/terminal/signals.ts';

/**
 * A result for somebody at a terminal at night: what is wrong first, what to do last, nothing
 * wider than the terminal (at most 100 columns). Without colour it says the same.
 */
export function renderTerminal(result: Result, options: { columns: number; style: Style }): string {
  const paper = createPaper(options);
  renderHeadline(paper, result);
  renderSignals(paper, result);
  renderFindings(paper, result);
  renderCause(paper, result);
  renderEvidence(paper, result);
  renderFix(paper, result);
  renderNext(paper, result);
  return paper.text();
}
