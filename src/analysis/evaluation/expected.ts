import { z } from 'zod';
import {
  categorySchema,
  conditionSchema,
  remediationSchema,
  verdictSchema,
} from '#src/domain/result.ts';

/** `expected.json` of a bundle: what is right, by those who made it. Never seen by an analysis. */
export const expectedSchema = z.object({
  condition: conditionSchema.optional(),
  /** A sha, or `none`: no commit did it. */
  commit: z.string().optional(),
  category: categorySchema.optional(),
  service: z.string().optional(),
  location: z.object({ file: z.string(), line: z.number().int() }).optional(),
  blastRadius: z.array(z.string()).optional(),
  remediation: remediationSchema.optional(),
  verdict: verdictSchema.optional(),
  mustNotBlame: z.array(z.string()).optional(),
});
export type Expected = z.infer<typeof expectedSchema>;
