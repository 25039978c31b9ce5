import { type FileFacts, factsOf } from '#src/changes/classify/file-facts.ts';
import { type Language, languageOf } from '#src/changes/classify/language.ts';
import { matchMoves } from '#src/changes/classify/moves.ts';
import { pairLines } from '#src/changes/classify/pairing.ts';
import { isRearranged } from '#src/changes/classify/rearranged.ts';
import { type FileRole, roleOf } from '#src/changes/classify/role.ts';
import { meaningOf, type Side, type SideLine, sidesOf } from '#src/changes/classify/side.ts';
import { type FileDiff, parseDiff, pathOf } from '#src/changes/diff.ts';

/** What happened to a line. */
export type LineChange = {
  kind:
    | 'modified'
    | 'removed'
    | 'added'
    /** Same tokens, other indentation: something was put around it or taken away. */
    | 'reindented'
    /** Same tokens, elsewhere in the commit. */
    | 'moved';
  old: SideLine | null;
  new: SideLine | null;
  file: FileChange;
  hunk: HunkChange;
  /** Where the old line was, for a line moved between files or hunks. */
  from: { file: FileChange; hunk: HunkChange } | null;
};

type HunkChange = {
  before: Side;
  after: Side;
  /** Where each old line that is still in the hunk went. */
  placeOf: Map<SideLine, SideLine>;
};

/** A file of a change, ready to be read: changed lines paired, comments and layout taken out. */
export type FileChange = {
  path: string;
  oldPath: string | null;
  status: FileDiff['status'];
  isBinary: boolean;
  modeChanged: boolean;
  language: Language;
  role: FileRole;
  hunks: HunkChange[];
  /** Changes of code; those of comments and blank lines are only counted. */
  lines: LineChange[];
  /** What happened to a line of the new side. */
  changeOf: Map<SideLine, LineChange>;
  /** What the changes come to together. */
  facts: FileFacts;
  commentLines: number;
  /** Whether the changes only write the same computation differently. */
  isRearranged: boolean;
};

export type ChangeView = { files: FileChange[] };

/** Bounds: what lies beyond is not read. */
const MAX_FILES = 400;
const MAX_LINES = 20_000;

/** Reads a unified diff as changes of lines. Never throws. */
export function viewChange(diff: string): ChangeView {
  let room = MAX_LINES;
  const files: FileChange[] = [];
  for (const file of parseDiff(diff).slice(0, MAX_FILES)) {
    const view = viewFile(file, room);
    room -= view.lines.length;
    files.push(view);
  }
  matchMoves(files);
  for (const file of files) {
    for (const change of file.lines) if (change.new) file.changeOf.set(change.new, change);
    file.facts = factsOf(file.lines);
    for (const hunk of file.hunks) notePlaces(hunk);
    for (const { old, new: now, hunk, from } of file.lines) {
      if (old && now && (!from || from.hunk === hunk)) hunk.placeOf.set(old, now);
    }
    file.isRearranged = isRearranged(file);
  }
  return { files };
}

function viewFile(file: FileDiff, room: number): FileChange {
  const path = pathOf(file);
  const language = languageOf(path);
  const view: FileChange = {
    path,
    oldPath: file.oldPath,
    status: file.status,
    isBinary: file.isBinary,
    modeChanged: file.oldMode !== null && file.newMode !== null && file.oldMode !== file.newMode,
    language,
    role: roleOf(path),
    hunks: [],
    lines: [],
    changeOf: new Map(),
    facts: factsOf([]),
    commentLines: 0,
    isRearranged: false,
  };
  for (const hunk of file.hunks) {
    if (view.lines.length >= room) break;
    const sides = { ...sidesOf(hunk, language), placeOf: new Map<SideLine, SideLine>() };
    view.hunks.push(sides);
    for (const block of blocksOf(sides)) addBlock(view, sides, block);
  }
  return view;
}

/** Context lines are where they were. */
function notePlaces(hunk: HunkChange): void {
  const kept = hunk.after.lines.filter(({ isChanged }) => !isChanged);
  let at = 0;
  for (const line of hunk.before.lines) {
    const now = line.isChanged ? undefined : kept[at++];
    if (now) hunk.placeOf.set(line, now);
  }
}

type Block = { removed: SideLine[]; added: SideLine[] };

/** Runs of changed lines between context lines. Blank and comment lines do not part a run. */
function* blocksOf(hunk: HunkChange): Generator<Block> {
  let i = 0;
  let j = 0;
  const { before, after } = hunk;
  let block: Block = { removed: [], added: [] };
  while (i < before.lines.length || j < after.lines.length) {
    while (before.lines[i]?.isChanged) block.removed.push(before.lines[i++] as SideLine);
    while (after.lines[j]?.isChanged) block.added.push(after.lines[j++] as SideLine);
    const context = before.lines[i] ?? after.lines[j];
    i++;
    j++;
    if (context?.isComment) continue;
    if (block.removed.length + block.added.length > 0) yield block;
    block = { removed: [], added: [] };
  }
  if (block.removed.length + block.added.length > 0) yield block;
}

function addBlock(file: FileChange, hunk: HunkChange, block: Block): void {
  const isCode = (line: SideLine): boolean => !line.isComment;
  const [removed, added] = [block.removed.filter(isCode), block.added.filter(isCode)];
  file.commentLines += block.removed.length + block.added.length - removed.length - added.length;
  if (isRewrapped(removed, added, file.language)) {
    file.commentLines += added.length;
    return;
  }
  for (const pair of pairLines(removed, added)) {
    const change = { ...pair, file, hunk, from: null };
    if (!pair.old || !pair.new) {
      file.lines.push({ ...change, kind: pair.old ? 'removed' : 'added' });
    } else if (meaningOf(pair.old) !== meaningOf(pair.new)) {
      file.lines.push({ ...change, kind: 'modified' });
    } else if (pair.old.indent !== pair.new.indent) {
      file.lines.push({ ...change, kind: 'reindented' });
    } else if (pair.old.text === pair.new.text) {
      // Untouched itself: what stood around it went elsewhere, or came.
      file.lines.push({ ...change, kind: 'moved', from: { file, hunk } });
    } else file.commentLines++;
  }
}

/** The same tokens with other line breaks. Commas before a closing bracket and semicolons do not count. */
function isRewrapped(
  removed: readonly SideLine[],
  added: readonly SideLine[],
  language: Language,
): boolean {
  if (removed.length === 0 || added.length === 0 || removed.length === added.length) return false;
  if (language.family !== 'code' || removed[0]?.indent !== added[0]?.indent) return false;
  const flat = (lines: readonly SideLine[]): string => {
    const tokens = lines.flatMap((line) => line.tokens);
    return tokens
      .filter(({ type, text }, index) => {
        if (type !== 'operator') return true;
        if (text === ';') return false;
        return !(text === ',' && /^[)\]}]$/.test(tokens[index + 1]?.text ?? ''));
      })
      .map(({ type, text }) => `${type[0]}${text}`)
      .join('\u0001');
  };
  return flat(removed) === flat(added);
}
