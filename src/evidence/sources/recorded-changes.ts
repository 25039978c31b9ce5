import type { EvidenceSource, SourceSettings } from '#src/evidence/contract.ts';

/** How long before the window a change may still have to do with it, in milliseconds. */
const REACH_MS = 14 * 86_400_000;

/** Deploys, flags and notes that people and CI jobs told us with `incident change add`. */
export function createRecordedChangesSource(
  settings: SourceSettings['recorded-changes'],
): EvidenceSource {
  return {
    id: 'recorded-changes',
    async collect(request) {
      const names = request.services.map((service) => service.name);
      const span = { start: request.window.start - REACH_MS, end: request.window.end };
      const { deploys, flags, events } = await settings.read(names, span);
      return { changes: { deploys, flags }, events };
    },
  };
}
