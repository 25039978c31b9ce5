import type { Gap } from '#src/domain/bundle.ts';
import { IncidentError, messageOf } from '#src/domain/errors.ts';

/** What could not be had, of what was thrown. @param about what it was sought for, if it is told */
export function gapOf(source: string, error: unknown, about?: string): Gap {
  const gap: Gap = { source, why: `${about ? `${about}: ` : ''}${messageOf(error)}` };
  if (error instanceof IncidentError && error.hint) gap.hint = error.hint;
  return gap;
}
