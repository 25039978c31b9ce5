/**
 * How a backtracking engine may fare with a pattern: 2 for exponential (`(a+)+`, `(a|a)*`), 1 for
 * a polynomial of notable degree (`.*.*x`, `\s+$` behind `\s*`), 0 otherwise. An approximation in
 * the spirit of the ambiguity checks of Davis et al. (FSE 2018) and Weideman et al. (CIAA 2016);
 * reads the pattern once.
 */
export function regexCost(pattern: string): 0 | 1 | 2 {
  const groups: Group[] = [emptyGroup()];
  let cost: 0 | 1 | 2 = 0;
  for (const piece of piecesOf(pattern.slice(0, 400))) {
    const group = groups.at(-1);
    const parent = groups.at(-2);
    if (!group) return cost;
    if (piece.kind === 'open') groups.push(emptyGroup());
    else if (piece.kind === 'or') {
      group.branches.push('');
      group.lastUnbounded = '';
    } else if (piece.kind === 'atom') {
      if (addAtom(group, piece)) cost = 1;
    } else if (parent) {
      groups.pop();
      if (piece.isRepeated && isAmbiguous(group)) return 2;
      if (addGroup(parent, group, piece.isRepeated)) cost = 1;
    }
  }
  return cost;
}

type Piece = {
  kind: 'atom' | 'open' | 'close' | 'or';
  text: string;
  isRepeated: boolean;
  isOptional: boolean;
};

/** Atoms, brackets and bars of a pattern, each with its quantifier. */
function* piecesOf(text: string): Generator<Piece> {
  for (let i = 0; i < text.length; ) {
    const end = atomEnd(text, i);
    const atom = text.slice(i, end);
    const kind = atom === '(' ? 'open' : atom === ')' ? 'close' : atom === '|' ? 'or' : 'atom';
    if (kind === 'open' || kind === 'or') {
      yield { kind, text: atom, isRepeated: false, isOptional: false };
      i = end;
      continue;
    }
    const { next, ...quantifier } = quantifierAt(text, end);
    yield { kind, text: atom, ...quantifier };
    i = next;
  }
}

function atomEnd(text: string, at: number): number {
  if (text[at] === '\\') return Math.min(at + 2, text.length);
  return text[at] === '[' ? classEnd(text, at) + 1 : at + 1;
}

/** @returns whether two repetitions that follow each other can match the same text */
function addAtom(group: Group, piece: Piece): boolean {
  const branch = group.branches.length - 1;
  group.branches[branch] = (group.branches[branch] ?? '') + piece.text;
  const meets = overlaps(group.lastUnbounded, piece.text);
  if (piece.isRepeated) {
    group.hasUnbounded = true;
    group.lastUnbounded = piece.text;
    if (group.firstUnbounded === '') group.firstUnbounded = piece.text;
    return meets;
  }
  if (!piece.isOptional) {
    group.hasOther = true;
    // A character that the repetition before cannot eat keeps the two apart.
    if (!meets) group.lastUnbounded = '';
  }
  return false;
}

/** {@link addAtom} for a group that closes. */
function addGroup(parent: Group, group: Group, isRepeated: boolean): boolean {
  const meets = group.hasUnbounded && overlaps(parent.lastUnbounded, group.firstUnbounded);
  parent.hasUnbounded ||= group.hasUnbounded || isRepeated;
  parent.lastUnbounded = isRepeated || group.hasUnbounded ? group.firstUnbounded || '.' : '';
  parent.hasOther = true;
  return meets;
}

type Group = {
  branches: string[];
  hasUnbounded: boolean;
  hasOther: boolean;
  firstUnbounded: string;
  lastUnbounded: string;
};

function emptyGroup(): Group {
  return {
    branches: [''],
    hasUnbounded: false,
    hasOther: false,
    firstUnbounded: '',
    lastUnbounded: '',
  };
}

/** A repeated group whose content can be split in several ways. */
function isAmbiguous(group: Group): boolean {
  const branches = group.branches.filter((branch) => branch !== '' && branch !== '?:');
  if (new Set(branches).size < branches.length) return true;
  if (branches.some((branch) => branch === '.' || branch === '\\w') && branches.length > 1)
    return true;
  if (!group.hasUnbounded) return false;
  if (!group.hasOther) return true;
  // `(\w+\s?)*`: what stands between the repetitions is optional or alike.
  return branches.some((branch) => branch.length <= 4 && /[.\\]/.test(branch));
}

function quantifierAt(
  text: string,
  at: number,
): { isRepeated: boolean; isOptional: boolean; next: number } {
  const match = /^(?:[*+]|\{\d{0,4},\d{0,4}\}|\?|\{\d{1,4}\})[?+]?/.exec(
    text.slice(at, at + 14),
  )?.[0];
  if (match === undefined) return { isRepeated: false, isOptional: false, next: at };
  const bounds = /^\{(\d{0,4}),(\d{0,4})\}/.exec(match);
  const isRepeated =
    /^[*+]/.test(match) || (bounds !== null && (bounds[2] === '' || Number(bounds[2]) > 20));
  return {
    isRepeated: isRepeated && !match.endsWith('++') && !match.endsWith('*+'),
    isOptional: /^(?:\?|\{0?,)/.test(match),
    next: at + match.length,
  };
}

function classEnd(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === ']' && i > at + 1) return i;
  }
  return text.length;
}

/** Whether two atoms can match the same character. */
function overlaps(a: string, b: string): boolean {
  if (a === '' || b === '') return false;
  if (a === b || a === '.' || b === '.') return true;
  const wide = /^\\[wWdDsS]$/;
  if (wide.test(a) && wide.test(b))
    return a.toLowerCase() === b.toLowerCase() || /w/i.test(a) !== /s/i.test(b);
  const probe = (one: string, other: string): boolean =>
    one === '\\w'
      ? /^\w$/.test(other)
      : one === '\\d'
        ? /^\d$/.test(other)
        : one === '\\s'
          ? /^\s$/.test(other)
          : one.startsWith('[') && one.includes(other) && other.length === 1;
  return probe(a, b) || probe(b, a) || (a.startsWith('[^') && b.startsWith('[^'));
}
