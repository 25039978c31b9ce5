import type { Result } from '#src/domain/result.ts';
import type { Patch, Proof, Strategy } from '#src/fix/contract.ts';
import { makePatch } from '#src/fix/make-patch.ts';
import { patchByModel } from '#src/fix/patch/by-model.ts';
import { revertCandidates } from '#src/fix/revert/revert.ts';
import type { Workshop } from '#src/fix/workshop/workshop.ts';
import type { Assistant } from '#src/model/contract.ts';

/** What a way to a change works with. */
export type Way = {
  result: Result;
  workshop: Workshop;
  /** The suspect commit, where there is one. */
  commit: string | null;
  assistant: Assistant | null;
  redact(text: string): string;
  signal?: AbortSignal | undefined;
  /** Proves a change and asks the guards. `isGood` says that no other need be tried. */
  attempt(patch: Patch): Promise<{ proof: Proof; isGood: boolean }>;
};

/** Tries changes one after another. @returns why some could not even be made, as clauses */
type Try = (way: Way) => Promise<string[]>;

const WAYS: Record<Strategy, Try> = { revert: tryReverts, patch: patchByModel };

/** The way of a strategy. */
export function wayTo(strategy: Strategy): Try {
  return WAYS[strategy];
}

async function tryReverts({ result, workshop, commit, attempt }: Way): Promise<string[]> {
  if (commit === null) return ['there is no commit to revert'];
  const place = result.rootCause?.location ?? null;
  const { candidates, refusals } = await revertCandidates(workshop, commit, place);
  for (const candidate of candidates) {
    const patch = await makePatch(workshop, candidate);
    if (patch !== null && (await attempt(patch)).isGood) break;
  }
  return refusals;
}
