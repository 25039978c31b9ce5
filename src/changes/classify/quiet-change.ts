import { alignTokens } from '#src/changes/classify/alignment.ts';
import type { LineChange } from '#src/changes/classify/change-view.ts';
import { isDevelopmentOnly, isOwnVersion } from '#src/changes/classify/detectors/dependencies.ts';
import { importKey } from '#src/changes/classify/file-facts.ts';
import { definedName, isInLoop, LOG_CALL } from '#src/changes/classify/patterns.ts';
import { isImport, isLogLine, isStructural, quietReason } from '#src/changes/classify/quiet.ts';
import type { Renames } from '#src/changes/classify/renames.ts';
import { settingOf } from '#src/changes/classify/setting.ts';
import {
  enclosing,
  isReordered,
  meaningOf,
  type Side,
  type SideLine,
} from '#src/changes/classify/side.ts';

/** {@link quietChange} as a question. */
export function isQuietChange(change: LineChange, renames: Renames): boolean {
  return quietChange(change, renames) !== null;
}

/** Why a line change alters nothing; `''` for lines that only go with others; null when it may. */
export function quietChange(change: LineChange, renames: Renames): string | null {
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
  const { newNames, moved } = change.file.facts;
  if (newNames.size === 0 || moved < 2) return false;
  const had = new Set(old.tokens.map(({ text }) => text));
  const fresh = now.tokens.filter(
    ({ type, text }) => type !== 'operator' && !had.has(text) && text !== 'return',
  );
  return fresh.every(({ text }) => newNames.has(text));
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
  if (file.language.family !== 'code') return reorderedReason(change, old, now);
  if (isInLoop(change.hunk.after, now) !== isInLoop(from.hunk.before, old)) return null;
  const before = ownerOf(from.hunk.before, old);
  const after = ownerOf(change.hunk.after, now);
  // A whole function that stands elsewhere, a part of one that became a function, or one that was dissolved.
  const isWhole = after !== null && before === after && file.facts.movedNames.has(after);
  const isExtraction = after !== null && file.facts.newNames.has(after);
  const isInlining = before !== null && from.file.facts.goneNames.has(before);
  if (isWhole || ((isExtraction || isInlining) && now.indent > 0 === old.indent > 0)) {
    return 'only moves code';
  }
  const stays = from.hunk === change.hunk && sameHolders(change);
  return stays && !isReordered(change.hunk, old, now) ? 'only moves code' : null;
}

/** The function that a line is in, or begins. */
function ownerOf(side: Side, line: SideLine): string | null {
  const own = definedName(line.bare);
  if (own !== null) return own;
  for (const { bare } of enclosing(side, line.index)) {
    const name = definedName(bare);
    if (name !== null) return name;
  }
  return null;
}

/** Formats in which the order of keys means nothing. Lists, routes and build steps are read in order. */
const UNORDERED = new Set(['yaml', 'json', 'toml', 'ini', 'properties', 'env']);

function reorderedReason(change: LineChange, old: SideLine, now: SideLine): string | null {
  const { language, role } = change.file;
  if (!UNORDERED.has(language.id) || role === 'proxy' || /^\s*-/.test(now.text)) return null;
  const before = change.from ? settingOf(change.from.hunk.before, old, change.file) : null;
  const after = settingOf(change.hunk.after, now, change.file);
  const isThere = before !== null && after?.parents.join() === before.parents.join();
  return isThere && old.indent === now.indent ? 'only the order of entries changes' : null;
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
  const { facts } = change.file;
  const other = change.kind === 'added' ? facts.oldImports : facts.newImports;
  if (other.has(importKey(line))) return 'only imports are rearranged';
  // What a moved or extracted piece of code needs comes with it.
  return facts.moved > 0 ? '' : null;
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
  const { moved, newNames, goneNames } = change.file.facts;
  if (moved < 2) return null;
  if (definedName(line.bare) !== null) return 'only moves code';
  const words = line.tokens.filter(({ type }) => type === 'word').map(({ text }) => text);
  const callsIt = words.some((word) => newNames.has(word) || goneNames.has(word));
  return callsIt || /^return\s[\w.]{1,60};?$/.test(line.bare) ? 'only moves code' : null;
}
