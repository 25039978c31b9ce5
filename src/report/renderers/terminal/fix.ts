import type { FixProposal, ProofStep } from '#src/domain/fix.ts';
import type { Result } from '#src/domain/result.ts';
import { neutralize, oneLine } from '#src/platform/sanitize.ts';
import type { Paper } from '#src/report/renderers/terminal/paper.ts';

/** Lines of a diff that are shown; `--json` has all of them. */
const MOST_DIFF_LINES = 200;

/** The change with its proof and its guards, or why there is none. */
export function renderFix(paper: Paper, { fix }: Result): void {
  if (fix === null) return;
  const { style } = paper;
  paper.heading('Fix');
  paper.line(`  ${headline(paper, fix)}`);
  paper.item('', oneLine(fix.why));
  if (fix.diff !== null) {
    paper.line();
    renderDiff(paper, fix.diff);
  }
  if (fix.proof.length > 0) {
    paper.heading('Proof');
    for (const step of fix.proof) renderStep(paper, step);
  }
  if (fix.guards.length > 0) {
    paper.heading('Guards');
    for (const { id, ok, message } of fix.guards) {
      paper.item(`${ok ? style.good('✓') : style.bad('✗')} `, `${id}: ${oneLine(message)}`);
    }
  }
  if (fix.risk) paper.item('', `Risk: ${oneLine(fix.risk)}`);
  if (fix.pullRequest) {
    paper.line();
    const { number, url, draft } = fix.pullRequest;
    paper.line(`  ${draft ? 'draft ' : ''}pull request #${number}: ${style.accent(oneLine(url))}`);
  }
}

function headline({ style }: Paper, { decision, strategy, pullRequest }: FixProposal): string {
  if (decision === 'none') return style.warn('no change is proposed');
  if (pullRequest) return style.good(`${strategy}, proposed as a pull request`);
  return decision === 'open-pr'
    ? style.good(`${strategy}, ready to be proposed`)
    : style.warn(`${strategy}, only shown: a guard refuses it`);
}

function renderDiff(paper: Paper, diff: string): void {
  const { style } = paper;
  const lines = neutralize(diff).split('\n');
  for (const line of lines.slice(0, MOST_DIFF_LINES)) {
    if (/^(?:index |similarity |diff --git )/.test(line)) paper.line(`  ${style.dim(line)}`);
    else if (/^(?:\+\+\+|---) |^@@/.test(line)) paper.line(`  ${style.accent(line)}`);
    else if (line.startsWith('+')) paper.line(`  ${style.added(line)}`);
    else if (line.startsWith('-')) paper.line(`  ${style.removed(line)}`);
    else paper.line(`  ${line}`);
  }
  const more = lines.length - MOST_DIFF_LINES;
  if (more > 0) paper.line(style.dim(`  … ${more} more lines; --json has them`));
}

function renderStep(paper: Paper, { step, ok, before, after, seconds }: ProofStep): void {
  const { style } = paper;
  const isOpen = !ok && (after === null || after.startsWith('not '));
  const mark = ok ? style.good('✓') : isOpen ? style.dim('–') : style.bad('✗');
  const parts = [
    before === null ? '' : `before ${oneLine(before)}`,
    after === null ? '' : before === null ? oneLine(after) : `after ${oneLine(after)}`,
    seconds >= 0.1 ? `(${seconds.toFixed(1)} s)` : '',
  ];
  paper.item(`${mark} `, `${step}: ${parts.filter((part) => part !== '').join('  ')}`);
}
