/** The lines of a function, 1-based, both ends included. */
export type Extent = { from: number; to: number };

const REACH_UP = 400;
const REACH_DOWN = 600;

/**
 * The lines of the function `name` around a line, found by its form: a definition of that name above
 * the line whose body, by braces or indentation, holds the line. It reads no grammar, so that it
 * works for every language. @returns null when there is no such definition
 */
export function functionAround(
  lines: readonly string[],
  line: number,
  name: string,
): Extent | null {
  for (let at = Math.min(line, lines.length); at >= Math.max(1, line - REACH_UP); at -= 1) {
    if (!isDefinition(lines[at - 1] ?? '', name)) continue;
    const to = endOf(lines, at);
    if (to >= line) return { from: at, to };
  }
  return null;
}

/** The definition of a function anywhere in a file; null when there is none or more than one. */
export function definitionOf(lines: readonly string[], name: string): Extent | null {
  let found: Extent | null = null;
  for (const [at, text] of lines.entries()) {
    if (!isDefinition(text, name)) continue;
    if (found) return null;
    found = { from: at + 1, to: endOf(lines, at + 1) };
  }
  return found;
}

const KEYWORD =
  /\b(?:def|defp|defmacro|func|function|fn|fun|sub|proc|class|struct|object|interface|trait|impl|module|constructor|init)\b/;
const CONTROL =
  /^\s*(?:return|if|else|for|while|switch|case|catch|throw|raise|await|yield|print|new|delete|assert|elif|unless|until|when|do|try|with|in|not)\b/;

function isDefinition(text: string, name: string): boolean {
  const at = wordIndex(text, name);
  if (at < 0 || text.length > 2000) return false;
  const before = text.slice(0, at);
  const after = text.slice(at + name.length);
  if (KEYWORD.test(before) && !/["'`]/.test(before)) return true;
  if (/^\s*[=:]\s*(?:async\s+)?(?:function\b|\(|[\w$]{1,80}\s*=>|<)/.test(after)) return true;
  // A method without a keyword: its name is called with parameters and a body follows.
  if (!/^\s*(?:<[^>]{0,200}>)?\(/.test(after) || CONTROL.test(text)) return false;
  if (/[=.!&|+?]\s*$|\(\s*$|,\s*$/.test(before)) return false;
  return (
    !/;\s*$/.test(after) &&
    (/[{(,]\s*$/.test(after) ||
      /\)\s*(?::[^=]{0,200}|throws .{0,200}|->.{0,200}|=>?.{0,500})?$/.test(after) ||
      /\{.{0,1000}\}\s*$/.test(after))
  );
}

function wordIndex(text: string, name: string): number {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const isStart = at === 0 || !/[\p{L}\p{N}_$]/u.test(text[at - 1] ?? '');
    const next = text[at + name.length] ?? '';
    if (isStart && !/[\p{L}\p{N}_$]/u.test(next)) return at;
  }
  return -1;
}

/** The last line of the block that begins on a line. */
function endOf(lines: readonly string[], from: number): number {
  const last = Math.min(lines.length, from + REACH_DOWN);
  const byBraces = endByBraces(lines, from, last);
  return byBraces ?? endByIndentation(lines, from, last);
}

/** @returns null where no brace opens on the first lines of the definition */
function endByBraces(lines: readonly string[], from: number, last: number): number | null {
  let depth = 0;
  let isOpen = false;
  for (let at = from; at <= last; at += 1) {
    const code = withoutStrings(lines[at - 1] ?? '');
    for (const char of code) {
      if (char === '{') {
        depth += 1;
        isOpen = true;
      } else if (char === '}') depth -= 1;
    }
    if (isOpen && depth <= 0) return at;
    if (!isOpen && (at - from > 12 || /:\s*$|\bdo\s*$|;\s*$/.test(code))) return null;
  }
  return isOpen ? last : null;
}

function endByIndentation(lines: readonly string[], from: number, last: number): number {
  const indent = indentOf(lines[from - 1] ?? '');
  let end = from;
  for (let at = from + 1; at <= last; at += 1) {
    const text = lines[at - 1] ?? '';
    if (text.trim() === '') continue;
    if (indentOf(text) <= indent) return /^\s*(?:end|\)|\}|\])/.test(text) ? at : end;
    end = at;
  }
  return end;
}

const indentOf = (text: string) => text.length - text.trimStart().length;

/** Code without the contents of its strings and line comments, so that their braces do not count. */
function withoutStrings(text: string): string {
  return text
    .slice(0, 2000)
    .replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/g, '""')
    .replace(/\/\/.*$|(?:^|\s)#.*$/, '');
}

const NAMED =
  /\b(?:function\*?|def|defp|func|fn|fun|sub)\s+(?:\([^)]{0,200}\)\s*)?([\p{L}_$][\p{L}\p{N}_$]*)|\b(?:const|let|var|val)\s+([\p{L}_$][\p{L}\p{N}_$]*)\s*(?::[^=]{0,200})?=\s*(?:async\s*)?(?:\(|function\b|[\p{L}_$][\p{L}\p{N}_$]*\s*=>)|^\s*(?:(?:public|private|protected|static|async|override|export|final|internal|\*)\s+){0,6}([\p{L}_$][\p{L}\p{N}_$]*)\s*\([^;]{0,400}\{\s*$/u;

/** The name of the innermost function that holds a line, where its definition can be recognised. */
export function enclosingFunction(lines: readonly string[], line: number): string | null {
  for (let at = Math.min(line, lines.length); at >= Math.max(1, line - REACH_UP); at -= 1) {
    const text = (lines[at - 1] ?? '').slice(0, 600);
    const match = CONTROL.test(text) ? null : NAMED.exec(text);
    const name = match?.[1] ?? match?.[2] ?? match?.[3];
    if (name && endOf(lines, at) >= line) return name;
  }
  return null;
}
