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
      group.branches.push(emptyBranch());
      group.lastUnbounded = '';
    } else if (piece.kind === 'atom') {
      if (addAtom(group, piece)) cost = 1;
    } else if (parent) {
      groups.pop();
      if (piece.isRepeated && isAmbiguous(group)) return 2;
      if (addGroup(parent, group, piece)) cost = 1;
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
      i = kind === 'open' ? end + prefixLength(text, end) : end;
      continue;
    }
    const { next, ...quantifier } = quantifierAt(text, end);
    yield { kind, text: atom, ...quantifier };
    i = next;
  }
}

/** `?:`, `?=`, `?<name>` and the like, which match nothing. */
function prefixLength(text: string, at: number): number {
  return (
    /^\?(?:[:=!>|]|<[=!]|P?<\w{1,40}>|'\w{1,40}'|[a-zA-Z-]{1,8}[:)])/.exec(
      text.slice(at, at + 48),
    )?.[0].length ?? 0
  );
}

function atomEnd(text: string, at: number): number {
  if (text[at] === '\\') {
    const property = /^\\[pP]\{[\w=^]{1,40}\}/.exec(text.slice(at, at + 48))?.[0];
    return Math.min(at + (property?.length ?? 2), text.length);
  }
  return text[at] === '[' ? classEnd(text, at) + 1 : at + 1;
}

/** @returns whether two repetitions that follow each other can match the same text */
function addAtom(group: Group, piece: Piece): boolean {
  const branch = group.branches.at(-1) ?? emptyBranch();
  branch.text += piece.text;
  if (piece.isRepeated) branch.repeated.push(piece.text);
  if (!piece.isOptional) branch.required.push(piece.text);
  const meets = overlaps(group.lastUnbounded, piece.text);
  if (piece.isRepeated) {
    group.hasUnbounded = true;
    group.lastUnbounded = piece.text;
    if (group.first === '') group.first = piece.text;
    return meets;
  }
  if (!piece.isOptional && group.first === '') group.first = piece.text;
  // A character that the repetition before cannot eat keeps the two apart.
  if (!piece.isOptional && !meets) group.lastUnbounded = '';
  return false;
}

/** {@link addAtom} for a group that closes. */
function addGroup(parent: Group, group: Group, { isRepeated, isOptional }: Piece): boolean {
  const meets = group.hasUnbounded && overlaps(parent.lastUnbounded, group.first);
  parent.hasUnbounded ||= group.hasUnbounded || isRepeated;
  // What ends in something that has to be there keeps what follows apart.
  parent.lastUnbounded = group.lastUnbounded;
  const branch = parent.branches.at(-1);
  const only = onlyAtom(group);
  if (isRepeated && only !== null) branch?.repeated.push(only);
  // What a longer group matches is not followed further: it counts as unlike everything.
  if (!isOptional) branch?.required.push(only ?? '');
  return meets;
}

/** The atom of a group that holds one only. */
function onlyAtom({ branches }: Group): string | null {
  const [branch] = branches;
  const isOne = branches.length === 1 && branch?.required.length === 1;
  return isOne && branch.text === branch.required[0] ? branch.text : null;
}

/** One way through a group: its atoms, those that repeat, and those that must be there. */
type Branch = { text: string; repeated: string[]; required: string[] };

type Group = {
  branches: Branch[];
  hasUnbounded: boolean;
  /** The first atom that repeats or has to be there. */
  first: string;
  lastUnbounded: string;
};

function emptyBranch(): Branch {
  return { text: '', repeated: [], required: [] };
}

function emptyGroup(): Group {
  return {
    branches: [emptyBranch()],
    hasUnbounded: false,
    first: '',
    lastUnbounded: '',
  };
}

/** A repeated group whose content can be split in several ways. */
function isAmbiguous({ branches }: Group): boolean {
  const texts = branches.map(({ text }) => text).filter((text) => text !== '');
  if (new Set(texts).size < texts.length) return true;
  if (texts.some((text) => text === '.' || text === '\\w') && texts.length > 1) return true;
  // `(\w+\s*)+`: nothing has to stand between one round of `\w+` and the next.
  return branches.some(({ repeated, required }) =>
    repeated.some((one) => required.every((other) => other === one || overlaps(one, other))),
  );
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
    isOptional: /^(?:\?|\*|\{0?,)/.test(match),
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
          : one.startsWith('[') && other.length === 1 && isInClass(one, other);
  return probe(a, b) || probe(b, a) || (a.startsWith('[^') && b.startsWith('[^'));
}

function isInClass(set: string, character: string): boolean {
  try {
    return new RegExp(`^${set}$`).test(character);
  } catch {
    return set.includes(character);
  }
}
