import { z } from 'zod';

/** What a model answers when it is asked for a patch. */
export const patchForm = z.object({
  explanation: z
    .string()
    .max(2000)
    .describe('what was wrong and what the patch does, two sentences'),
  risk: z.string().max(1000).describe('what a reviewer should look at'),
  edits: z
    .array(
      z.object({
        file: z.string().describe('path in the repository'),
        search: z.string().describe('lines of the file, copied exactly; they must occur once'),
        replace: z.string().describe('what stands there afterwards'),
      }),
    )
    .max(20),
  diff: z.string().nullable().describe('a unified diff instead of edits, else null'),
  test: z
    .object({
      file: z.string().describe('path of a new test file'),
      text: z.string().describe('a test that fails now and passes with the patch'),
    })
    .nullable(),
});
export type PatchAnswer = z.infer<typeof patchForm>;
