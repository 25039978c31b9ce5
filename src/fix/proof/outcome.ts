import { messageOf } from '#src/domain/errors.ts';
import { NOT_ENTERED } from '#src/fix/sandbox/enter-script.ts';
import type { Execution } from '#src/fix/sandbox/execute.ts';
import type { Room } from '#src/fix/sandbox/room.ts';
import { neutralize, oneLine } from '#src/platform/sanitize.ts';

/** What came of a command. */
export type Outcome = {
  /** `unavailable` when it could not be run at all. */
  kind: 'passed' | 'failed' | 'unavailable';
  /** One line, e.g. `fails with 1: 2 failing`. */
  text: string;
  /** The end of what it wrote, for a repair. */
  tail: string;
  seconds: number;
};

const MAX_TAIL = 6000;
const MAX_LINE = 120;
/** What shells and wrappers exit with for a program that is not there or may not be run. */
const NOT_RUN = new Set([126, 127, NOT_ENTERED]);

/** Runs a command in a tree of the room. Never throws for a command that fails or is not there. */
export async function outcomeOf(
  room: Room,
  tree: string,
  below: string,
  command: readonly string[],
): Promise<Outcome> {
  try {
    return describe(await room.run(tree, below, command));
  } catch (error) {
    const text = `cannot be run: ${oneLine(messageOf(error)).slice(0, MAX_LINE)}`;
    return { kind: 'unavailable', text, tail: '', seconds: 0 };
  }
}

function describe({ code, output, timedOut, seconds }: Execution): Outcome {
  const text = neutralize(output);
  const tail = text.slice(-MAX_TAIL);
  const last = lastLine(text);
  const words = last === '' ? '' : `: ${last}`;
  if (code === 0) return { kind: 'passed', text: `passes${words}`, tail, seconds };
  if (timedOut) {
    return {
      kind: 'failed',
      text: `stopped after ${Math.round(seconds)} s${words}`,
      tail,
      seconds,
    };
  }
  if (code !== null && NOT_RUN.has(code)) {
    return { kind: 'unavailable', text: `cannot be run${words}`, tail, seconds };
  }
  return { kind: 'failed', text: `fails with ${code ?? 'a signal'}${words}`, tail, seconds };
}

/** Words by which runners of tests sum up, and what of their output is no summary. */
const SUMMARY = /\b(?:fail(?:ed|ures?|ing)?|passed|passing|errors?|ok)\b/i;
const NOISE = /^(?:at |File "|duration|\S{0,40}duration)/;

/** The line that says most of what came out: the last that sums up, else the last with words. */
function lastLine(text: string): string {
  const lines = text
    .slice(-8000)
    .split('\n')
    .map((line) => oneLine(line).replace(/^(?:[^\p{L}\p{N}]|ℹ){1,8}/u, ''))
    .filter((line) => /[\p{L}\p{N}]/u.test(line) && !NOISE.test(line));
  const last = lines.slice(-60).findLast((line) => SUMMARY.test(line)) ?? lines.at(-1) ?? '';
  return last.length > MAX_LINE ? `${last.slice(0, MAX_LINE)}…` : last;
}
