import type { Check, Diagnosis, DoctorParts, Finding } from '#src/app/doctor/contract.ts';
import { IncidentError, messageOf } from '#src/domain/errors.ts';
import { oneLine } from '#src/platform/sanitize.ts';

const MOST_CHARACTERS = 400;

/** Looks at everything at the same time, each thing within its own limit; findings in order. */
export async function examine(
  checks: readonly Check[],
  parts: DoctorParts,
  signal: AbortSignal,
): Promise<Diagnosis> {
  const found = await Promise.all(checks.map((check) => look(check, parts, signal)));
  const findings = found.flat();
  return {
    schema: 'incident-doctor/v1',
    isHealthy: findings.every(({ status }) => status !== 'bad'),
    findings,
  };
}

async function look(
  check: Check,
  parts: DoctorParts,
  stop: AbortSignal,
): Promise<Diagnosis['findings']> {
  const limit = AbortSignal.timeout(check.limitMs);
  const signal = AbortSignal.any([stop, limit]);
  const findings = await raced(check, parts, signal).catch((error: unknown) => [
    limit.aborted ? tooLong(check) : badFinding(error),
  ]);
  return findings.map(({ what, ...finding }) => ({
    check: check.id,
    ...finding,
    what: oneLine(what).slice(0, MOST_CHARACTERS),
  }));
}

/** A check that does not heed its signal is left behind. */
function raced(check: Check, parts: DoctorParts, signal: AbortSignal): Promise<Finding[]> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason as Error);
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    check
      .run(parts, signal)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', leave));
  });
}

function tooLong({ limitMs }: Check): Finding {
  return { status: 'bad', what: `no answer within ${Math.round(limitMs / 100) / 10} s` };
}

/** A failure as a finding, with what mends it: the error's own hint unless another is given. */
export function badFinding(error: unknown, about?: string, mend?: string): Finding {
  const where = error instanceof IncidentError ? error.where : undefined;
  const hint = mend ?? (error instanceof IncidentError ? error.hint : undefined);
  const subject = about ?? where;
  const what = `${subject ? `${subject}: ` : ''}${messageOf(error)}`;
  return { status: 'bad', what, ...(hint === undefined ? {} : { mend: hint }) };
}
