import type { Facts } from '#src/analysis/facts/contract.ts';
import type { RootCause, Triage } from '#src/domain/result.ts';

/** The services that are harmed, without the one where the cause lies, by name. */
export function blastRadiusOf(facts: Facts, triage: Triage, cause: RootCause): string[] {
  if (triage.condition === 'healthy' || triage.condition === 'unknown') return [];
  const source = cause.service ?? triage.firstFailingService;
  const suspect = facts.metrics.suspects.find(({ service }) => service === source);
  const harmed = new Set(
    suspect && suspect.harmed.length > 0 ? suspect.harmed : triage.blastRadius,
  );
  if (!suspect && triage.firstFailingService) harmed.add(triage.firstFailingService);
  if (source !== null) harmed.delete(source);
  // Where the services are known by name, an exporter or a host is not one of them.
  const known = new Set(facts.subject.services.map(({ name }) => name));
  return [...harmed].filter((name) => known.size === 0 || known.has(name)).sort();
}
