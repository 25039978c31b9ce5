import type { AgentName, Consulted, Team } from '#src/analysis/agents/contract.ts';
import type { Dropped } from '#src/analysis/agents/merge/statements.ts';
import type { Gap } from '#src/domain/bundle.ts';
import { IncidentError, messageOf } from '#src/domain/errors.ts';
import type { Answer, Assistant, ModelProgress, Question } from '#src/model/contract.ts';
import { BudgetEndedError, ModelRefusedError, ModelUnavailableError } from '#src/model/errors.ts';
import { oneLine } from '#src/platform/sanitize.ts';

/** What a model said, and which one it was; null where there is none or it gave nothing. */
export type Outcome<T> = { value: T; model: string } | null;

/** One incident's talk with its models. */
export type Round = {
  readonly signal: AbortSignal | undefined;
  /** Never fails, except when the signal is aborted. */
  ask<T>(
    agent: AgentName,
    prepare: (
      assistant: Assistant,
      onProgress: (progress: ModelProgress) => void,
    ) => Promise<{ question: Question<T>; tokens: number }>,
  ): Promise<Outcome<T>>;
  drop(agent: AgentName, dropped: readonly Dropped[]): void;
  report(): Pick<Consulted, 'model' | 'gaps' | 'modelMs'>;
};

export function createRound(team: Team, signal: AbortSignal | undefined): Round {
  const gaps: Gap[] = [];
  const heard = new Map<string, Assistant>();
  /** Models that cannot be had now: asking again would fail again, and take its time. */
  const lost = new Set<string>();
  let droppedStatements = 0;
  let modelMs = 0;
  let isSpent = false;

  const fail = (agent: AgentName, source: string, why: string, hint?: string): void => {
    const line = oneLine(why).slice(0, 400);
    if (!gaps.some((gap) => gap.source === source && gap.why === line)) {
      gaps.push({ source, why: line, ...(hint ? { hint: oneLine(hint).slice(0, 300) } : {}) });
      team.onEvent?.({ kind: 'problem', agent, why: `${source}: ${line}`, hint });
    }
  };

  return {
    signal,
    ask: async (agent, prepare) => {
      const seat = team.seats.get(agent);
      if (!seat || isSpent) return null;
      if (!('assistant' in seat)) {
        fail(agent, 'model', seat.why, seat.hint);
        return null;
      }
      const { assistant } = seat;
      const name = `${assistant.provider}/${assistant.name}`;
      if (lost.has(name)) return null;
      heard.set(name, assistant);
      const started = team.monotonic();
      try {
        const { question, tokens } = await prepare(assistant, (progress) =>
          team.onEvent?.({ kind: 'progress', agent, progress }),
        );
        team.onEvent?.({ kind: 'asks', agent, model: name, promptTokens: tokens });
        const answer: Answer<
          Awaited<ReturnType<typeof prepare>>['question'] extends Question<infer V> ? V : never
        > = await assistant.ask(question);
        return { value: answer.value, model: name };
      } catch (error) {
        signal?.throwIfAborted();
        const isGone = error instanceof ModelUnavailableError || error instanceof ModelRefusedError;
        if (isGone) lost.add(name);
        if (error instanceof BudgetEndedError) isSpent = true;
        const hint = error instanceof IncidentError ? error.hint : undefined;
        fail(agent, `model ${name}`, messageOf(error), hint);
        return null;
      } finally {
        modelMs += team.monotonic() - started;
      }
    },
    drop: (agent, dropped) => {
      droppedStatements += dropped.length;
      for (const { text, why } of dropped) team.onEvent?.({ kind: 'dropped', agent, text, why });
    },
    report: () => {
      const [first] = heard.values();
      if (!first) return { model: null, gaps, modelMs };
      const list = [...heard.values()];
      const join = (values: string[]): string => [...new Set(values)].join(', ');
      // The budget is the incident's: each assistant tells the same.
      const { calls, inputTokens, outputTokens } = first.spent();
      return {
        model: {
          provider: join(list.map(({ provider }) => provider)),
          name: join(list.map((one) => one.name)),
          calls,
          inputTokens,
          outputTokens,
          droppedStatements,
        },
        gaps,
        modelMs: Math.round(modelMs),
      };
    },
  };
}
