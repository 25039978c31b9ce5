import type { Result } from '#src/domain/result.ts';
import { oneLine } from '#src/platform/sanitize.ts';
import { statement } from '#src/report/renderers/terminal/findings.ts';
import type { Paper } from '#src/report/renderers/terminal/paper.ts';

/** The verdict with its confidence, what else was thought of, and who was acquitted. */
export function renderCause(paper: Paper, result: Result): void {
  const { rootCause, investigation } = result;
  if (!rootCause) return;
  const { style } = paper;
  const percent = `${Math.round(rootCause.confidence * 100)} %`;
  const verdict = `${rootCause.verdict} (${percent}), ${rootCause.category}`;
  paper.heading('Cause');
  const loud = rootCause.verdict === 'inconclusive' ? style.warn : style.bad;
  paper.line(`  ${loud(rootCause.category === 'none' ? 'nothing is wrong' : verdict)}`);
  statement(paper, '', { text: rootCause.statement, cites: rootCause.cites });
  if (rootCause.commit) {
    const place = rootCause.location
      ? `, ${rootCause.location.file}:${rootCause.location.line}`
      : '';
    paper.item('', `commit ${rootCause.commit.slice(0, 12)}${oneLine(place)}`);
  }
  for (const sentence of rootCause.explanation ?? []) statement(paper, '• ', sentence);
  if (rootCause.explanation && result.model) {
    paper.line(
      style.dim(`  in the words of ${oneLine(result.model.name)}; every citation was checked`),
    );
  }
  const others = (investigation?.hypotheses ?? []).slice(1, 4);
  if (others.length > 0) {
    paper.heading('Also considered');
    for (const other of others) {
      const cites = other.status === 'refuted' ? other.contradicts : other.supports;
      statement(paper, '• ', { text: `${other.status}: ${other.statement}`, cites });
    }
  }
  if (rootCause.acquitted.length > 0) {
    paper.heading('Acquitted');
    for (const { suspect, why, cites } of rootCause.acquitted.slice(0, 5)) {
      statement(paper, '• ', { text: `${shortName(suspect)}: ${why}`, cites });
    }
  }
}

function shortName(suspect: string): string {
  return /^[0-9a-f]{40}$/.test(suspect) ? suspect.slice(0, 12) : suspect;
}
