import { z } from 'zod';

/** One frame; `line` is null where the runtime gave none. */
export const stackFrameSchema = z.object({
  file: z.string(),
  line: z.number().int().nullable(),
  function: z.string(),
  /** The service's own code, as opposed to a library or the runtime. */
  inApp: z.boolean(),
});
export type StackFrame = z.infer<typeof stackFrameSchema>;

const base = z.object({
  /** `K1`, `K2`…, by first appearance in a stable order. */
  id: z.string(),
  service: z.string().nullable(),
  language: z.string(),
  /** Exception class, signal or panic kind. */
  type: z.string(),
  message: z.string(),
  count: z.number().int(),
  first: z.string().nullable(),
  last: z.string().nullable(),
  frames: z.array(stackFrameSchema),
});

export type StackTrace = z.infer<typeof base> & { causes: StackTrace[] };

/** A stack trace; `frames[0]` is where it was thrown, `causes` are nested with the innermost last. */
export const stackTraceSchema: z.ZodType<StackTrace> = base.extend({
  get causes() {
    return z.array(stackTraceSchema);
  },
}) as unknown as z.ZodType<StackTrace>;
