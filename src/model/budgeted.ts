import type { Budget, Price } from '#src/model/budget.ts';
import type { LanguageModel } from '#src/model/contract.ts';
import { BudgetEndedError, ModelError, ModelOutputError } from '#src/model/errors.ts';
import { estimateRequest } from '#src/model/request-tokens.ts';

/**
 * The same model, within the budget of an incident: each call is reserved before and settled after.
 * @throws BudgetEndedError from `generate`, before the call or in the middle of it
 */
export function budgetedModel(
  model: LanguageModel,
  budget: Budget,
  price: Price | null,
): LanguageModel {
  return {
    ...model,
    generate: async (request) => {
      const { reasoningTokens } = await model.capabilities(request.signal);
      const inputTokens = estimateRequest(request);
      const maxOutputTokens = request.maxOutputTokens + reasoningTokens;
      const reservation = budget.reserve({ price, inputTokens, maxOutputTokens });
      const signals = [request.signal, reservation.signal].filter((signal) => signal !== undefined);
      const signal = signals.length > 0 ? AbortSignal.any(signals) : undefined;
      try {
        const reply = await model.generate({ ...request, signal });
        reservation.settle(reply.usage);
        return reply;
      } catch (error) {
        if (mayHaveCost(error)) {
          reservation.settle({ inputTokens, cachedInputTokens: 0, outputTokens: 0 });
        } else reservation.release();
        throw error;
      }
    },
  };
}

/** What broke off in the middle was probably read, and is counted as read; a refusal cost nothing. */
function mayHaveCost(error: unknown): boolean {
  if (!(error instanceof ModelError)) return true;
  if (error instanceof ModelOutputError || error instanceof BudgetEndedError) return true;
  return error.status === undefined && error.isRetryable;
}
