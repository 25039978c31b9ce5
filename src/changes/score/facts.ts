import type { ChangesInput, LogClue, ServiceOnset } from '#src/changes/contract.ts';
import { type RootSymptom, rootSymptoms } from '#src/changes/seen/root-symptoms.ts';
import { type SeenSymptom, seenSymptoms } from '#src/changes/seen/seen-symptoms.ts';
import { termsOf } from '#src/changes/vocabulary.ts';

/** What all changes are judged against, worked out once. */
export type CaseFacts = {
  input: ChangesInput;
  seen: readonly SeenSymptom[];
  /** The same without what merely follows from the rest. */
  roots: readonly RootSymptom[];
  onsetOf: ReadonlyMap<string, ServiceOnset>;
  /** The earliest onset of all, or null when nothing is known to be wrong. */
  earliest: ServiceOnset | null;
  firstFailing: string | null;
  harmed: ReadonlySet<string>;
  healthy: ReadonlySet<string>;
  /** Steps along calls from a service to one that it depends on; null when there is no way. */
  distance(from: string, to: string): number | null;
  /** Terms of each log clue. */
  clues: readonly { clue: LogClue; terms: ReadonlyMap<string, number> }[];
  /** Terms that are in the logs on any day. */
  usual: ReadonlySet<string>;
  /** The same logs, as one text. */
  usualText: string;
  /** Whether a metric crept up. */
  hasRamp: boolean;
};

const MAX_CLUES = 200;
const MAX_USUAL = 2000;
const MAX_USUAL_TEXT = 200_000;

export function caseFacts(input: ChangesInput): CaseFacts {
  const onsetOf = new Map<string, ServiceOnset>();
  for (const onset of input.onsets) {
    const known = onsetOf.get(onset.service);
    if (!known || onset.at < known.at) onsetOf.set(onset.service, onset);
  }
  const earliest =
    [...onsetOf.values()].sort((a, b) => a.at - b.at || (a.service < b.service ? -1 : 1))[0] ??
    null;
  const harmed = new Set(onsetOf.keys());
  const usual = new Set<string>();
  for (const text of (input.usualLogs ?? []).slice(0, MAX_USUAL)) {
    for (const term of termsOf(text).keys()) usual.add(term);
  }
  const seen = seenSymptoms(input);
  return {
    input,
    seen,
    roots: rootSymptoms(seen),
    onsetOf,
    earliest,
    firstFailing: input.firstFailing ?? earliest?.service ?? null,
    harmed,
    healthy: new Set(input.healthy.filter((service) => !harmed.has(service))),
    distance: distances(input.topology),
    clues: [...input.logs]
      .sort((a, b) => b.weight - a.weight)
      .slice(0, MAX_CLUES)
      .map((clue) => ({ clue, terms: termsOf(clue.text) })),
    usual,
    usualText: (input.usualLogs ?? []).slice(0, MAX_USUAL).join('\n').slice(0, MAX_USUAL_TEXT),
    hasRamp: input.metrics.some(({ isRamp }) => isRamp === true),
  };
}

/** Shortest ways along `dependsOn`, each start searched once. */
function distances(topology: ChangesInput['topology']): CaseFacts['distance'] {
  const calls = new Map(topology.map(({ name, dependsOn }) => [name, dependsOn]));
  const known = new Map<string, Map<string, number>>();
  return (from, to) => {
    let steps = known.get(from);
    if (!steps) {
      steps = new Map([[from, 0]]);
      const queue = [from];
      for (let at = 0; at < queue.length; at++) {
        const here = queue[at] ?? '';
        for (const next of calls.get(here) ?? []) {
          if (steps.has(next)) continue;
          steps.set(next, (steps.get(here) ?? 0) + 1);
          queue.push(next);
        }
      }
      known.set(from, steps);
    }
    return steps.get(to) ?? null;
  };
}
