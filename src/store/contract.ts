import type { Deploy, Flag, OutsideEvent } from '#src/domain/bundle.ts';
import type { Span } from '#src/domain/time.ts';

/** A change that a person or a CI job told us of. */
export type RecordedChange =
  | ({ kind: 'deploy' } & Deploy)
  | ({ kind: 'flag' } & Flag)
  | ({ kind: 'note' } & OutsideEvent);

/** What the program keeps between runs. Methods throw StoreError when the store cannot be used. */
export interface Store {
  /** Keeps a change; the same change twice is kept once. @returns true when it is new */
  addChange(change: RecordedChange): boolean;
  /** Changes of the services (and those of no service) in a time span, oldest first. */
  listChanges(services: readonly string[], span: Span): RecordedChange[];
  close(): void;
}
