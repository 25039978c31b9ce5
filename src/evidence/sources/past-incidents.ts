import type { EvidenceSource, SourceSettings } from '#src/evidence/contract.ts';

const MOST = 8;

/** Ended incidents that were like this one, from the store. */
export function createPastIncidentsSource(
  settings: SourceSettings['past-incidents'],
): EvidenceSource {
  return {
    id: 'past-incidents',
    async collect({ target, alerts }) {
      return { past: await settings.read({ service: target.name, alerts, limit: MOST }) };
    },
  };
}
