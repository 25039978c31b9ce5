/**
 * Reads a path as it stands behind `---`, `+++` or in `rename from`: quoted or not, with a time
 * behind a tab, with or without git's `a/` and `b/` (or its mnemonic `i/`, `w/`, `c/`, `o/`).
 * @returns null for `/dev/null`
 */
export function plainPath(text: string, hasPrefix = true): string | null {
  const trimmed = text.replace(/\r$/, '');
  const path = trimmed.startsWith('"')
    ? unquote(trimmed)
    : (trimmed.split('\t', 1)[0] ?? '').trimEnd();
  if (path === '/dev/null' || path === '') return null;
  return hasPrefix ? withoutPrefix(path) : path;
}

/** The two paths of `diff --git a/x b/y` (or the one of `diff --cc x`). Names with blanks are guessed by halves. */
export function headerPaths(line: string): [string | null, string | null] {
  const combined = /^diff --(?:cc|combined) (.*)$/.exec(line);
  if (combined) {
    const path = plainPath(combined[1] ?? '', false);
    return [path, path];
  }
  const rest = line.slice('diff --git '.length);
  if (rest.startsWith('"')) {
    const end = closingQuote(rest);
    return [plainPath(rest.slice(0, end + 1)), plainPath(rest.slice(end + 2))];
  }
  const half = (rest.length - 1) / 2;
  const [left, right] = [rest.slice(0, half), rest.slice(half + 1)];
  if (
    Number.isInteger(half) &&
    rest[half] === ' ' &&
    withoutPrefix(left) === withoutPrefix(right)
  ) {
    return [plainPath(left), plainPath(right)];
  }
  const split = rest.search(/ "?(?:[bwio]\/)/);
  const at = split < 0 ? rest.indexOf(' ') : split;
  return at < 0
    ? [plainPath(rest), plainPath(rest)]
    : [plainPath(rest.slice(0, at)), plainPath(rest.slice(at + 1))];
}

function withoutPrefix(path: string): string {
  return path.replace(/^[abciow]\//, '');
}

function closingQuote(text: string): number {
  for (let i = 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i;
  }
  return text.length;
}

const ESCAPES: Record<string, number> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };

/** Undoes C quoting as git does it: bytes beyond ASCII are three octal digits each. */
function unquote(text: string): string {
  const bytes: number[] = [];
  const end = closingQuote(text);
  for (let i = 1; i < end; i++) {
    const octal =
      text[i] === '\\' ? /^[0-3][0-7]{2}/.exec(text.slice(i + 1, i + 4))?.[0] : undefined;
    if (octal !== undefined) {
      bytes.push(Number.parseInt(octal, 8));
      i += 3;
    } else if (text[i] === '\\') {
      const next = text[++i] ?? '';
      bytes.push(ESCAPES[next] ?? next.charCodeAt(0));
    } else {
      const character = String.fromCodePoint(text.codePointAt(i) ?? 0);
      bytes.push(...Buffer.from(character));
      i += character.length - 1;
    }
  }
  return Buffer.from(bytes).toString('utf8');
}
