import type { Result } from '#src/domain/result.ts';
import { oneLine } from '#src/platform/sanitize.ts';
import { statement } from '#src/report/renderers/terminal/findings.ts';
import type { Paper } from '#src/report/renderers/terminal/paper.ts';

/** What to check or undo next, and the command to run next. */
export function renderNext(paper: Paper, result: Result): void {
  const { triage, rootCause } = result;
  const steps =
    rootCause && rootCause.nextSteps.length > 0 ? rootCause.nextSteps : triage.nextChecks;
  if (steps.length > 0) {
    paper.heading('Next');
    for (const [index, step] of steps.slice(0, 6).entries())
      statement(paper, `${index + 1}. `, step);
  }
  if (rootCause?.nextQuery) paper.item('', `query: ${oneLine(rootCause.nextQuery)}`);
  for (const alternative of rootCause?.alternatives.slice(0, 4) ?? []) {
    paper.item('• ', oneLine(alternative));
  }
  const command = nextCommand(result);
  if (command) {
    paper.line();
    paper.line(`  ${paper.style.accent(`$ ${command}`)}`);
  }
}

function nextCommand(result: Result): string | null {
  if (result.triage.condition === 'healthy') return null;
  const service = quoted(result.triage.service);
  if (result.fix) {
    const isReady = result.fix.decision === 'open-pr' && result.fix.pullRequest === null;
    return isReady ? `incident fix --service ${service} --open-pr` : null;
  }
  if (!result.rootCause) return `incident investigate --service ${service}`;
  const isFixable = result.rootCause.verdict !== 'inconclusive' && result.rootCause.commit !== null;
  return isFixable ? `incident fix --service ${service}` : null;
}

/** A name as a shell takes it. */
function quoted(name: string): string {
  const plain = oneLine(name);
  return /^[\w@%+=:,./-]+$/.test(plain) ? plain : `'${plain.replace(/'/g, `'\\''`)}'`;
}
