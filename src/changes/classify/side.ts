import { joinTokens } from '#src/changes/classify/join-tokens.ts';
import type { Language } from '#src/changes/classify/language.ts';
import { type LexedLine, lexLines, type Token } from '#src/changes/classify/lexer.ts';
import type { Hunk } from '#src/changes/diff-hunk.ts';

/** A line of one side of a hunk. */
export type SideLine = LexedLine & {
  /** As it stands in the file, clipped. */
  text: string;
  /** Its number on its own side; null for a second parent's. */
  number: number | null;
  /** The number of the line, or of the nearest one above, on the new side. */
  newNumber: number;
  /** Columns of its indentation, a tab as four. */
  indent: number;
  isChanged: boolean;
  /** Place in its side. */
  index: number;
};

/** The lines of a hunk as they were or as they are, in order, context included. */
export type Side = { lines: SideLine[]; section: string };

const MAX_TEXT = 600;

/** Both sides of a hunk, lexed as the continuous texts that they are. */
export function sidesOf(hunk: Hunk, language: Language): { before: Side; after: Side } {
  return {
    before: sideOf(hunk, language, 'removed'),
    after: sideOf(hunk, language, 'added'),
  };
}

function sideOf(hunk: Hunk, language: Language, own: 'removed' | 'added'): Side {
  const kept: SideLine[] = [];
  const texts: string[] = [];
  let newNumber = Math.max(1, hunk.newStart - 1);
  for (const line of hunk.lines) {
    if (line.newLine !== null) newNumber = line.newLine;
    if (line.kind !== 'context' && line.kind !== own) continue;
    const text = line.text.replace(/\r$/, '').slice(0, MAX_TEXT);
    texts.push(text);
    kept.push({
      ...{ tokens: [], bare: '', isComment: false, comment: '' },
      text,
      number: own === 'removed' ? line.oldLine : line.newLine,
      newNumber,
      indent: indentOf(text),
      isChanged: line.kind === own,
      index: kept.length,
    });
  }
  for (const [index, lexed] of lexLines(texts, language).entries()) {
    Object.assign(kept[index] ?? {}, lexed);
  }
  return { lines: kept, section: hunk.section };
}

function indentOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (character === ' ') columns++;
    else if (character === '\t') columns += 4;
    else break;
  }
  return columns;
}

/** How many lines up the holders of a line are looked for. */
const MAX_REACH = 400;

/** Lines of nothing but brackets and `end`: they close what indentation has closed already. */
const CLOSER = /^(?:[)\]}>;,:\s]|end\b|done\b|fi\b|esac\b){1,20}$/;
/** Lines that go on with what began above at the same indentation. */
const CONTINUES =
  /^(?:\}?\s?(?:else|catch|except|finally|rescue|ensure|elif|elsif|elseif|when|case|default)\b|[)\]])/;

/**
 * The lines that hold a line, innermost first: the `if`, the loop, the function, by indentation,
 * which people keep in every language. The hunk's section is not among them.
 */
export function enclosing(side: Side, index: number): SideLine[] {
  const line = side.lines[index];
  if (!line) return [];
  const found: SideLine[] = [];
  let indent = line.indent;
  const top = Math.max(0, index - MAX_REACH);
  for (let i = index - 1; i >= top && indent > 0; i--) {
    const above = side.lines[i];
    if (!above || above.isComment || above.indent >= indent) continue;
    // `{` on a line of its own, or `) {`, belongs to a line above at the same indentation.
    const goesOn = above.bare === '{' || CONTINUES.test(above.bare);
    if (above.bare === '{' || /^[)\]]/.test(above.bare)) {
      indent = above.indent + 1;
      continue;
    }
    if (CLOSER.test(above.bare)) continue;
    found.push(above);
    indent = goesOn ? above.indent + 1 : above.indent;
  }
  return found;
}

function holderOf(side: Side, line: SideLine): string {
  const [holder] = enclosing(side, line.index);
  return holder ? meaningOf(holder) : '';
}

const NEIGHBOURS = 40;

/** Whether a line now stands on the other side of another line of the same block. */
export function isReordered(
  hunk: { before: Side; after: Side; placeOf: ReadonlyMap<SideLine, SideLine> },
  old: SideLine,
  now: SideLine,
): boolean {
  const from = Math.max(0, old.index - NEIGHBOURS);
  return hunk.before.lines.slice(from, old.index + NEIGHBOURS).some((other) => {
    const place = hunk.placeOf.get(other);
    if (!place || other === old || other.isComment || CLOSER.test(other.bare)) return false;
    if (other.indent !== old.indent || place.indent !== now.indent) return false;
    if (other.index < old.index === place.index < now.index) return false;
    return holderOf(hunk.before, other) === holderOf(hunk.after, place);
  });
}

/** Code of a line with its strings. */
export function codeOf(line: LexedLine): string {
  return joinTokens(line.tokens, true);
}

/** A line reduced to what it means: tokens with their texts, no spacing, no comments. */
export function meaningOf(line: LexedLine): string {
  return line.tokens.map((token) => `${token.type[0]}${token.text}`).join('\u0001');
}

/** {@link joinTokens} of a part of a line. */
export function bareOf(tokens: readonly Token[]): string {
  return joinTokens(tokens);
}
