import type { RootCause } from '#src/domain/result.ts';

/** What code has settled by the evidence, no model moves; what it could not settle may be led further. */
export function keepsVerdict(cause: RootCause): boolean {
  return cause.verdict !== 'inconclusive';
}
