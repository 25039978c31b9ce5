import type { Symptom } from '#src/changes/classify/symptoms.ts';
import { withConsequences } from '#src/changes/classify/symptoms.ts';
import type { Factor } from '#src/changes/contract.ts';
import { touchesShared } from '#src/changes/ownership.ts';
import { contractSymptoms, TRIPS_CALLERS } from '#src/changes/score/contract-symptoms.ts';
import type { CaseFacts } from '#src/changes/score/facts.ts';
import type { Opinion, Suspect } from '#src/changes/score/suspect.ts';

/** What a caller can do to the service it calls. */
const DOWNSTREAM: readonly Symptom[] = [
  'dependency-load',
  'traffic-up',
  'traffic-down',
  'client-errors',
  'not-found',
  'auth-failure',
  'parse-error',
  'connections',
  'database',
  'rate-limited',
  'data-conflict',
  'wrong-data',
  'queue',
];

/** Does the changed code run where it hurts, or in something that it leans on? */
export function judgeReach(suspect: Suspect, facts: CaseFacts): Opinion {
  if (facts.harmed.size === 0 || suspect.services.length === 0)
    return { factors: [], acquitted: null };
  const ways = suspect.services.map((service) => wayOf(service, suspect, facts));
  const best = ways.sort((a, b) => b.weight - a.weight)[0];
  if (!best) return { factors: [], acquitted: null };
  const isShared = suspect.commit !== null && touchesShared(suspect.commit);
  if (best.isUnrelated && !isShared && knowsAll(suspect, facts)) {
    return {
      factors: [],
      acquitted: `it runs in ${suspect.services.join(', ')}, which no harmed service depends on or is called by`,
    };
  }
  const weight = best.isUnrelated && isShared ? best.weight * 0.5 : best.weight;
  const factor: Factor = {
    id: 'reach',
    weight,
    text: best.text,
    cites: [{ kind: 'topology', id: best.service }],
  };
  return { factors: [factor], acquitted: null };
}

type Way = { service: string; weight: number; text: string; isUnrelated: boolean };

function wayOf(service: string, suspect: Suspect, facts: CaseFacts): Way {
  const way = (weight: number, text: string, isUnrelated = false): Way => ({
    service,
    weight,
    text,
    isUnrelated,
  });
  const { firstFailing } = facts;
  if (facts.harmed.has(service)) {
    if (
      firstFailing !== null &&
      facts.distance(firstFailing, service) === 1 &&
      tripsCaller(firstFailing, suspect, facts)
    ) {
      return way(
        1,
        `${firstFailing}, the first to fail, reads what ${service} gives and fails on it`,
      );
    }
    if (firstFailing !== null && pressesOn(service, firstFailing, suspect, facts)) {
      return way(0.6, `${service} calls ${firstFailing}, the first to fail, and can press on it`);
    }
    return service === facts.firstFailing
      ? way(1.1, `it runs in ${service}, the first to fail`)
      : way(
          facts.firstFailing !== null && facts.distance(service, facts.firstFailing) !== null
            ? -0.2
            : 0.5,
          `it runs in ${service}, which is harmed`,
        );
  }
  const downTo = nearest([...facts.harmed], (harmed) => facts.distance(harmed, service));
  const tripped = trippedCaller(service, suspect, facts);
  if (tripped !== null) {
    return way(0.8, `${tripped} reads what ${service} gives and fails on it`);
  }
  if (downTo) {
    const isWatched = facts.healthy.has(service);
    const weight = (isWatched ? -0.3 : 0.5) - 0.2 * Math.max(0, downTo.steps - 1);
    return way(
      weight,
      `${downTo.name} depends on ${service}${isWatched ? ', which itself stayed well' : ''}`,
    );
  }
  const upTo = nearest([...facts.harmed], (harmed) => facts.distance(service, harmed));
  if (upTo) {
    const possible = withConsequences(suspect.classification.symptoms);
    const presses = Math.max(0, ...DOWNSTREAM.map((symptom) => possible[symptom] ?? 0));
    return way(
      presses >= 0.4 ? 0.1 : -0.9,
      `${service} calls ${upTo.name}${presses >= 0.4 ? ' and can press on it' : ''}`,
    );
  }
  return way(-1.8, `${service} has no known tie to a harmed service`, true);
}

/** Signs of too much work at a service. */
const PRESSED: readonly Symptom[] = [
  'queue',
  'cpu',
  'threads',
  'connections',
  'dependency-load',
  'traffic-up',
  'rate-limited',
  'database',
];

/** Whether a caller's change can be why the service it calls has too much to do. */
function pressesOn(caller: string, callee: string, suspect: Suspect, facts: CaseFacts): boolean {
  if (caller === callee || facts.distance(caller, callee) !== 1) return false;
  const possible = withConsequences(suspect.classification.symptoms);
  const load = Math.max(possible['dependency-load'] ?? 0, possible['traffic-up'] ?? 0);
  return (
    load >= 0.25 &&
    facts.roots.some(
      ({ symptom, telling, services }) =>
        PRESSED.includes(symptom) && telling >= 0.3 && services.has(callee),
    )
  );
}

/** The caller of a service that fails on what it gives, and is harmed or makes others fail. */
function trippedCaller(service: string, suspect: Suspect, facts: CaseFacts): string | null {
  const callers = new Set(facts.roots.flatMap(({ services }) => [...services]));
  const tripped = [...callers]
    .sort()
    .filter(
      (name) =>
        name !== service &&
        facts.distance(name, service) === 1 &&
        [...facts.harmed].some(
          (harmed) => harmed === name || facts.distance(harmed, name) !== null,
        ) &&
        tripsCaller(name, suspect, facts),
    );
  return tripped[0] ?? null;
}

/** Whether a caller shows what a change of the contract would do to it. */
function tripsCaller(caller: string, suspect: Suspect, facts: CaseFacts): boolean {
  const possible = contractSymptoms(suspect);
  return facts.roots.some(
    ({ symptom, telling, services }) =>
      telling >= 0.3 && services.has(caller) && (possible[symptom] ?? 0) >= TRIPS_CALLERS,
  );
}

function nearest(
  names: readonly string[],
  distance: (name: string) => number | null,
): { name: string; steps: number } | null {
  let best: { name: string; steps: number } | null = null;
  for (const name of [...names].sort()) {
    const steps = distance(name);
    if (steps !== null && (!best || steps < best.steps)) best = { name, steps };
  }
  return best;
}

/** Whether the graph is known well enough to say that there is no way. */
function knowsAll(suspect: Suspect, facts: CaseFacts): boolean {
  const known = new Set(facts.input.topology.map(({ name }) => name));
  const edges = facts.input.topology.some(({ dependsOn }) => dependsOn.length > 0);
  return (
    edges &&
    suspect.services.every((service) => known.has(service)) &&
    [...facts.harmed].every((service) => known.has(service))
  );
}
