import { consequencesOf, type Symptom } from '#src/changes/classify/symptoms.ts';
import type { SeenSymptom } from '#src/changes/seen/seen-symptoms.ts';

/** A symptom with how much of it is left to explain. */
export type RootSymptom = SeenSymptom & {
  /** 0..1: its weight times how much it tells, less what follows from more specific symptoms. */
  telling: number;
};

/** What nearly any failure shows tells little about which one it is. */
const GENERAL: Partial<Record<Symptom, number>> = {
  'server-errors': 0.3,
  exception: 0.35,
  latency: 0.5,
  timeout: 0.6,
  'client-errors': 0.6,
  'traffic-down': 0.25,
  'traffic-up': 0.5,
  crash: 0.7,
  'dependency-errors': 0.6,
  assertion: 0.6,
  'type-error': 0.8,
  cpu: 0.7,
};
/** What is left of a symptom that follows wholly from others. */
const LEAST = 0.1;

/**
 * Explains away what follows from something more specific: where a pool is exhausted, slowness and
 * errors are no findings of their own (Pearl, "Probabilistic reasoning in intelligent systems",
 * section 2.2). What is left is what a cause has to account for.
 */
export function rootSymptoms(seen: readonly SeenSymptom[]): RootSymptom[] {
  return seen.map((one) => {
    let covered = 0;
    for (const other of seen) {
      if (other === one) continue;
      const share = consequencesOf(other.symptom)[one.symptom] ?? 0;
      covered = Math.max(covered, share * other.weight);
    }
    const left = Math.max(LEAST * one.weight, one.weight - covered);
    return { ...one, telling: left * (GENERAL[one.symptom] ?? 1) };
  });
}
