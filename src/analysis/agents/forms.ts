import { z } from 'zod';

/** The forms of the agents' answers. Lists are cut rather than refused: more is not worse. */
const text = z.string().transform((value) => value.slice(0, 2000));

const cite = z.object({
  id: z.string(),
  quote: z.string().optional(),
  value: z.number().optional(),
  at: z.string().optional(),
  file: z.string().optional(),
  line: z.number().int().optional(),
});

/** Small models give ids alone, which is enough. */
const cites = z.array(z.union([z.string(), cite])).default([]);

const statement = z.object({ text, cites });
const statements = z.array(statement).default([]);

export type SaidStatement = z.infer<typeof statement>;

export const triageForm = z.object({
  /** What is failing, for whom, since when. */
  summary: statements,
  /** What to check first. */
  checks: statements,
});
export type TriageReply = z.infer<typeof triageForm>;

export const investigationForm = z.object({
  /** Evidence that speaks for or against an explanation. */
  pointers: z
    .array(
      z.object({
        hypothesis: z.string(),
        evidence: z.string(),
        effect: z.enum(['supports', 'contradicts']),
        quote: z.string().optional(),
        why: text.default(''),
      }),
    )
    .default([]),
  /** Explanations that are missing. */
  missing: z
    .array(
      z.object({ text, category: z.string().default('unknown'), cites, test: text.default('') }),
    )
    .default([]),
});
export type InvestigationReply = z.infer<typeof investigationForm>;

export const rootCauseForm = z.object({
  /** The explanation that holds, or `none`. */
  hypothesis: z.string(),
  /** How it came about, a sentence each. */
  explanation: statements,
  nextSteps: statements,
});
export type RootCauseReply = z.infer<typeof rootCauseForm>;
