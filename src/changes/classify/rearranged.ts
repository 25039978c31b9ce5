import type { FileChange, LineChange } from '#src/changes/classify/change-view.ts';
import type { Token } from '#src/changes/classify/lexer.ts';
import { definedName } from '#src/changes/classify/patterns.ts';
import type { SideLine } from '#src/changes/classify/side.ts';

const CONTROL =
  /^(?:if|else|elif|elsif|unless|for|foreach|while|until|loop|switch|case|when|match|try|catch|except|rescue|finally|ensure|throw|raise|await|async|yield|with|using|defer|go|lock|synchronized|new|in|not|and|or|is|instanceof|typeof|break|continue|guard)$/;
const OPERATOR =
  /^(?:[+\-*/%<>!&|^~?]|\/\/|\*\*|<=|>=|[=!]==?|&&|\|\||\?\?|\?\.|&\.|<<|>>|[+\-*/%|&]=|\.\.\.?)$/;
const DECLARES = /^(?:let|const|var|val|def|defp|func|fun|fn|function|auto)$/;
const ASSIGNS = /^(?:=|:=)$/;

/**
 * Whether a file's changes only write the same computation differently: a function taken out, a
 * variable put in its place or away. What is called, compared, computed and read is the same on
 * both sides, and so are the names that were not made up for it. SZZ has to look through these
 * (Neto et al., SANER 2018): who rearranged a line did not write it. Order is not looked at, so
 * this is a sign and no proof.
 */
export function isRearranged(file: FileChange): boolean {
  if (file.language.family !== 'code' || file.status === 'added' || file.lines.length < 2)
    return false;
  const changes = file.lines.filter(
    ({ kind, old, new: now }) =>
      kind !== 'moved' && kind !== 'reindented' && !(isTypeOnly(old) && isTypeOnly(now)),
  );
  const [old, now] = [linesOf(changes, 'old'), linesOf(changes, 'new')];
  if (old.length === 0 || now.length === 0 || old.length + now.length < 3) return false;
  if (changes.some(isSwapped)) return false;
  const made = new Set([...old, ...now].flatMap(namesMade));
  const [before, after] = [contentOf(old, made), contentOf(now, made)];
  return before.does !== '' && before.does === after.does && before.names === after.names;
}

/** A line that only the compiler reads; also one that is not there. */
function isTypeOnly(line: SideLine | null): boolean {
  return (
    line === null || /^\s*(?:export\s+)?(?:declare\s+)?type\s+\w+[^=]{0,80}=.*;\s*$/.test(line.bare)
  );
}

function linesOf(changes: readonly LineChange[], side: 'old' | 'new'): SideLine[] {
  return changes.flatMap((change) => change[side] ?? []);
}

/** The same tokens in another order: not a rearrangement but another computation. */
function isSwapped({ old, new: now }: LineChange): boolean {
  if (!old || !now || old.tokens.length !== now.tokens.length) return false;
  const sorted = (line: SideLine): string =>
    line.tokens
      .map(({ text }) => text)
      .sort()
      .join('\u0001');
  return sorted(old) === sorted(now);
}

/** Names that a line defines, declares, assigns or takes as parameters. */
function namesMade(line: SideLine): string[] {
  const { tokens } = line;
  // A head makes its parameters, too; the types in it are for the reader.
  if (definedName(line.bare) !== null)
    return tokens.filter(({ type }) => type === 'word').map(({ text }) => text);
  const found: string[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'word') continue;
    const [previous, next] = [tokens[index - 1]?.text ?? '', tokens[index + 1]?.text ?? ''];
    const isMember = /^(?:\.|->|::|\?\.)$/.test(previous);
    if (!isMember && (ASSIGNS.test(next) || DECLARES.test(previous))) found.push(token.text);
  }
  return found;
}

/** What lines do, and the plain names in them, each in an order of its own. */
function contentOf(
  lines: readonly SideLine[],
  made: ReadonlySet<string>,
): { does: string; names: string } {
  const does: string[] = [];
  const names = new Set<string>();
  for (const { tokens, bare } of lines) {
    if (definedName(bare) !== null) continue;
    for (const [index, token] of tokens.entries()) {
      const kind = kindOf(tokens, index, token, made);
      if (kind === 'does') does.push(`${token.type[0]}${token.text}`);
      else if (kind === 'name') names.add(token.text);
    }
  }
  return { does: does.sort().join('\u0001'), names: [...names].sort().join('\u0001') };
}

function kindOf(
  tokens: readonly Token[],
  index: number,
  { type, text }: Token,
  made: ReadonlySet<string>,
): 'does' | 'name' | null {
  if (type === 'operator') return OPERATOR.test(text) ? 'does' : null;
  if (type !== 'word') return 'does';
  if (made.has(text) || text === 'return' || DECLARES.test(text)) return null;
  if (CONTROL.test(text)) return 'does';
  const isCall = tokens[index + 1]?.text === '(';
  const isMember = /^(?:\.|->|::|\?\.)$/.test(tokens[index - 1]?.text ?? '');
  return isCall || isMember ? 'does' : 'name';
}
