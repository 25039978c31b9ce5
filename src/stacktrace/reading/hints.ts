import type { StackTraceParser } from '#src/stacktrace/contract.ts';

/** A cheap test for whether any of the parsers might find a trace in a text. */
export type HintTest = (text: string) => boolean;

/** One alternation of all hints is faster than one search for each. */
export function hintTest(parsers: readonly StackTraceParser[]): HintTest {
  const hints = new Set(parsers.flatMap((parser) => parser.hints));
  const pattern = new RegExp([...hints].map(literal).join('|'));
  return (text) => pattern.test(text);
}

const literal = (hint: string) => hint.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
