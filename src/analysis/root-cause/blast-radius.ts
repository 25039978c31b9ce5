import type { Facts } from '#src/analysis/facts/contract.ts';
import type { RootCause, Triage } from '#src/domain/result.ts';

/** The services that are harmed, without the one where the cause lies, by name. */
export function blastRadiusOf(facts: Facts, triage: Triage, cause: RootCause): string[] {
  if (triage.condition === 'healthy' || triage.condition === 'unknown') return [];
  // What is known to lie in no service harms the first to fail as well.
  const isNowhere =
    cause.verdict !== 'inconclusive' && cause.service === null && cause.commit === null;
  const source = cause.service ?? (isNowhere ? null : triage.firstFailingService);
  const suspect = facts.metrics.suspects.find(({ service }) => service === source);
  const harmed = new Set(
    suspect && suspect.harmed.length > 0 ? suspect.harmed : triage.blastRadius,
  );
  if (!suspect && triage.firstFailingService) harmed.add(triage.firstFailingService);
  if (source !== triage.firstFailingService) for (const name of failing(facts)) harmed.add(name);
  for (const name of unseenCallers(facts, [...harmed, source ?? ''])) harmed.add(name);
  if (source !== null) harmed.delete(source);
  // Where the services are known by name, an exporter or a host is not one of them.
  const known = new Set(facts.subject.services.map(({ name }) => name));
  return [...harmed].filter((name) => known.size === 0 || known.has(name)).sort();
}

/** Services that fail by their own signals; where the cause lies elsewhere, all of them are harmed. */
function failing({ metrics }: Facts): string[] {
  return metrics.services
    .filter(({ condition }) => condition === 'failing')
    .map(({ service }) => service);
}

/**
 * Callers of a service that fails whose own metrics show no harm: those of which nothing was seen,
 * and those that complain in their logs.
 */
function unseenCallers({ metrics, subject, logs }: Facts, harmed: readonly string[]): string[] {
  const conditions = new Map(
    metrics.services.map(({ service, condition }) => [service, condition]),
  );
  const broken = new Set(harmed.filter((name) => conditions.get(name) === 'failing'));
  const complaining = new Set(
    logs.findings
      .filter(
        ({ kind, level, score }) =>
          kind !== 'vanished' && COMPLAINTS.has(level ?? '') && score >= LEAST_COMPLAINT,
      )
      .map(({ service }) => service),
  );
  const calls = (name: string): boolean =>
    metrics.edges.some(({ from, to }) => from === name && broken.has(to));
  return subject.services
    .map(({ name }) => name)
    .filter(calls)
    .filter((name) => (conditions.get(name) ?? 'unknown') === 'unknown' || complaining.has(name));
}

const COMPLAINTS = new Set(['warn', 'error', 'fatal']);
const LEAST_COMPLAINT = 0.45;
