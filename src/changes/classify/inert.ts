import { alignTokens } from '#src/changes/classify/alignment.ts';
import type { ChangeView, FileChange, LineChange } from '#src/changes/classify/change-view.ts';
import { isDevelopmentOnly, isOwnVersion } from '#src/changes/classify/detectors/dependencies.ts';
import { definedName, isInLoop, LOG_CALL } from '#src/changes/classify/patterns.ts';
import { isImport, isLogLine, isStructural, quietReason } from '#src/changes/classify/quiet.ts';
import { type Renames, renamesOf } from '#src/changes/classify/renames.ts';
import { type FileRole, INERT_ROLES } from '#src/changes/classify/role.ts';
import { settingOf } from '#src/changes/classify/setting.ts';
import { enclosing, isReordered, meaningOf, type SideLine } from '#src/changes/classify/side.ts';
import { valueChangesOf } from '#src/changes/classify/value-change.ts';

const ROLE_REASONS: Partial<Record<FileRole, string>> = {
  test: 'only tests change',
  docs: 'only documentation changes',
  ci: 'only the build pipeline changes',
  tooling: 'only development tooling changes',
  dashboard: 'only dashboards or alerts change',
};

/**
 * Why a change cannot alter what a service does, or null when it may. SZZ has to look through
 * comments, layout, renames and moves in the same way (Kim et al., ASE 2006; Neto et al., SANER 2018).
 */
export function noOpReason(view: ChangeView): string | null {
  if (view.files.length === 0) return null;
  const renames = renamesOf(view.files);
  const reasons = new Set<string>();
  for (const file of view.files) {
    const reason = inertReason(file, renames, view.files);
    if (reason === null) return null;
    reasons.add(reason);
  }
  const [first, ...rest] = [...reasons].sort();
  return [first, ...rest.map((reason) => reason.replace(/^only /, ''))].slice(0, 3).join('; ');
}

function inertReason(
  file: FileChange,
  renames: Renames,
  files: readonly FileChange[],
): string | null {
  const byRole = roleReason(file.path, file.role);
  if (byRole) return byRole;
  if (file.isBinary || file.modeChanged || file.status === 'deleted') return null;
  if (file.lines.length === 0) {
    if (file.commentLines > 0) return 'only comments or layout change';
    return file.status === 'renamed' && importsFollow(file, files) ? 'only moves files' : null;
  }
  const sameAmounts = new Set(
    valueChangesOf(file)
      .values.filter((value) => value.isSameAmount)
      .map((value) => value.new),
  );
  let reason: string | null = null;
  for (const change of file.lines) {
    const quiet =
      sameAmounts.has(change.new) && change.kind === 'modified'
        ? 'only writes the same value differently'
        : quietChange(change, renames);
    if (quiet === null) return null;
    if (quiet !== '') reason ??= quiet;
  }
  return reason ?? 'only comments or layout change';
}

/** Whether a file's role alone keeps it from running. Style sheets and pictures reach browsers only. */
export function roleReason(path: string, role: FileRole): string | null {
  if (INERT_ROLES.has(role)) return ROLE_REASONS[role] ?? null;
  if (
    role === 'asset' &&
    /\.(?:css|scss|sass|less|styl|png|jpe?g|gif|svg|ico|webp|avif|woff2?|ttf|eot|otf|pdf)$/i.test(
      path,
    )
  ) {
    return 'only styles or pictures change';
  }
  return null;
}

function importsFollow(file: FileChange, files: readonly FileChange[]): boolean {
  const name = (file.path.split('/').at(-1) ?? '').replace(/\.\w+$/, '');
  return files.some((other) =>
    other.lines.some(({ new: now }) => now && isImport(now) && now.text.includes(name)),
  );
}

/** {@link quietChange} as a question. */
export function isQuietChange(change: LineChange, renames: Renames): boolean {
  return quietChange(change, renames) !== null;
}

/** Why a line change alters nothing; `''` for lines that only go with others; null when it may. */
function quietChange(change: LineChange, renames: Renames): string | null {
  const { old, new: now, file } = change;
  if (isOwnVersion(change)) return 'only its own version number changes';
  if ((file.role === 'manifest' || file.role === 'lock') && isDevelopmentOnly(change)) {
    return 'only development dependencies change';
  }
  switch (change.kind) {
    case 'modified':
      if (!old || !now || isLouderLog(old, now)) return null;
      if (isSameSetting(change, old, now)) return 'only comments or layout change';
      if (isExtracted(change, old, now)) return 'only moves code';
      return (
        quietReason(old, now, file) ??
        (isRenamedOnly(old, now, renames) ? 'only renames identifiers' : null)
      );
    case 'reindented':
      return sameHolders(change) ? 'only comments or layout change' : null;
    case 'moved':
      return movedReason(change);
    default:
      return loneReason(change);
  }
}

/** The same key and value, quoted or spaced differently. */
function isSameSetting(change: LineChange, old: SideLine, now: SideLine): boolean {
  if (change.file.language.family !== 'config') return false;
  const before = settingOf(change.hunk.before, old, change.file);
  const after = settingOf(change.hunk.after, now, change.file);
  if (!before || !after) return false;
  return (
    before.key === after.key &&
    before.value === after.value &&
    before.parents.join() === after.parents.join()
  );
}

/** An expression of which a part became a function of the same change. */
function isExtracted(change: LineChange, old: SideLine, now: SideLine): boolean {
  const names = newFunctions(change.file);
  if (names.length === 0 || change.file.lines.filter(({ kind }) => kind === 'moved').length < 2)
    return false;
  const had = new Set(old.tokens.map(({ text }) => text));
  const fresh = now.tokens.filter(
    ({ type, text }) => type !== 'operator' && !had.has(text) && text !== 'return',
  );
  return fresh.every(({ text }) => names.includes(text));
}

function newFunctions(file: FileChange): string[] {
  return file.lines.flatMap(({ kind, new: line }) => {
    const name = line && kind === 'added' ? definedName(line.bare) : null;
    return name === null ? [] : [name];
  });
}

function isLouderLog(old: SideLine, now: SideLine): boolean {
  const isQuiet = /[.!:](?:debug|trace|verbose|fine)/i;
  return LOG_CALL.test(now.bare) && isQuiet.test(old.bare) && !isQuiet.test(now.bare);
}

function isRenamedOnly(old: SideLine, now: SideLine, renames: Renames): boolean {
  const runs = alignTokens(old.tokens, now.tokens);
  return runs.every(
    ({ before, after }) =>
      before.length === 1 &&
      after.length === 1 &&
      renames.get(before[0]?.text ?? '') === after[0]?.text,
  );
}

function sameHolders(change: LineChange): boolean {
  if (!change.old || !change.new) return false;
  const before = enclosing(change.hunk.before, change.old.index).map(meaningOf);
  const after = enclosing(change.hunk.after, change.new.index).map(meaningOf);
  return before.length === after.length && before.every((line, index) => line === after[index]);
}

function movedReason(change: LineChange): string | null {
  const { old, new: now, from, file } = change;
  if (!old || !now || !from) return null;
  if (isImport(now)) return 'only imports are rearranged';
  if (file.language.family !== 'code')
    return file.language.isIndented && old.indent !== now.indent
      ? null
      : 'only the order of entries changes';
  const owner = (lines: readonly SideLine[]): string | null =>
    lines.map(({ bare }) => definedName(bare)).find((name) => name !== null) ?? null;
  const before = owner(enclosing(from.hunk.before, old.index)) ?? definedName(old.bare);
  const after = owner(enclosing(change.hunk.after, now.index)) ?? definedName(now.bare);
  const movesWhole = file.lines.some(
    (one) => one.kind === 'moved' && one.new !== null && definedName(one.new.bare) !== null,
  );
  // A whole function that stands elsewhere, or a part of one that became a function.
  if (now.indent > 0 !== old.indent > 0 && !movesWhole) return null;
  if (movesWhole || before !== after || from.file !== file)
    return isInLoop(change.hunk.after, now) === isInLoop(from.hunk.before, old)
      ? 'only moves code'
      : null;
  return from.hunk === change.hunk && sameHolders(change) && !isReordered(change.hunk, old, now)
    ? 'only moves code'
    : null;
}

const ANNOTATION =
  /^(?:@(?:Override|Deprecated|SuppressWarnings|Generated|FunctionalInterface|SafeVarargs|Nullable|NonNull|Nonnull|VisibleForTesting|JvmStatic|JvmOverloads|ApiOperation|ApiResponse|ApiResponses|ApiModelProperty|ApiProperty|ApiTags|Operation|Schema|Tag|Parameter|typing\.\w{1,30}|override|final|overload|staticmethod_doc|doc|moduledoc|spec|typedoc|type)\b|#!?\[(?:allow|warn|deny|must_use|doc|derive\(Debug\)|inline)\b|\[(?:Obsolete|SuppressMessage|SwaggerOperation|ProducesResponseType)\b)/;

function loneReason(change: LineChange): string | null {
  const line = change.new ?? change.old;
  if (!line) return null;
  if (change.file.language.family === 'code' && isStructural(change)) return '';
  if (change.file.language.family !== 'code') return null;
  if (ANNOTATION.test(line.bare)) return 'only annotations change';
  if (isTypeOnly(change, line)) return 'only type annotations change';
  if (isImport(line)) return importReason(change);
  if (isLogLine(line)) {
    if (change.kind === 'removed') return 'only log text changes';
    const calls = line.tokens.filter(({ text }) => text === '(').length;
    return calls <= 1 && !isInLoop(change.hunk.after, line) ? 'only adds log lines' : null;
  }
  return extractedReason(change, line);
}

/** An import of something that the other side imported as well. */
function importReason(change: LineChange): string | null {
  const line = change.new ?? change.old;
  if (!line) return null;
  const names = (one: SideLine): string =>
    one.tokens
      .map(({ text }) => text)
      .filter((text) => /\w/.test(text))
      .sort()
      .join(' ');
  const wanted = names(line);
  const isThere = change.file.lines.some(
    (other) =>
      other !== change &&
      other.kind !== change.kind &&
      [other.old, other.new].some((one) => one && isImport(one) && names(one) === wanted),
  );
  if (isThere) return 'only imports are rearranged';
  // What a moved or extracted piece of code needs comes with it.
  return change.file.lines.some((other) => other.kind === 'moved') ? '' : null;
}

/** Declarations that exist for the type checker only. */
function isTypeOnly(change: LineChange, line: SideLine): boolean {
  if (!/^(?:typescript|python)$/.test(change.file.language.id)) return false;
  if (
    /^(?:export\s)?(?:declare\s)?(?:interface|type)\s\w/.test(line.bare) ||
    /^import type\b|^from __future__|^from typing\b|^import typing\b/.test(line.bare)
  )
    return true;
  const side = change.new ? change.hunk.after : change.hunk.before;
  return (
    change.file.language.id === 'typescript' &&
    enclosing(side, line.index).some(({ bare }) =>
      /^(?:export\s)?(?:declare\s)?(?:interface\s\w|type\s\w{1,60}\s?=)/.test(bare),
    )
  );
}

/** The head and the tail of a function that moved lines became, and the call in their place. */
function extractedReason(change: LineChange, line: SideLine): string | null {
  const { file } = change;
  const moved = file.lines.filter((other) => other.kind === 'moved').length;
  if (moved < 2) return null;
  const name = definedName(line.bare);
  if (name !== null) return 'only moves code';
  const names = file.lines.flatMap((other) => {
    const found = other.new ? definedName(other.new.bare) : null;
    const gone = other.old ? definedName(other.old.bare) : null;
    return [found, gone].filter((one) => one !== null);
  });
  const callsIt = names.some((one) => line.bare.includes(`${one}(`) || line.bare.endsWith(one));
  return callsIt || /^return\s[\w.]{1,60};?$/.test(line.bare) ? 'only moves code' : null;
}
