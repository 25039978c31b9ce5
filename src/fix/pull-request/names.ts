import { fnv1a } from '#src/domain/fingerprint.ts';
import type { Result } from '#src/domain/result.ts';
import type { Strategy } from '#src/fix/contract.ts';
import { compareText } from '#src/platform/compare.ts';
import { shortHash } from '#src/platform/hash.ts';

/** What the branches of an incident are called by: the same trouble has the same name again. */
export type FixName = { fingerprint: string; short: string };

/**
 * The name of a fix. Its first part is the fingerprint of the alert that came first, or of the
 * cause where there was no alert; the second tells the ways to mend the same incident apart.
 */
export function fixName({ incident, rootCause }: Result, strategy: Strategy): FixName {
  const first = [...incident.alerts].sort((a, b) =>
    compareText(`${a.startsAt} ${a.fingerprint}`, `${b.startsAt} ${b.fingerprint}`),
  )[0];
  const place = rootCause?.location;
  const what = rootCause?.commit ?? `${place?.file}:${place?.line}`;
  const cause = [rootCause?.service ?? incident.service, what];
  const own = first?.fingerprint ?? '';
  const fingerprint = /^[0-9A-Za-z]{8,40}$/.test(own) ? own.toLowerCase() : fnv1a([own, ...cause]);
  return { fingerprint, short: shortHash([strategy, ...cause], 8) };
}
