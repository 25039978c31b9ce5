/**
 * Patterns as in CODEOWNERS and .gitignore: `*` and `?` stay within a name, `**` spans folders, a
 * slash at the beginning or inside ties the pattern to the root, one at the end asks for a folder,
 * and what matches a folder matches all that is in it. Time is the product of both lengths.
 */
export function matchesPattern(pattern: string, path: string): boolean {
  const isFolder = pattern.endsWith('/');
  const plain = pattern.replace(/^\/|\/$/g, '');
  if (plain === '') return false;
  const isTied = pattern.startsWith('/') || plain.includes('/');
  const wanted = isTied ? plain.split('/') : ['**', plain];
  const names = path.split('/');
  // A pattern of `dir/*` means the files right in it.
  const isDeep = wanted.at(-1) !== '*' || !isTied;
  return namesMatch(wanted, names, isFolder, isDeep);
}

/** Whether any of the patterns matches. */
export function matchesAny(patterns: readonly string[], path: string): boolean {
  return patterns.some((pattern) => matchesPattern(pattern, path));
}

function namesMatch(
  wanted: readonly string[],
  names: readonly string[],
  isFolder: boolean,
  isDeep: boolean,
): boolean {
  // reached[i]: the first i parts of the pattern match the names read so far.
  let reached = start(wanted);
  for (let at = 0; at < names.length; at++) {
    const next: boolean[] = [false];
    for (let i = 1; i <= wanted.length; i++) {
      const part = wanted[i - 1] ?? '';
      next[i] =
        part === '**'
          ? reached[i] === true || next[i - 1] === true || reached[i - 1] === true
          : reached[i - 1] === true && nameMatches(part, names[at] ?? '');
    }
    const isLast = at === names.length - 1;
    if (next[wanted.length] && (isLast ? !isFolder || wanted.at(-1) === '**' : isDeep)) return true;
    reached = next;
  }
  return false;
}

function start(wanted: readonly string[]): boolean[] {
  const reached = [true];
  for (let i = 1; i <= wanted.length; i++)
    reached[i] = reached[i - 1] === true && wanted[i - 1] === '**';
  return reached;
}

/** `*` and `?` in one name; remembers one star, which is enough (greedy matching). */
function nameMatches(pattern: string, name: string): boolean {
  let p = 0;
  let n = 0;
  let star = -1;
  let mark = 0;
  while (n < name.length) {
    if (pattern[p] === '*') {
      star = p++;
      mark = n;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === name[n])) {
      p++;
      n++;
    } else if (star >= 0) {
      p = star + 1;
      n = ++mark;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
