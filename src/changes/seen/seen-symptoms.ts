import type { Symptom } from '#src/changes/classify/symptoms.ts';
import type { ChangesInput, FactorCite } from '#src/changes/contract.ts';
import { symptomsOfText } from '#src/changes/seen/log-symptoms.ts';
import { symptomsOfMetric } from '#src/changes/seen/metric-symptoms.ts';

/** A symptom of the incident, how clearly it shows, where, and by what. */
export type SeenSymptom = {
  symptom: Symptom;
  /** 0..1. */
  weight: number;
  services: ReadonlySet<string>;
  cite: FactorCite;
};

/** All symptoms that logs and metrics show, strongest first. */
export function seenSymptoms(
  input: Pick<ChangesInput, 'logs' | 'metrics'> & Partial<Pick<ChangesInput, 'topology'>>,
): SeenSymptom[] {
  const found = new Map<Symptom, { weight: number; services: Set<string>; cite: FactorCite }>();
  const note = (
    symptom: Symptom,
    weight: number,
    service: string | null,
    cite: FactorCite,
  ): void => {
    const known = found.get(symptom);
    if (!known) {
      found.set(symptom, { weight, services: new Set(service === null ? [] : [service]), cite });
      return;
    }
    if (service !== null) known.services.add(service);
    if (weight > known.weight) Object.assign(known, { weight, cite });
  };
  for (const clue of input.logs) {
    const cite: FactorCite = {
      kind: 'log',
      id: clue.id ?? null,
      quote: clue.text.slice(0, 200),
      ...(clue.at === null ? {} : { at: clue.at }),
    };
    for (const symptom of symptomsOfText(clue.text)) note(symptom, clue.weight, clue.service, cite);
  }
  const driven = drivenServices(input.metrics, input.topology ?? []);
  for (const clue of input.metrics) {
    const cite: FactorCite = {
      kind: 'metric',
      id: clue.id ?? clue.name,
      ...(clue.at === null ? {} : { at: clue.at }),
    };
    const isDriven = driven.has(clue.service);
    for (const symptom of symptomsOfMetric(clue, isDriven))
      note(symptom, clue.weight, clue.service, cite);
  }
  return [...found]
    .map(([symptom, { weight, services, cite }]) => ({ symptom, weight, services, cite }))
    .sort((a, b) => b.weight - a.weight || (a.symptom < b.symptom ? -1 : 1));
}

/** Services whose traffic grew while that of none of their callers did. */
function drivenServices(
  metrics: ChangesInput['metrics'],
  topology: ChangesInput['topology'],
): ReadonlySet<string> {
  const grown = new Map<string, number>();
  for (const { service, signal, direction, weight } of metrics) {
    if (signal !== 'traffic' || direction !== 'up') continue;
    grown.set(service, Math.max(grown.get(service) ?? 0, weight));
  }
  return new Set(
    [...grown].flatMap(([service, weight]) => {
      const callers = topology.filter(({ dependsOn }) => dependsOn.includes(service));
      const isPassedOn = callers.some(({ name }) => (grown.get(name) ?? 0) >= 0.5 * weight);
      return callers.length > 0 && !isPassedOn ? [service] : [];
    }),
  );
}
