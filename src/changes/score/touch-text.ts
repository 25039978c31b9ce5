import type { LineChange } from '#src/changes/classify/change-view.ts';
import { isLogLine } from '#src/changes/classify/quiet.ts';
import type { SideLine } from '#src/changes/classify/side.ts';
import type { FactorCite } from '#src/changes/contract.ts';
import type { CaseFacts } from '#src/changes/score/facts.ts';
import type { Suspect, Touch } from '#src/changes/score/suspect.ts';

/** How many changed lines are compared with the logs. */
const MOST_LINES = 1500;
const MIN_MESSAGE = 12;
/** Placeholders part a message into pieces that stay the same. */
const PLACEHOLDER =
  /\{[^{}]{0,60}\}|%[-\d.]{0,6}[a-zA-Z]|\$\{[^{}]{0,60}\}|\$\w{1,40}|#\{[^{}]{0,60}\}/;

function changedLines(suspect: Suspect): LineChange[] {
  return (suspect.view?.files ?? [])
    .flatMap(({ lines }) => lines)
    .filter(({ kind, new: now }) => now !== null && kind !== 'moved' && kind !== 'reindented')
    .slice(0, MOST_LINES);
}

/** A message of the logs that a changed line writes or raises. */
export function messageTouch(suspect: Suspect, facts: CaseFacts): Touch | null {
  for (const change of changedLines(suspect)) {
    if (!change.new) continue;
    for (const text of stringsOf(change.new)) {
      const longest = longestPiece(text);
      const found =
        longest === null ? undefined : facts.clues.find(({ clue }) => clue.text.includes(longest));
      if (!found || longest === null) continue;
      const { clue } = found;
      const cite: FactorCite = { kind: 'log', id: clue.id ?? null, quote: longest };
      return {
        factor: {
          id: 'touch',
          weight: 1.7 * Math.max(0.4, clue.weight) * shareOf(change) * (clue.ofCode ?? 1),
          text: `a line that it changes holds the logged message "${longest.slice(0, 80)}"`,
          cites: [cite, commitCite(suspect, change)],
        },
        touched: touchedAt(change, 1.2),
      };
    }
  }
  return null;
}

/** A call that only logs reports what went wrong elsewhere; a line that raises or answers decides it. */
const REPORTS = 0.35;

function shareOf({ new: now }: LineChange): number {
  return now && isLogLine(now) ? REPORTS : 1;
}

function longestPiece(text: string): string | null {
  const pieces = text.split(PLACEHOLDER).map((piece) => piece.trim());
  const [longest = ''] = pieces.sort((a, b) => b.length - a.length);
  const isWords = /\p{L}{2,}[ _.:-]\p{L}{2,}/u.test(longest);
  return longest.length >= MIN_MESSAGE && isWords ? longest : null;
}

function stringsOf(line: SideLine): string[] {
  return line.tokens.filter(({ type }) => type === 'string').map(({ text }) => text);
}

/** A number that the change brought in and that the logs speak of: `after 300ms`, `limit of 20`. */
export function numberTouch(suspect: Suspect, facts: CaseFacts): Touch | null {
  for (const change of changedLines(suspect)) {
    const known = new Set(change.old ? numbersOf(change.old.text) : []);
    for (const number of numbersOf(change.new?.text ?? '')) {
      if (known.has(number)) continue;
      const pattern = numberPattern(number);
      const found = facts.clues.find(({ clue }) => clue.weight >= 0.3 && pattern.test(clue.text));
      if (!found || pattern.test(facts.usualText)) continue;
      return {
        factor: {
          id: 'touch',
          weight: number.length >= 3 ? 0.9 : 0.5,
          text: `the logs speak of the number ${number} that it brought in`,
          cites: [
            { kind: 'log', id: found.clue.id ?? null, quote: number },
            commitCite(suspect, change),
          ],
        },
        touched: touchedAt(change, 1),
      };
    }
  }
  return null;
}

const USUAL_NUMBERS =
  /^(?:10|60|80|100|443|1000|1024|3600|200|201|204|30[124]|40[0134589]|410|413|415|422|429|50[0-4]|19\d\d|20\d\d)$/;

/** Numbers of a line that may be told apart from others: no statuses, years or round units. */
function numbersOf(text: string): string[] {
  return (text.slice(0, 300).match(/(?<![\w.])\d{1,9}(?![\w.]{0,20}\d)/g) ?? []).filter(
    (number) => !USUAL_NUMBERS.test(number),
  );
}

/** How the logs would write a number; a single digit only counts beside a word of size. */
function numberPattern(number: string): RegExp {
  return number.length > 1
    ? new RegExp(`(?<![\\w.])${number}(?!\\w?\\d|\\.\\d)`)
    : new RegExp(
        `(?:limit|size|max\\w{0,12}|pool|attempts?|total|active|capacity|allowed)\\D{0,12}${number}(?![\\w.]{0,20}\\d)`,
        'i',
      );
}

function lineOf(change: LineChange): number | null {
  return change.new?.number ?? change.old?.newNumber ?? null;
}

function commitCite(suspect: Suspect, change: LineChange): FactorCite {
  const line = lineOf(change);
  return {
    kind: 'commit',
    id: suspect.id,
    file: change.file.path,
    ...(line === null ? {} : { line }),
  };
}

function touchedAt(change: LineChange, strength: number): Touch['touched'] {
  const line = lineOf(change);
  return line === null ? [] : [{ file: change.file.path, line, strength }];
}
