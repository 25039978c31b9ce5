import { alignTokens } from '#src/changes/classify/alignment.ts';
import type { FileChange } from '#src/changes/classify/change-view.ts';
import { definedName } from '#src/changes/classify/patterns.ts';

/** Identifiers that a change renames throughout: old name → new name. */
export type Renames = ReadonlyMap<string, string>;

/**
 * Finds identifiers that a change gives another name everywhere it shows them, their definition
 * included, and that do not remain under the old one: renames in the sense of refactoring, which
 * SZZ must look through (Neto et al., SANER 2018).
 */
export function renamesOf(files: readonly FileChange[]): Renames {
  const code = files.filter(({ language }) => language.family === 'code');
  const defined = new Set<string>();
  const remaining = new Set<string>();
  for (const { before, after } of code.flatMap(({ hunks }) => hunks)) {
    for (const { text, type } of after.lines.flatMap(({ tokens }) => tokens)) {
      if (type === 'word') remaining.add(text);
    }
    for (const line of before.lines) if (line.isChanged) noteDefinition(line.bare, defined);
  }
  const renames = new Map<string, string>();
  for (const [old, { names, times }] of replacedWords(code)) {
    const [now] = names;
    // Once only is a definition that nothing shown uses, or a use of something else.
    if (names.size !== 1 || now === undefined || times < 2) continue;
    if (defined.has(old) && !remaining.has(old)) renames.set(old, now);
  }
  return renames;
}

/** Words of modified lines in whose place another one stands. */
function replacedWords(
  files: readonly FileChange[],
): Map<string, { names: Set<string>; times: number }> {
  const found = new Map<string, { names: Set<string>; times: number }>();
  for (const change of files.flatMap(({ lines }) => lines)) {
    if (change.kind !== 'modified' || !change.old || !change.new) continue;
    for (const run of alignTokens(change.old.tokens, change.new.tokens)) {
      const [old, now] = [run.before[0], run.after[0]];
      if (run.before.length !== 1 || run.after.length !== 1) continue;
      if (old?.type !== 'word' || now?.type !== 'word') continue;
      const known = found.get(old.text) ?? { names: new Set(), times: 0 };
      known.names.add(now.text);
      known.times++;
      found.set(old.text, known);
    }
  }
  return found;
}

/** Names that a line defines: a function, a variable, a parameter. */
function noteDefinition(bare: string, defined: Set<string>): void {
  const name = definedName(bare);
  if (name !== null) {
    defined.add(name);
    for (const match of bare.matchAll(
      /[(,]\s?(?:[\w<>[\].*&?]{1,40}\s)?([A-Za-z_$][\w$]{0,60})(?=\s?[,):=])/g,
    )) {
      if (match[1] !== undefined) defined.add(match[1]);
    }
  }
  const assigned =
    /^(?:(?:const|let|var|val|final|auto|static|private|public|readonly|mut|my|local|self\.|this\.|@|\$)\s?){0,4}(?:[\w<>[\].]{1,40}\s)?([A-Za-z_$][\w$]{0,60})\s?(?::[^=]{1,60})?(?::=|=)(?!=)/.exec(
      bare,
    );
  if (assigned?.[1] !== undefined) defined.add(assigned[1]);
  const looped =
    /^(?:for|foreach)\b\s?\(?\s?(?:(?:const|let|var|final|auto)\s)?(?:[\w<>]{1,40}\s)?([A-Za-z_$][\w$]{0,60})\s?(?:,\s?([A-Za-z_$][\w$]{0,60})\s?)?(?:in|of|:|:=)/.exec(
      bare,
    );
  for (const one of [looped?.[1], looped?.[2]]) if (one !== undefined) defined.add(one);
}

/** Whether a pair of words is a rename of the change's code. */
export function isCodeRenamed(renames: Renames, old: string, now: string): boolean {
  return renames.get(old) === now;
}
