import type { Check, CheckContext, Claim } from '#src/analysis/verify/contract.ts';
import { agreesWith, figuresIn } from '#src/analysis/verify/figures.ts';
import { figuresOf, momentsOf, normalize, storedText } from '#src/analysis/verify/stored.ts';
import { citedEvidence, wordsOf } from '#src/analysis/verify/words.ts';
import { parseTime } from '#src/domain/time.ts';

const LONGEST = 500;
const SHORTEST = 8;

/** A statement is one sentence or two, of words. */
export const hasForm: Check = ({ text }) => {
  if (text.length < SHORTEST || !/\p{L}{2}/u.test(text)) return 'it says nothing';
  return text.length > LONGEST ? `it is longer than ${LONGEST} characters` : null;
};

/** Numbers in the text agree with what is cited, within the rounding that they show. */
export const figuresAgree: Check = (claim, context) => {
  const cited = citedEvidence(claim, context);
  const text = normalize([...cited.map(storedText)].join('\n'));
  const values = [
    ...cited.flatMap(figuresOf),
    ...claim.cites.flatMap(({ value, line }) => [value, line].filter((one) => one !== undefined)),
  ];
  const moments = [...cited.flatMap(momentsOf), ...(context.onset === null ? [] : [context.onset])];
  const own = withoutTimes(withoutQuotes(claim.text));
  for (const figure of figuresIn(own)) {
    const isKnown =
      values.some((value) => agreesWith(figure, value)) ||
      standsAlone(text, figure.text) ||
      isDifference(own.slice(figure.index), figure.value, moments);
    if (!isKnown) return `the number ${figure.text} is not in what is cited`;
  }
  return null;
};

/** A number stands in a text as a number, not as digits of another one. */
function standsAlone(text: string, digits: string): boolean {
  for (let at = text.indexOf(digits); at >= 0; at = text.indexOf(digits, at + 1)) {
    const before = text.charAt(at - 1);
    const after = text.slice(at + digits.length, at + digits.length + 2);
    if (!/[\d.]/.test(before) && !/^(?:\d|\.\d)/.test(after)) return true;
  }
  return false;
}

const SPANS: readonly [RegExp, number][] = [
  [/^[\d.]{1,12} ?(?:s|sec(?:ond)?s?)\b/i, 1000],
  [/^[\d.]{1,12} ?(?:m|min(?:ute)?s?)\b/i, 60_000],
  [/^[\d.]{1,12} ?(?:h|hours?)\b/i, 3_600_000],
  [/^[\d.]{1,12} ?(?:d|days?)\b/i, 86_400_000],
];

/** `2 minutes`, where two moments of what is cited lie so far apart. */
function isDifference(text: string, value: number, moments: readonly number[]): boolean {
  const unit = SPANS.find(([pattern]) => pattern.test(text))?.[1];
  if (unit === undefined || moments.length > 400) return false;
  return moments.some((a) =>
    moments.some((b) => Math.abs(Math.abs(a - b) / unit - value) <= 0.5 && a !== b),
  );
}

const DATE_TIME = /\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?/g;
const CLOCK = /(?<![\d:.])\d\d?:\d\d(?::\d\d(?:\.\d{1,9})?)?(?![\d:])/g;

function withoutTimes(text: string): string {
  return text.replace(DATE_TIME, ' ').replace(CLOCK, ' ');
}

/** Times in the text are times of what is cited, or the onset. */
export const timesAgree: Check = (claim, context) => {
  const cited = citedEvidence(claim, context);
  const text = normalize(cited.map(storedText).join('\n'));
  const moments = [...cited.flatMap(momentsOf), ...(context.onset === null ? [] : [context.onset])];
  const own = withoutQuotes(claim.text);
  const dated = own.match(DATE_TIME) ?? [];
  const clocks = own.replace(DATE_TIME, ' ').match(CLOCK) ?? [];
  const wrong =
    dated.find((time) => !text.includes(time) && !moments.some((at) => isMoment(time, at))) ??
    clocks.find((time) => !text.includes(time) && !moments.some((at) => isClock(time, at)));
  return wrong === undefined ? null : `the time ${wrong} is not in what is cited`;
};

/** A date, or a time to the precision in which it is written. */
function isMoment(written: string, at: number): boolean {
  const iso = new Date(at).toISOString();
  if (written.length <= 10) return iso.startsWith(written);
  const named = parseTime(/(?:Z|[+-]\d\d:?\d\d)$/.test(written) ? written : `${written}Z`);
  const precision = /T?\d\d:\d\d:\d\d/.test(written) ? 1000 : 60_000;
  return named !== null && Math.abs(named - at) < precision;
}

function isClock(written: string, at: number): boolean {
  const [hours = 0, minutes = 0, seconds] = written.split(':').map(Number);
  const date = new Date(at);
  return (
    date.getUTCHours() === hours &&
    date.getUTCMinutes() === minutes &&
    (seconds === undefined || Math.abs(date.getUTCSeconds() - seconds) <= 1)
  );
}

const QUOTED = /"([^"]{1,400})"|“([^”]{1,400})”|`([^`]{1,400})`/g;

function withoutQuotes(text: string): string {
  return text.replace(QUOTED, ' ');
}

/** What stands in quotation marks stands in what is cited. */
export const textQuotesStand: Check = (claim, context) => {
  const text = normalize(citedEvidence(claim, context).map(storedText).join('\n'));
  for (const match of claim.text.matchAll(QUOTED)) {
    const quote = normalize(match[1] ?? match[2] ?? match[3] ?? '');
    if (quote !== '' && !text.includes(quote) && !context.names.has(quote)) {
      return `"${quote.slice(0, 60)}" does not stand in what is cited`;
    }
  }
  return null;
};

/** Names of files, functions, metrics, commits and services are known from what is cited. */
export const namesKnown: Check = (claim, context) => {
  const unknown = unknownName(claim, context);
  return unknown === undefined ? null : `the name ${unknown.slice(0, 80)} is not in what is cited`;
};

function unknownName(claim: Claim, context: CheckContext): string | undefined {
  const text = normalize(citedEvidence(claim, context).map(storedText).join('\n')).toLowerCase();
  const names = new Set([...context.names].map((name) => name.toLowerCase()));
  const cited = new Set(claim.cites.map(({ id }) => id.toLowerCase()));
  return wordsOf(claim.text).find((word) => {
    const lower = word.toLowerCase();
    return !names.has(lower) && !cited.has(lower) && !text.includes(lower);
  });
}
