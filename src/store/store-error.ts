import { type ErrorContext, IncidentError } from '#src/domain/errors.ts';

/**
 * Why a store cannot be used: `busy` passes by itself, `full` when room is made, `corrupt` and
 * `replaced` need a person.
 */
export type StoreTrouble = 'busy' | 'full' | 'corrupt' | 'replaced' | 'other';

/** The store cannot be opened, read or written. */
export class StoreError extends IncidentError {
  readonly exitCode = 1;
  readonly trouble: StoreTrouble;

  constructor(message: string, context: ErrorContext & { trouble?: StoreTrouble } = {}) {
    super(message, context);
    this.trouble = context.trouble ?? 'other';
  }
}
