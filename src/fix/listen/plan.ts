import type { Severity } from '#src/domain/alert.ts';
import type { EffectDraft, IncidentEvent } from '#src/domain/side-effect.ts';

/** The kind of side effect that proposed fixes are. */
export const PULL_REQUEST = 'pull-request';

/** Incidents for which a daemon proposes a fix; what a rule does not name, it does not ask for. */
export type FixRule = {
  services?: readonly string[] | undefined;
  severities?: readonly Severity[] | undefined;
};

/**
 * Whether an event gives rise to a proposed fix: an answer that blames a commit, in an incident that
 * a rule names. One for each cause of an incident; whether anything comes of it, the guards decide.
 */
export function planFix(event: IncidentEvent, rules: readonly FixRule[]): EffectDraft[] {
  const { kind, incident, result } = event;
  const cause = result?.rootCause;
  if (kind !== 'investigated' || !cause || cause.verdict === 'inconclusive') return [];
  if (cause.commit === null) return [];
  const service = cause.service ?? incident.service;
  const isNamed = rules.some(
    ({ services, severities }) =>
      (services?.includes(service) ?? true) && (severities?.includes(incident.severity) ?? true),
  );
  if (!isNamed) return [];
  const lane = `${PULL_REQUEST}/${incident.id}`;
  return [
    {
      key: `${lane}/${cause.commit}`,
      ...{ kind: PULL_REQUEST, target: 'github', lane },
      payload: { commit: cause.commit },
      cancelOn: ['resolved', 'merged'],
    },
  ];
}
