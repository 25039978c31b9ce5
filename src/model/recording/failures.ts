import {
  BudgetEndedError,
  type ModelError,
  ModelOutputError,
  ModelRefusedError,
  ModelUnavailableError,
  PromptTooLongError,
} from '#src/model/errors.ts';
import type { Exchange } from '#src/model/recording/format.ts';

type RecordedError = NonNullable<Exchange['error']>;

export function toRecordedError(error: ModelError): RecordedError {
  return {
    class: error.name,
    message: error.message,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...(error instanceof BudgetEndedError ? { which: error.which } : {}),
  };
}

/** The error of the recording, told apart by class like the first one. */
export function fromRecordedError(recorded: RecordedError): ModelError {
  const { message, hint, which } = recorded;
  const context = hint === undefined ? {} : { hint };
  switch (recorded.class) {
    case 'ModelRefusedError':
      return new ModelRefusedError(message, context);
    case 'ModelOutputError':
      return new ModelOutputError(message, context);
    case 'PromptTooLongError':
      return new PromptTooLongError(message, context);
    case 'BudgetEndedError':
      return new BudgetEndedError(message, { ...context, which: which ?? 'steps' });
    default:
      return new ModelUnavailableError(message, context);
  }
}
