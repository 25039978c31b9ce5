import type { FixProposal, GuardResult } from '#src/domain/fix.ts';
import type { Patch, Proof } from '#src/fix/contract.ts';
import type { GuardFacts } from '#src/fix/guards/contract.ts';
import type { Delivered } from '#src/fix/hosts/contract.ts';

/** A change with all that is known of it. */
export type Tried = {
  patch: Patch;
  proof: Proof;
  facts: GuardFacts;
  guards: GuardResult[];
  /** True when every guard lets it through. */
  isGood: boolean;
};

/** A diff longer than this is not printed in full. */
const MAX_DIFF = 400_000;

/** No change, and why. */
export function noFix(why: string): FixProposal {
  return {
    decision: 'none',
    strategy: null,
    diff: null,
    files: [],
    proof: [],
    guards: [],
    risk: null,
    pullRequest: null,
    why,
  };
}

/** The part of the result document for a change. Every text in it is free of secrets. */
export function proposalOf(
  { patch, proof, guards, isGood }: Tried,
  options: { why: string; redact(text: string): string; delivered: Delivered | null },
): FixProposal {
  const { redact, delivered } = options;
  const went =
    delivered === null
      ? []
      : delivered.pullRequest === null
        ? [`Branch ${delivered.branch} was pushed.`]
        : [];
  const why = [options.why, patch.why, ...went, ...(delivered?.notes ?? [])].join(' ');
  const diff = redact(patch.diff);
  return {
    decision: isGood ? 'open-pr' : 'show-only',
    strategy: patch.strategy,
    diff: diff.length > MAX_DIFF ? `${diff.slice(0, MAX_DIFF)}\n[… left out …]\n` : diff,
    files: [...patch.files],
    proof: proof.steps.map((step) => ({
      ...step,
      before: step.before === null ? null : redact(step.before),
      after: step.after === null ? null : redact(step.after),
    })),
    guards,
    risk: redact(patch.risk),
    pullRequest: delivered?.pullRequest ?? null,
    why: redact(why),
  };
}
