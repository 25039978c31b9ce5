import { z } from 'zod';

/** One step of the proof that a patch works; `before` and `after` are short results of the same command. */
export const proofStepSchema = z.object({
  step: z.string(),
  ok: z.boolean(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  seconds: z.number(),
});
export type ProofStep = z.infer<typeof proofStepSchema>;

export const guardResultSchema = z.object({ id: z.string(), ok: z.boolean(), message: z.string() });
export type GuardResult = z.infer<typeof guardResultSchema>;

/** A proposed change with how it was made and the proof that it works. */
export const fixSchema = z.object({
  decision: z.enum(['open-pr', 'show-only', 'none']),
  strategy: z.enum(['revert', 'patch']).nullable(),
  diff: z.string().nullable(),
  files: z.array(z.string()),
  proof: z.array(proofStepSchema),
  guards: z.array(guardResultSchema),
  risk: z.string().nullable(),
  pullRequest: z
    .object({ url: z.string(), number: z.number().int(), branch: z.string(), draft: z.boolean() })
    .nullable(),
  why: z.string(),
});
export type FixProposal = z.infer<typeof fixSchema>;
