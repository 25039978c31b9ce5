import { z } from 'zod';
import type { TimeWindow } from '#src/domain/time.ts';

/** A {@link TimeWindow} as it is read. */
export const timeWindowSchema: z.ZodType<TimeWindow> = z.strictObject({
  start: z.string(),
  end: z.string(),
});
