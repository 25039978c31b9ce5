import { createAssistant } from '#src/model/assistant.ts';
import { type Budget, type BudgetLimits, type PriceTable, priceOf } from '#src/model/budget.ts';
import { budgetedModel } from '#src/model/budgeted.ts';
import type { Assistant, LanguageModel } from '#src/model/contract.ts';
import { type ExchangeSink, recordModel } from '#src/model/recording/record.ts';
import { redactedModel } from '#src/model/redacted.ts';

export type AssembleOptions = {
  /** The agent that will ask; names its exchanges in a recording. */
  agent: string;
  model: LanguageModel;
  /** The incident's, shared by its agents. */
  budget: Budget;
  limits: BudgetLimits;
  prices: PriceTable;
  /** The incident's redactor. */
  redact: (text: string) => string;
  /** Where exchanges are written down, if they are. */
  record?: ExchangeSink | undefined;
  maxOutputTokens: number;
  /** One call of the model, in milliseconds. */
  timeoutMs: number;
  /** Calls of the model for one question, the repair not counted. */
  maxCalls: number;
};

/**
 * The assistant of one agent. From the inside out: the model; redaction of what it writes; the
 * budget; the recording, which so also holds where a budget ended; redaction of what it is asked.
 * @throws InputError when there is a limit on money and no price for the model
 */
export function assembleAssistant(options: AssembleOptions): Assistant {
  const { agent, model, budget, redact, record } = options;
  const price = priceOf(model, options.prices, options.limits);
  const budgeted = budgetedModel(redactedModel(model, redact), budget, price);
  const recorded = record === undefined ? budgeted : recordModel(budgeted, agent, record);
  return createAssistant({ ...options, model: redactedModel(recorded, redact) });
}
