import { alignTokens } from '#src/changes/classify/alignment.ts';
import type { LineChange } from '#src/changes/classify/change-view.ts';
import { type Detector, type Finding, findingAt } from '#src/changes/classify/finding.ts';
import { quietReason } from '#src/changes/classify/quiet.ts';

const OPERATOR = /^(?:[+\-*/%^|&]|\/\/|\*\*|<<|>>|>>>|\+=|-=|\*=|\/=|%=|div|mod|rem)$/;
const DIVISION = /(?:[\w)\]]\s?(?:\/|%|\/\/)=?\s?[A-Za-z_(])/g;

/** Numbers computed differently: Di Franco, Guo, Rubio-González (ASE 2017). */
export const detectArithmetic: Detector = function* ({ files }) {
  for (const file of files) {
    if (file.language.family !== 'code') continue;
    for (const change of file.lines) {
      if (change.kind === 'moved' || change.kind === 'reindented' || !change.new) continue;
      if (change.old && quietReason(change.old, change.new, file)) continue;
      yield* arithmeticFindings(change);
    }
  }
};

function* arithmeticFindings(change: LineChange): Generator<Finding> {
  const { old, new: now } = change;
  if (!now) return;
  const divisions = (now.bare.match(DIVISION) ?? []).length;
  const before = (old?.bare.match(DIVISION) ?? []).length;
  const isPath = /\bPath\b|\bpath\b|\bdir\b|\bfolder\b|BASE_DIR|URI|url/i.test(now.bare);
  if (change.file.status !== 'added' && divisions > before && !isPath) {
    yield findingAt(
      'division-unguarded',
      /\bif\b|\?|\bmax\(|Math\.max|\|\|/.test(now.bare) ? 0.25 : 0.6,
      change,
    );
  }
  if (!old) return;
  for (const run of alignTokens(old.tokens, now.tokens)) {
    const [from, to] = [run.before, run.after];
    const operators = [...from, ...to].filter(
      ({ type, text }) => type !== 'string' && OPERATOR.test(text),
    );
    const swapped =
      from.length === 1 &&
      to.length === 1 &&
      OPERATOR.test(from[0]?.text ?? '') &&
      OPERATOR.test(to[0]?.text ?? '');
    if (swapped) yield findingAt('arithmetic-changed', 0.9, change);
    else if (
      operators.length > 0 &&
      (from.length === 0 || to.length === 0) &&
      isTerm(from.length === 0 ? to : from) &&
      !isPath
    ) {
      yield findingAt('arithmetic-changed', 0.65, change);
    }
  }
}

/** `* factor`, `- offset`: an operator with what it works on, and no text concatenation. */
function isTerm(run: readonly { type: string; text: string }[]): boolean {
  if (run.some(({ type }) => type === 'string')) return false;
  const ends = [run[0], run.at(-1)];
  return (
    run.length >= 2 &&
    ends.some((token) => OPERATOR.test(token?.text ?? '')) &&
    !run.some(({ text }) => /^[{}=;]$/.test(text))
  );
}
