import type { ChangeReader } from '#src/evidence/contract.ts';
import type { RecordedChange } from '#src/store/contract.ts';

/** Changes of the store as the evidence knows them, each kind in its own list. */
export function asCollected(changes: readonly RecordedChange[]): Awaited<ReturnType<ChangeReader>> {
  const found: Awaited<ReturnType<ChangeReader>> = { deploys: [], flags: [], events: [] };
  for (const { kind, ...change } of changes) {
    if (kind === 'deploy') found.deploys.push(change as (typeof found.deploys)[number]);
    else if (kind === 'flag') found.flags.push(change as (typeof found.flags)[number]);
    else found.events.push(change as (typeof found.events)[number]);
  }
  return found;
}
