import type { ProofStep } from '#src/domain/fix.ts';
import { type Outcome, outcomeOf } from '#src/fix/proof/outcome.ts';
import type { Room } from '#src/fix/sandbox/room.ts';

/** A command's result before the patch beside that after it. */
export type Comparison = {
  row: Omit<ProofStep, 'step'>;
  /** It passed before and does not with the patch. */
  isRefuted: boolean;
  /** It could be run and does not pass with the patch. */
  isRed: boolean;
  /** It failed twice before and passes after. */
  isReproduced: boolean;
  failure: string | null;
};

/**
 * Runs a command in both trees. One that turns from red to green is run on the old tree once
 * more: a test that fails now and then proves nothing.
 */
export async function compareRuns(
  room: Room,
  trees: { before: string; after: string },
  below: string,
  command: readonly string[],
): Promise<Comparison> {
  const before = await outcomeOf(room, trees.before, below, command);
  const after = await outcomeOf(room, trees.after, below, command);
  const isTurned = before.kind === 'failed' && after.kind === 'passed';
  const again = isTurned ? await outcomeOf(room, trees.before, below, command) : null;
  const isFlaky = again !== null && again.kind !== 'failed';
  const seconds = [before, after, again].reduce((sum, run) => sum + (run?.seconds ?? 0), 0);
  return {
    row: {
      ok: after.kind === 'passed',
      before: isFlaky ? `fails now and then: ${before.text}` : before.text,
      after: after.text,
      seconds,
    },
    isRefuted: before.kind === 'passed' && after.kind === 'failed',
    isRed: after.kind === 'failed',
    isReproduced: isTurned && !isFlaky,
    failure: after.kind === 'failed' ? failureOf(command, after) : null,
  };
}

function failureOf(command: readonly string[], outcome: Outcome): string {
  return `${command.join(' ')} ${outcome.text}\n${outcome.tail}`;
}
