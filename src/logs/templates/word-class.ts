import {
  INTRODUCERS,
  isEventWord,
  isFunctionWord,
  isOperation,
  isVerb,
  PREPOSITIONS,
  STATE_WORDS,
} from './lexicon.ts';
import { MANY, WILD } from './marks.ts';

/**
 * What a pattern token looks like:
 * - `wild`: a value; `mixed`: a value with a constant part, such as `node-<*>` or `key=<*>`
 * - `sign`: punctuation
 * - `name`: looks like an identifier (capitals inside, dots, underscores…), so probably a value
 * - `word`: a plain word
 */
export type TokenKind = 'wild' | 'mixed' | 'keyed' | 'sign' | 'name' | 'word';

export type TokenClass = {
  kind: TokenKind;
  /** Tells what happened (verbs, function words), so hardly a value. */
  event: boolean;
  /** The name of an operation. */
  operation: boolean;
  /** A verb in capitals. */
  command: boolean;
  /** A verb of HTTP. */
  method: boolean;
  /** Holds a sentence together, so never a value. */
  functional: boolean;
  state: boolean;
  /** A value is likely to follow. */
  introduces: boolean;
  preposition: boolean;
  /** Names a value that stands behind it: `user`, `grant_type`. */
  labels: boolean;
};

const METHOD = /^(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS|CONNECT|TRACE)$/;
const PLAIN = /^(?:\p{Lu}?[\p{Ll}']+|\p{Lo}+|[A-Za-z])(?:-\p{Ll}+)*$/u;
const HAS_WORD = /[\p{L}\p{N}]/u;

/**
 * Classifies a token; pure, so callers may remember the answer.
 * @param shouting the message is in capitals throughout, so capitals say nothing
 */
export function classify(text: string, shouting = false): TokenClass {
  const token = shouting ? text.toLowerCase() : text;
  const kind = kindOf(token);
  const lower = token.toLowerCase();
  const plain = kind === 'word';
  const method = METHOD.test(token);
  return {
    kind,
    event: plain && isEventWord(token),
    operation: kind === 'name' && isOperation(token),
    command: /^[A-Z]+$/.test(token) && isVerb(token),
    method,
    functional: plain && isFunctionWord(token),
    state: (plain || /^[A-Z]+$/.test(token)) && STATE_WORDS.has(lower),
    introduces: plain && INTRODUCERS.has(singular(lower)),
    labels: INTRODUCERS.has(singular(lower.slice(lower.lastIndexOf('_') + 1))),
    preposition: plain && PREPOSITIONS.has(lower),
  };
}

function kindOf(token: string): TokenKind {
  if (token === WILD || token === MANY) return 'wild';
  if (token.includes(WILD) || token.includes(MANY))
    return /[=:]<[*+]>$/.test(token) ? 'keyed' : 'mixed';
  if (!HAS_WORD.test(token)) return 'sign';
  return PLAIN.test(token) ? 'word' : 'name';
}

function singular(word: string): string {
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

/** Whether a message is written in capitals throughout. */
export function isShouting(tokens: readonly string[]): boolean {
  let loud = 0;
  for (const token of tokens) {
    if (/[a-z]{2}/.test(token) && !token.includes('<')) return false;
    if (/^[A-Z]{2}/.test(token)) loud++;
  }
  return loud > 1;
}
