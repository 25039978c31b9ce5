import { fnv1a } from '#src/domain/fingerprint.ts';
import type { IncidentEvent } from '#src/domain/side-effect.ts';

/**
 * What was decided to be told, as the part of a key that names it: the same news is told once,
 * however often it is decided. An incident opens once; another investigation with the same
 * conclusion is no news.
 */
export function decisionOf(event: IncidentEvent): string {
  const { kind, at, incident, result, request } = event;
  if (kind === 'opened') return kind;
  if (kind === 'severity-raised') return `${kind}-${incident.severity}-${at}`;
  if (kind === 'notify-requested') {
    const { alertname = '', summary = '', analysis = '' } = request ?? {};
    return `${kind}-${fnv1a([alertname, summary, analysis])}`;
  }
  if (kind !== 'investigated') return `${kind}-${at}`;
  const cause = result?.rootCause;
  const conclusion = cause
    ? [
        cause.verdict,
        cause.category,
        cause.commit ?? '',
        cause.location?.file ?? '',
        cause.remediation,
      ]
    : [result?.triage.condition ?? '', result?.triage.errorType ?? ''];
  return `${kind}-${fnv1a([incident.severity, ...conclusion])}`;
}
