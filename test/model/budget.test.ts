import { describe, expect, it } from 'vitest';
import { type BudgetLimits, createBudget, priceOf } from '#src/model/budget.ts';
import { budgetedModel } from '#src/model/budgeted.ts';
import { BudgetEndedError, ModelRefusedError, ModelUnavailableError } from '#src/model/errors.ts';
import { systemClock } from '#src/platform/clock.ts';
import { fakeModel } from '../helpers/model-fake.ts';

const usage = (input: number, output: number, cached = 0) => ({
  inputTokens: input,
  cachedInputTokens: cached,
  outputTokens: output,
});
const price = { input: 2, output: 10, cachedInput: 0.5 };
const call = { price, inputTokens: 1000, maxOutputTokens: 500 };
const budgetOf = (limits: BudgetLimits) => createBudget(limits, systemClock);

function ending(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(BudgetEndedError);
    return (error as BudgetEndedError).which;
  }
  return 'none';
}

describe('createBudget', () => {
  it('ends by steps, and knows how many are left', () => {
    const budget = budgetOf({ steps: 2 });
    budget.reserve(call).settle(usage(1, 1));
    expect(budget.stepsLeft()).toBe(1);
    budget.reserve(call).release();
    expect(ending(() => budget.reserve(call))).toBe('steps');
    expect(budget.stepsLeft()).toBe(0);
    expect(budgetOf({}).stepsLeft()).toBe(Number.POSITIVE_INFINITY);
  });

  it('ends by tokens, counting what is under way', () => {
    const budget = budgetOf({ tokens: 3100 });
    const first = budget.reserve(call);
    budget.reserve(call);
    expect(ending(() => budget.reserve(call))).toBe('tokens');
    first.settle(usage(100, 0));
    expect(ending(() => budget.reserve(call))).toBe('none');
  });

  it('ends by money, with cached tokens at their own price', () => {
    const budget = budgetOf({ money: 0.02 });
    // 1,000 × 2 + 500 × 10 a million.
    budget.reserve(call).settle(usage(1000, 500, 400));
    expect(budget.spent().money).toBeCloseTo((600 * 2 + 400 * 0.5 + 500 * 10) / 1e6, 12);
    budget.reserve(call);
    expect(ending(() => budget.reserve(call))).toBe('money');
  });

  it('ends by seconds from the first call on', () => {
    let now = 0;
    const budget = createBudget({ seconds: 10 }, { now: () => 0, monotonic: () => now });
    now = 60_000;
    budget.reserve(call).release();
    now = 69_999;
    expect(ending(() => budget.reserve(call).release())).toBe('none');
    now = 70_000;
    expect(ending(() => budget.reserve(call))).toBe('seconds');
  });

  it('of zero permits nothing', () => {
    for (const which of ['steps', 'tokens', 'money', 'seconds'] as const) {
      expect(ending(() => budgetOf({ [which]: 0 }).reserve(call))).toBe(which);
    }
  });

  it('takes nothing out for a call that it refuses, and settles a call once', () => {
    const budget = budgetOf({ tokens: 1600 });
    const first = budget.reserve(call);
    expect(ending(() => budget.reserve(call))).toBe('tokens');
    first.settle(usage(50, 10));
    first.settle(usage(50, 10));
    first.release();
    expect(budget.spent()).toMatchObject({ calls: 1, inputTokens: 50, outputTokens: 10 });
    expect(ending(() => budget.reserve(call))).toBe('none');
  });

  it('does not pretend to know the money of a model without a price', () => {
    const budget = budgetOf({});
    budget.reserve({ ...call, price: null }).settle(usage(5, 5));
    expect(budget.spent().money).toBeNull();
  });
});

describe('priceOf', () => {
  const model = { provider: 'openai', name: 'big-2030-01', isLocal: false };
  const p = (input: number) => ({ input, output: 1 });

  it('takes the most exact name', () => {
    expect(priceOf(model, { 'big-2030-01': p(1), 'big*': p(2) }, {})).toEqual(p(1));
    expect(priceOf(model, { 'openai/*': p(1), 'openai/big*': p(2) }, {})).toEqual(p(2));
    expect(priceOf(model, { big: p(1) }, {})).toBeNull();
  });

  it('is nothing for a model on this machine', () => {
    expect(priceOf({ ...model, isLocal: true }, {}, { money: 1 })).toEqual({ input: 0, output: 0 });
  });

  it('has to be known where money is limited', () => {
    expect(() => priceOf(model, {}, { money: 1 })).toThrow('needs the price of openai/big-2030-01');
  });
});

describe('budgetedModel', () => {
  const request = {
    messages: [{ role: 'user' as const, content: 'why?' }],
    maxOutputTokens: 100,
    timeoutMs: 1000,
  };

  it('reserves what a call may cost with its thinking, and settles what it did', async () => {
    const budget = budgetOf({ tokens: 200 });
    await budgetedModel(fakeModel([{ text: 'x' }]), budget, null).generate(request);
    expect(budget.spent()).toMatchObject({ inputTokens: 10, outputTokens: 5 });
    const thinking = fakeModel([{ text: 'x' }], { reasoningTokens: 5000 });
    await expect(budgetedModel(thinking, budget, null).generate(request)).rejects.toThrow(
      BudgetEndedError,
    );
    expect(thinking.requests).toHaveLength(0);
  });

  it('counts what broke off as read, and what was refused as nothing', async () => {
    const budget = budgetOf({});
    const cut = new ModelUnavailableError('cut', { isRetryable: true });
    const refused = new ModelRefusedError('no', { status: 401 });
    await expect(
      budgetedModel(fakeModel([refused]), budget, null).generate(request),
    ).rejects.toThrow('no');
    expect(budget.spent().inputTokens).toBe(0);
    await expect(budgetedModel(fakeModel([cut]), budget, null).generate(request)).rejects.toThrow(
      'cut',
    );
    expect(budget.spent().inputTokens).toBeGreaterThan(0);
  });

  it('stops a call in the middle when its seconds end', async () => {
    const budget = budgetOf({ seconds: 0.1 });
    const model = fakeModel([]);
    const slow = {
      ...model,
      generate: ({ signal }: { signal?: AbortSignal | undefined }) =>
        new Promise<never>((_, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason));
        }),
    };
    await expect(budgetedModel(slow, budget, null).generate(request)).rejects.toMatchObject({
      which: 'seconds',
      message: 'the budget of 0.1 seconds for models has ended',
    });
  });
});
