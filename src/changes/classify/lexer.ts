import { beginsInside } from '#src/changes/classify/begins-inside.ts';
import { joinTokens } from '#src/changes/classify/join-tokens.ts';
import type { Language } from '#src/changes/classify/language.ts';

/** A piece of a line. `text` of a string is what stands between its quotes. */
export type Token = {
  type: 'word' | 'number' | 'string' | 'operator' | 'regex';
  text: string;
};

/** A line as the lexer read it. */
export type LexedLine = {
  tokens: Token[];
  /** The code with each string as `""`, without comments, one blank between words. */
  bare: string;
  /** Nothing but a comment, a documentation string or blanks. */
  isComment: boolean;
  /** What the comments on the line say. */
  comment: string;
};

/** Characters of a line that are read; the rest of a minified line tells nothing. */
const MAX_LINE = 600;

const OPERATORS = [
  ...['===', '!==', '<=>', '**=', '...', '..=', '>>>', '<<=', '>>=', '&&=', '||=', '??='],
  ...[
    '==',
    '!=',
    '<=',
    '>=',
    '&&',
    '||',
    '??',
    '?.',
    '?:',
    '->',
    '=>',
    '<-',
    '::',
    ':=',
    '+=',
    '-=',
  ],
  ...[
    '*=',
    '/=',
    '%=',
    '<<',
    '>>',
    '**',
    '..',
    '!!',
    '|>',
    '++',
    '--',
    '=~',
    '!~',
    '&.',
    '|=',
    '&=',
  ],
];

/**
 * Reads consecutive lines of a language. Comments and strings that run over lines are followed; a
 * text that begins inside one (a hunk does not begin where the file does) is guessed by what
 * closes first.
 */
export function lexLines(texts: readonly string[], language: Language): LexedLine[] {
  const state: State = { language, until: beginsInside(texts, language) };
  return texts.map((text) => lexLine(text.slice(0, MAX_LINE), state));
}

/** What the end of a line leaves open: the text that closes it, and whether it is a comment. */
export type OpenText = { close: string; isComment: boolean };
type State = { language: Language; until: OpenText | null };

function lexLine(text: string, state: State): LexedLine {
  const { language } = state;
  if (!state.until && DIRECTIVE.test(text)) return directive(text);
  const line: LexedLine = { tokens: [], bare: '', isComment: false, comment: '' };
  let at = 0;
  if (state.until) {
    const { close, isComment } = state.until;
    const end = text.indexOf(close);
    const inside = end < 0 ? text : text.slice(0, end);
    if (isComment) line.comment = inside.trim();
    else push(line, 'string', inside);
    if (end < 0) return finish(line);
    state.until = null;
    at = end + close.length;
  } else if (isStarredComment(text, language)) {
    line.comment = text.trim();
    if (text.includes('*/')) state.until = null;
    return finish(line);
  }
  while (at < text.length) at = lexToken(text, at, line, state);
  return finish(line);
}

/** Comments that compilers, tools and databases obey. */
const DIRECTIVE =
  /^\s*(?:\/\/go:(?:build|embed|linkname|noinline)|\/\/ \+build|#!\s?\/|# frozen_string_literal|--\s?\+goose|--\s?migrate:|# syntax=|\/\*\+|--\+)/;

function directive(text: string): LexedLine {
  const tokens: Token[] = [{ type: 'word', text: text.trim() }];
  return { tokens, bare: text.trim(), isComment: false, comment: '' };
}

function finish(line: LexedLine): LexedLine {
  line.bare = joinTokens(line.tokens);
  line.isComment = line.tokens.length === 0;
  return line;
}

/** ` * text`: a line in the middle of a block comment whose beginning may be out of sight. */
function isStarredComment(text: string, language: Language): boolean {
  return language.blockComments.some(([open]) => open === '/*') && /^\s*\*(?:[\s/]|$)/.test(text);
}

/** Reads what begins at `at`. @returns where it ends, always further on */
function lexToken(text: string, at: number, line: LexedLine, state: State): number {
  const { language } = state;
  const character = text[at] ?? '';
  if (/\s/.test(character)) return at + 1;
  const comment = commentAt(text, at, language);
  if (comment) {
    if (comment.close === null) {
      line.comment += text.slice(at).trim();
      return text.length;
    }
    return skipTo(
      text,
      at + comment.length,
      { close: comment.close, isComment: true },
      line,
      state,
    );
  }
  for (const quote of language.longQuotes) {
    if (!text.startsWith(quote, at)) continue;
    // A string that nothing is done with documents what it stands in.
    const isComment = quote.length === 3 && language.isIndented && line.tokens.length === 0;
    return skipTo(text, at + quote.length, { close: quote, isComment }, line, state);
  }
  if (language.quotes.includes(character) && !isApostrophe(text, at)) {
    return lexString(text, at, character, line);
  }
  if (language.hasCharQuote && character === "'") {
    const char = /^'(?:\\[^\n]{1,9}|[^'\\])'/.exec(text.slice(at, at + 12))?.[0];
    if (char !== undefined) push(line, 'string', char.slice(1, -1));
    return at + (char?.length ?? 1);
  }
  if (language.hasRegexLiterals && character === '/' && mayBeginRegex(line.tokens)) {
    const end = regexEnd(text, at);
    if (end > 0) {
      push(line, 'regex', text.slice(at, end));
      return end;
    }
  }
  return lexPlain(text, at, line, language);
}

function skipTo(text: string, from: number, open: OpenText, line: LexedLine, state: State): number {
  const end = text.indexOf(open.close, from);
  const inside = text.slice(from, end < 0 ? undefined : end);
  if (open.isComment) line.comment += inside.trim();
  else push(line, 'string', inside);
  if (end >= 0) return end + open.close.length;
  state.until = open;
  return text.length;
}

function commentAt(
  text: string,
  at: number,
  language: Language,
): { close: string | null; length: number } | null {
  for (const [open, close] of language.blockComments) {
    if (text.startsWith(open, at)) return { close, length: open.length };
  }
  for (const mark of language.lineComments) {
    if (!text.startsWith(mark, at)) continue;
    const before = text[at - 1] ?? ' ';
    // `#` in a URL or an interpolation, `//` in a URL, `;` behind a value.
    if (/[A-Za-z]/.test(mark) || /\s/.test(before) || at === 0) return { close: null, length: 0 };
    if (mark === '//' && before !== ':') return { close: null, length: 0 };
    if (mark === '--' && /[;,)]/.test(before)) return { close: null, length: 0 };
    if (mark === '#' && /[;,)}\]]/.test(before) && language.family === 'code') {
      return { close: null, length: 0 };
    }
  }
  return null;
}

function lexString(text: string, at: number, quote: string, line: LexedLine): number {
  let end = at + 1;
  while (end < text.length && text[end] !== quote) end += text[end] === '\\' ? 2 : 1;
  push(line, 'string', text.slice(at + 1, Math.min(end, text.length)));
  return Math.min(end + 1, text.length);
}

/** `don't`, but not `b'x'`. */
function isApostrophe(text: string, at: number): boolean {
  if (text[at] !== "'" || !/\w/.test(text[at - 1] ?? '')) return false;
  const word = /\w{1,20}$/.exec(text.slice(Math.max(0, at - 20), at))?.[0] ?? '';
  return !/^(?:[bfrulnex]|rb|br|fr|rf|u8)$/i.test(word);
}

function mayBeginRegex(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  if (!last) return true;
  if (last.type === 'word')
    return /^(?:return|if|when|unless|and|or|not|case|typeof)$/.test(last.text);
  return last.type === 'operator' && !/^[)\]}]$/.test(last.text);
}

function regexEnd(text: string, at: number): number {
  let inClass = false;
  for (let i = at + 1; i < text.length; i++) {
    const character = text[i];
    if (character === '\\') i++;
    else if (character === '[') inClass = true;
    else if (character === ']') inClass = false;
    else if (character === '/' && !inClass) {
      if (i === at + 1) return -1;
      return i + 1 + (/^[a-z]{0,8}/.exec(text.slice(i + 1, i + 9))?.[0].length ?? 0);
    }
  }
  return -1;
}

const WORD = /[\p{L}_$@][\p{L}\p{N}_$]*/uy;
const LOOSE_WORD = /[\p{L}_$@][\p{L}\p{N}_$]*(?:[.-][\p{L}\p{N}_$]+)*/uy;
const NUMBER = /(?:0[xX][0-9a-fA-F_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?)[A-Za-zµ%]*/uy;

function lexPlain(text: string, at: number, line: LexedLine, language: Language): number {
  const number = matchAt(NUMBER, text, at);
  if (number !== '') {
    push(line, 'number', number);
    return at + number.length;
  }
  const word = matchAt(language.hasLooseWords ? LOOSE_WORD : WORD, text, at);
  if (word !== '') {
    // `save!`, `empty?`, `println!` are names.
    const mark =
      /^[!?](?![=.])/.test(text.slice(at + word.length)) &&
      /^(?:ruby|elixir|rust)$/.test(language.id)
        ? 1
        : 0;
    const end =
      at + word.length + (mark === 1 && isNameMark(text, at + word.length, language) ? 1 : 0);
    push(line, 'word', text.slice(at, end));
    return end;
  }
  const operator = OPERATORS.find((candidate) => text.startsWith(candidate, at)) ?? text[at] ?? '';
  push(line, 'operator', operator);
  return at + Math.max(1, operator.length);
}

/** Whether the `!` or `?` behind a word belongs to it: Rust's macros, Ruby's and Elixir's functions. */
function isNameMark(text: string, at: number, language: Language): boolean {
  if (language.id === 'rust') return text[at] === '!' && /^[([{]/.test(text[at + 1] ?? '');
  return text[at] === '!' || /^[(\s)\].,]?$/.test(text[at + 1] ?? '');
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

function push(line: LexedLine, type: Token['type'], text: string): void {
  line.tokens.push({ type, text });
}
