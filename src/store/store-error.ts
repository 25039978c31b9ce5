import { IncidentError } from '#src/domain/errors.ts';

/** The store cannot be opened, read or written. */
export class StoreError extends IncidentError {
  readonly exitCode = 1;
}
