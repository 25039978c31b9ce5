import { MECHANISMS, type MechanismId } from '#src/changes/classify/mechanisms.ts';
import type { Symptom, SymptomWeights } from '#src/changes/classify/symptoms.ts';
import type { Suspect } from '#src/changes/score/suspect.ts';

/** Changes of what a service gives to those that call or read it. */
const CONTRACT: readonly MechanismId[] = [
  'contract-field',
  'contract-format',
  'contract-route',
  'contract-header',
  'contract-status',
  'contract-message',
  'contract-enum',
];

/** From this weight on a change of a contract is taken to make callers fail in that way. */
export const TRIPS_CALLERS = 0.3;

/**
 * What a change does to those that call the service it runs in, while the service itself stays
 * well. @returns weights 0..1; empty for a change that leaves alone what both sides agreed on
 */
export function contractSymptoms(suspect: Suspect): SymptomWeights {
  const weights: SymptomWeights = {};
  for (const { mechanism, weight } of suspect.classification.classes) {
    if (!CONTRACT.includes(mechanism)) continue;
    for (const [name, share] of Object.entries(MECHANISMS[mechanism].symptoms)) {
      const symptom = name as Symptom;
      weights[symptom] = Math.max(weights[symptom] ?? 0, weight * (share ?? 0));
    }
  }
  return weights;
}
