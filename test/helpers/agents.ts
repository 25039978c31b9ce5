import {
  AGENTS,
  type AgentEvent,
  type AgentName,
  type Team,
} from '#src/analysis/agents/contract.ts';
import { GUARDS, type Guards } from '#src/analysis/agents/guards.ts';
import { type Analysed, analyse } from '#src/analysis/pipeline.ts';
import { openRepositories } from '#src/app/repositories.ts';
import type { Bundle } from '#src/domain/bundle.ts';
import { assembleAssistant } from '#src/model/assemble.ts';
import { type BudgetLimits, createBudget } from '#src/model/budget.ts';
import type { LanguageModel } from '#src/model/contract.ts';
import type { ExchangeSink } from '#src/model/recording/record.ts';
import { systemClock } from '#src/platform/clock.ts';
import { silentLogger } from '#src/platform/logger.ts';
import { createRedactor, type Redactor } from '#src/platform/redact/redactor.ts';

export type TeamOptions = {
  model: LanguageModel | ((agent: AgentName) => LanguageModel);
  guards?: Guards;
  agents?: readonly AgentName[];
  limits?: BudgetLimits;
  redact?: (text: string) => string;
  events?: AgentEvent[];
  timeoutMs?: number;
  record?: ExchangeSink;
};

/** A team whose agents all ask the same model. */
export function teamOf(options: TeamOptions): Team {
  const { model, limits = {}, redact = (text) => text, timeoutMs = 10_000 } = options;
  const budget = createBudget(limits, systemClock);
  const agents = options.agents ?? AGENTS;
  return {
    seats: new Map(
      agents.map((agent) => [
        agent,
        {
          assistant: assembleAssistant({
            agent,
            model: typeof model === 'function' ? model(agent) : model,
            ...{ budget, limits, redact, timeoutMs },
            prices: {},
            maxOutputTokens: 1000,
            maxCalls: 6,
            record: options.record,
          }),
        },
      ]),
    ),
    guards: options.guards ?? GUARDS,
    route: () => agents,
    onEvent: (event) => void options.events?.push(event),
    monotonic: systemClock.monotonic,
  };
}

export function plainRedactor(): Redactor {
  return createRedactor({ enabled: true, addresses: false, patterns: {} });
}

/** The whole analysis of a bundle, with a team or without. */
export async function analyseCase(
  bundle: Bundle,
  team?: Team,
  redactor = plainRedactor(),
): Promise<Analysed> {
  const repositories = openRepositories(silentLogger);
  try {
    return await analyse(bundle, {
      depth: 'investigate',
      service: undefined,
      team,
      openRepository: (service) => repositories.open(bundle, service, redactor),
    });
  } finally {
    await repositories.close();
  }
}

/** The agent that a request comes from, by the form that its answer must have. */
export function agentOf(request: {
  output?: { name: string } | undefined;
  messages: readonly { content: string }[];
}): AgentName {
  const system = request.messages[0]?.content ?? '';
  if (system.includes('Your task, triage')) return 'triage';
  return system.includes('Your task, investigation') ? 'investigation' : 'root-cause';
}
