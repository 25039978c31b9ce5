import type { FileChange, LineChange } from '#src/changes/classify/change-view.ts';
import { isImport, isLogLine } from '#src/changes/classify/quiet.ts';
import type { FactorCite } from '#src/changes/contract.ts';
import type { CaseFacts } from '#src/changes/score/facts.ts';
import type { Suspect, Touch } from '#src/changes/score/suspect.ts';
import { termsOf } from '#src/changes/vocabulary.ts';

const MOST = 2.3;
const MOST_TERMS = 6;
const MIN_VALUE = 0.02;
/** Roles whose words are about other things than what runs. */
const ASIDE = new Set(['test', 'docs', 'ci', 'tooling']);

/** What a log call names is what is told, not what is done; what a new file names was there in it alone. */
const LOG_SHARE = 0.4;
const NEW_FILE_SHARE = 0.6;
/** What is brought in does nothing where it is brought in. */
const IMPORT_SHARE = 0.8;

/** What is only written differently was named before as well. */
const REARRANGED = 0.2;

/** Terms of a change with how near they are to what changed, and where. */
export type TermIndex = Map<
  string,
  { weight: number; file: string; line: number | null; isLibrary?: boolean }
>;

/** The terms of changed lines, of the lines around them, and of the file's name. */
export function indexTerms(files: readonly FileChange[]): TermIndex {
  const index: TermIndex = new Map();
  for (const file of files) {
    if (ASIDE.has(file.role)) continue;
    noteText(index, file.path.replace(/\.\w+$/, ''), 0.4, file.path, null);
    const share = file.isRearranged ? REARRANGED : 1;
    for (const change of file.lines) noteChange(index, change, share);
    for (const { after } of file.hunks) {
      noteText(index, after.section, 0.5, file.path, null);
      for (const line of after.lines.filter(({ isChanged }) => !isChanged)) {
        noteText(index, line.text, 0.35 * share, file.path, line.number);
      }
    }
  }
  return index;
}

/** The words of a flag's name: what it switches is often called the same. */
export function indexName(name: string): TermIndex {
  const index: TermIndex = new Map();
  const words = name.replace(/[-_./:]+/g, ' ').replace(/([a-z\d])([A-Z])/g, '$1 $2');
  noteText(index, words, NAME_SHARE, '', null);
  return index;
}
const NAME_SHARE = 0.7;

function noteChange(index: TermIndex, change: LineChange, rearranged: number): void {
  const { file } = change;
  const line = change.new?.number ?? change.old?.newNumber ?? null;
  const share = rearranged * (file.status === 'added' ? NEW_FILE_SHARE : 1);
  for (const side of [change.old, change.new]) {
    if (!side) continue;
    const part = isLogLine(side) ? LOG_SHARE : isImport(side) ? IMPORT_SHARE : 1;
    noteText(index, side.text, share * part, file.path, line);
  }
  if (file.role === 'manifest' || file.role === 'lock') noteLibrary(change, file.path, index);
}

function noteText(
  index: TermIndex,
  text: string,
  weight: number,
  file: string,
  line: number | null,
): void {
  for (const [term, form] of termsOf(text)) {
    const value = weight * form;
    if (value > (index.get(term)?.weight ?? 0)) index.set(term, { weight: value, file, line });
  }
}

/** The name of a dependency: the first word of its line. */
function noteLibrary(change: LineChange, file: string, index: TermIndex): void {
  const name = /[A-Za-z][\w./@-]{2,80}/.exec((change.new ?? change.old)?.text ?? '')?.[0];
  const short = name
    ?.split('/')
    .filter((part) => !/^v\d+$|\.(?:com|org|io)$/.test(part))
    .at(-1)
    ?.toLowerCase();
  if (
    short === undefined ||
    short.length < 3 ||
    /^(?:version|implementation|require|gem)$/.test(short)
  )
    return;
  index.set(short, { weight: 0.8, file, line: change.new?.number ?? null, isLibrary: true });
}

type Hit = { term: string; value: number; cite: FactorCite; file: string; line: number | null };

/** Names that the evidence and the change share, the rarer the more telling. */
export function termTouch(
  suspect: Suspect,
  facts: CaseFacts,
  index: TermIndex,
  rarity: (term: string) => number,
): Touch | null {
  const hits = hitsOf(facts, index, rarity);
  const best = [...hits.values()]
    .sort((a, b) => b.value - a.value || (a.term < b.term ? -1 : 1))
    .slice(0, MOST_TERMS);
  const sum = best.reduce((total, { value }) => total + value, 0);
  const [top] = best;
  if (!top || sum < 0.15) return null;
  const named = best.filter(({ value }) => value >= 0.1).slice(0, 3);
  const names = (named.length > 0 ? named : [top]).map(({ term }) => term);
  const place = top.line === null ? {} : { line: top.line };
  return {
    factor: {
      id: 'touch',
      weight: Math.min(MOST, 1.1 * sum),
      text: `it changes what the evidence names: ${names.join(', ')}`,
      cites: [
        top.cite,
        top.file === ''
          ? { kind: 'flag', id: suspect.id }
          : { kind: 'commit', id: suspect.id, file: top.file, ...place },
      ],
    },
    touched: best.flatMap(({ file, line, value }) =>
      line === null ? [] : [{ file, line, strength: value }],
    ),
  };
}

function hitsOf(
  facts: CaseFacts,
  index: TermIndex,
  rarity: (term: string) => number,
): Map<string, Hit> {
  const hits = new Map<string, Hit>();
  const note = (term: string, share: number, cite: () => FactorCite): void => {
    const place = index.get(term);
    if (!place) return;
    const usual = facts.usual.has(term) ? 0.25 : 1;
    const value = share * place.weight * rarity(term) * usual;
    if (value <= (hits.get(term)?.value ?? MIN_VALUE)) return;
    hits.set(term, { term, value, cite: cite(), file: place.file, line: place.line });
  };
  for (const { clue, terms } of facts.clues) {
    for (const [term, form] of terms) {
      const cite = (): FactorCite => ({
        kind: 'log',
        id: clue.id ?? null,
        quote: quoteOf(clue.text, term),
      });
      note(term, clue.weight * (clue.ofCode ?? 1) * form, cite);
    }
  }
  for (const clue of facts.input.metrics) {
    const cite = (): FactorCite => ({ kind: 'metric', id: clue.id ?? clue.name });
    for (const [term, form] of termsOf(clue.name)) note(term, 0.5 * clue.weight * form, cite);
  }
  noteLibraries(facts, index, note);
  return hits;
}

/** Names of libraries that changed, in the names of errors and in the paths of frames. */
function noteLibraries(
  facts: CaseFacts,
  index: TermIndex,
  note: (term: string, share: number, cite: () => FactorCite) => void,
): void {
  const libraries = [...index].filter(([, { isLibrary }]) => isLibrary === true).slice(0, 40);
  for (const [term] of libraries) {
    const stem = term.replace(
      /(?:[-_.]?(?:db|js|py|go|rs|client|driver|core|api|sdk|lib|java|node))+$/,
      '',
    );
    if (stem.length < 4) continue;
    for (const { clue } of facts.clues) {
      if (!clue.text.toLowerCase().includes(stem)) continue;
      note(term, 0.8 * clue.weight * (clue.ofCode ?? 1), () => ({
        kind: 'log',
        id: clue.id ?? null,
        quote: stem,
      }));
      break;
    }
  }
}

function quoteOf(text: string, term: string): string {
  const at = text.toLowerCase().indexOf(term);
  return at < 0 ? text.slice(0, 80) : text.slice(at, at + term.length);
}
