import { InputError } from '#src/domain/errors.ts';
import type { Spent, TokenUsage } from '#src/model/contract.ts';
import { BudgetEndedError, type BudgetKind } from '#src/model/errors.ts';
import type { Clock } from '#src/platform/clock.ts';

/** What the models may cost for one incident; what is left out has no limit. */
export type BudgetLimits = {
  /** Exchanges with a model. */
  steps?: number | undefined;
  /** Tokens read and written. */
  tokens?: number | undefined;
  /** In the currency of the price table. */
  money?: number | undefined;
  /** From the first exchange on, by the wall clock. */
  seconds?: number | undefined;
};

/** Per million tokens. Cached input costs as much as other input unless it is given. */
export type Price = { input: number; output: number; cachedInput?: number | undefined };

/** By `provider/model`, `model`, or a beginning of either with a `*` at the end. */
export type PriceTable = Readonly<Record<string, Price>>;

/** A call that is under way: what it may cost at the most is taken from the budget. */
type Reservation = {
  /** Aborts when the seconds of the budget end, with a `BudgetEndedError` as its reason. */
  signal: AbortSignal | undefined;
  /** The call has ended with this usage. */
  settle(usage: TokenUsage): void;
  /** The call gave nothing and cost nothing that is known. */
  release(): void;
};

export type Budget = {
  /** Exchanges that are left, for those who must keep one for the answer. */
  stepsLeft(): number;
  /**
   * Takes out what one call may cost at the most.
   * @throws BudgetEndedError that says which limit it would pass; nothing is taken out then
   */
  reserve(call: { price: Price | null; inputTokens: number; maxOutputTokens: number }): Reservation;
  spent(): Spent;
};

type Reserved = { tokens: number; money: number };

/** The budget of one incident, shared by all its agents. */
export function createBudget(limits: BudgetLimits, clock: Clock): Budget {
  const used = { calls: 0, inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, money: 0 };
  const reserved: Reserved = { tokens: 0, money: 0 };
  let hasUnpriced = false;
  let begun: number | null = null;

  const end = (which: BudgetKind, limit: number): BudgetEndedError =>
    new BudgetEndedError(`the budget of ${limit} ${which} for models has ended`, {
      which,
      hint: `Raise the limit of ${which} for models in the configuration.`,
    });

  const millisLeft = (): number => {
    if (limits.seconds === undefined) return Number.POSITIVE_INFINITY;
    return limits.seconds * 1000 - (begun === null ? 0 : clock.monotonic() - begun);
  };

  const check = (want: Reserved): void => {
    const { steps, tokens, money, seconds } = limits;
    if (steps !== undefined && used.calls >= steps) throw end('steps', steps);
    const allTokens = used.inputTokens + used.outputTokens + reserved.tokens + want.tokens;
    if (tokens !== undefined && allTokens > tokens) throw end('tokens', tokens);
    const allMoney = used.money + reserved.money + want.money;
    if (money !== undefined && allMoney > money) throw end('money', money);
    if (seconds !== undefined && millisLeft() <= 0) throw end('seconds', seconds);
  };

  return {
    stepsLeft: () => Math.max(0, (limits.steps ?? Number.POSITIVE_INFINITY) - used.calls),
    reserve: ({ price, inputTokens, maxOutputTokens }) => {
      const usage = { inputTokens, cachedInputTokens: 0, outputTokens: maxOutputTokens };
      const want = { tokens: inputTokens + maxOutputTokens, money: costOf(usage, price) };
      check(want);
      begun ??= clock.monotonic();
      used.calls++;
      reserved.tokens += want.tokens;
      reserved.money += want.money;
      const limit = limitOn(millisLeft(), () => end('seconds', limits.seconds ?? 0));
      let isOpen = true;
      const close = (): boolean => {
        if (!isOpen) return false;
        isOpen = false;
        limit.clear();
        reserved.tokens -= want.tokens;
        reserved.money -= want.money;
        return true;
      };
      return {
        signal: limit.signal,
        settle: (actual) => {
          if (!close()) return;
          used.inputTokens += actual.inputTokens;
          used.cachedInputTokens += actual.cachedInputTokens;
          used.outputTokens += actual.outputTokens;
          used.money += costOf(actual, price);
          hasUnpriced ||= price === null;
        },
        release: () => {
          close();
        },
      };
    },
    spent: () => ({ ...used, money: hasUnpriced ? null : used.money }),
  };
}

function limitOn(
  millis: number,
  reason: () => Error,
): { signal: AbortSignal | undefined; clear(): void } {
  if (!Number.isFinite(millis)) return { signal: undefined, clear: () => {} };
  const controller = new AbortController();
  // A longer delay would overflow the timer and fire at once.
  const timer = setTimeout(() => controller.abort(reason()), Math.min(millis, 2 ** 31 - 1));
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
}

function costOf(usage: TokenUsage, price: Price | null): number {
  if (price === null) return 0;
  const fresh = usage.inputTokens - usage.cachedInputTokens;
  const cached = usage.cachedInputTokens * (price.cachedInput ?? price.input);
  return (fresh * price.input + cached + usage.outputTokens * price.output) / 1_000_000;
}

/**
 * What a model costs. A local one costs nothing.
 * @returns null when the table does not say
 * @throws InputError when there is a limit on money and no price to hold it with
 */
export function priceOf(
  model: { provider: string; name: string; isLocal: boolean },
  prices: PriceTable,
  limits: BudgetLimits,
): Price | null {
  const full = `${model.provider}/${model.name}`;
  const key =
    [full, model.name].find((name) => Object.hasOwn(prices, name)) ??
    longest(full, model.name, prices);
  if (key !== undefined) return prices[key] ?? null;
  if (model.isLocal) return { input: 0, output: 0 };
  if (limits.money === undefined) return null;
  throw new InputError(`the limit on money needs the price of ${full}`, {
    where: 'model prices',
    hint: `Add "${model.name}": { "input": …, "output": … } (per million tokens), or take the limit away.`,
  });
}

function longest(full: string, name: string, prices: PriceTable): string | undefined {
  const fits = (key: string): boolean => {
    const beginning = key.slice(0, -1);
    return key.endsWith('*') && (full.startsWith(beginning) || name.startsWith(beginning));
  };
  return Object.keys(prices)
    .filter(fits)
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))[0];
}
