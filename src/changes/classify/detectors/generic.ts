import { alignTokens, type TokenChange } from '#src/changes/classify/alignment.ts';
import type { FileChange, LineChange } from '#src/changes/classify/change-view.ts';
import {
  type Detector,
  type Finding,
  findingAt,
  findingOf,
} from '#src/changes/classify/finding.ts';
import type { Token } from '#src/changes/classify/lexer.ts';
import type { MechanismId } from '#src/changes/classify/mechanisms.ts';
import { DEFINITION, definedName } from '#src/changes/classify/patterns.ts';
import { isImport, isLogLine, isStructural } from '#src/changes/classify/quiet.ts';
import { isQuietChange } from '#src/changes/classify/quiet-change.ts';
import { type Renames, renamesOf } from '#src/changes/classify/renames.ts';
import { enclosing } from '#src/changes/classify/side.ts';

/** What a changed file of a role means where no line of it says more. */
const BY_ROLE: Partial<Record<FileChange['role'], readonly [MechanismId, number]>> = {
  config: ['setting-changed', 0.5],
  orchestration: ['setting-changed', 0.5],
  infra: ['setting-changed', 0.5],
  proxy: ['routing-changed', 0.5],
  container: ['setting-changed', 0.4],
  data: ['content-changed', 0.75],
  translation: ['content-changed', 0.25],
  generated: ['logic-changed', 0.3],
};

/** What is left when no narrower class fits: returns, arguments, names, new code. */
export const detectTheRest: Detector = function* ({ files }) {
  const renames = renamesOf(files);
  for (const file of files) {
    yield* fileFindings(file);
    if (file.language.family !== 'code' || file.role === 'manifest' || file.role === 'lock')
      continue;
    for (const change of file.lines) {
      if (isQuietChange(change, renames)) continue;
      if (change.kind === 'modified') yield* modifiedFindings(change, renames);
      else if (change.kind === 'added') yield* addedFindings(change);
      else if (change.kind === 'removed' && change.old && isImport(change.old)) {
        yield findingAt('import-changed', 0.3, change);
      }
    }
  }
};

function* fileFindings(file: FileChange): Generator<Finding> {
  const [first] = file.lines;
  const at = (mechanism: MechanismId, weight: number): Finding =>
    findingOf(mechanism, weight, file, first?.old ?? null, first?.new ?? null);
  if (file.modeChanged) yield at('command-changed', 0.5);
  if (file.isBinary) {
    yield at('content-changed', file.role === 'asset' ? 0.15 : 0.6);
    return;
  }
  if (file.status === 'renamed' && file.lines.length === 0 && file.role === 'source') {
    yield at('import-changed', 0.35);
  }
  const plain = BY_ROLE[file.role];
  if (plain && file.lines.length > 0 && file.language.family !== 'code') yield at(...plain);
  const isText = file.language.family === 'prose' || file.language.family === 'markup';
  if (isText && file.lines.length > 0 && file.role !== 'data') {
    yield at('content-changed', file.language.family === 'markup' ? 0.35 : 0.5);
  }
}

function* modifiedFindings(change: LineChange, renames: Renames): Generator<Finding> {
  const { old, new: now } = change;
  if (!old || !now) return;
  if (isImport(now)) {
    yield findingAt('import-changed', 0.5, change);
    return;
  }
  if (isLogLine(now) && isLogLine(old)) return;
  if (isSwap(old.tokens, now.tokens)) {
    yield findingAt('argument-changed', 0.85, change);
    return;
  }
  const runs = alignTokens(old.tokens, now.tokens).filter((run) => !isRename(run, renames));
  for (const run of runs.slice(0, 4)) {
    const isCallee = now.tokens[run.newIndex + run.after.length]?.text === '(';
    const isWord =
      run.before.length === 1 && run.after.length === 1 && run.after[0]?.type === 'word';
    if (isWord)
      yield findingAt(
        isCallee || !inCall(now.tokens, run.newIndex) ? 'name-changed' : 'argument-changed',
        0.55,
        change,
      );
    else if (inCall(now.tokens, run.newIndex)) yield findingAt('argument-changed', 0.45, change);
    else yield findingAt('logic-changed', 0.45, change);
  }
  if (/^return\b/.test(now.bare) && runs.length > 0)
    yield findingAt('return-changed', 0.55, change);
}

function isRename(run: TokenChange, renames: Renames): boolean {
  const [before, after] = [run.before[0], run.after[0]];
  return (
    run.before.length === 1 &&
    run.after.length === 1 &&
    renames.get(before?.text ?? '') === after?.text
  );
}

/** The same tokens in another order: `f(a, b)` became `f(b, a)`. */
function isSwap(old: readonly Token[], now: readonly Token[]): boolean {
  if (old.length !== now.length) return false;
  const sorted = (tokens: readonly Token[]): string =>
    tokens
      .map(({ text }) => text)
      .sort()
      .join('\u0001');
  return sorted(old) === sorted(now) && old.some(({ text }) => text === '(');
}

function inCall(tokens: readonly Token[], index: number): boolean {
  let depth = 0;
  for (let i = index - 1; i >= 0; i--) {
    const text = tokens[i]?.text;
    if (text === ')') depth++;
    else if (text === '(' && depth-- === 0) return tokens[i - 1]?.type === 'word';
  }
  return false;
}

function* addedFindings(change: LineChange): Generator<Finding> {
  const { new: now, file, hunk } = change;
  if (!now || isLogLine(now) || isStructural(change)) return;
  if (isImport(now)) {
    yield findingAt('import-changed', 0.2, change);
    return;
  }
  const holders = enclosing(hunk.after, now.index);
  const owner = holders.find(({ bare }) => DEFINITION.test(bare) || definedName(bare) !== null);
  const isNew =
    file.status === 'added' ||
    definedName(now.bare) !== null ||
    (owner?.isChanged === true && file.changeOf.get(owner)?.kind === 'added');
  yield findingAt(isNew ? 'code-added' : 'feature-added', 0.5, change);
}
