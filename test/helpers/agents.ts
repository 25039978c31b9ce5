import { join } from 'node:path';
import type { Drafted } from '#src/analysis/agents/contract.ts';
import {
  AGENTS,
  type AgentEvent,
  type AgentName,
  type Team,
} from '#src/analysis/agents/contract.ts';
import { GUARDS, type Guards } from '#src/analysis/agents/guards.ts';
import { type Analysed, answerOf, draftAnswer } from '#src/analysis/pipeline.ts';
import { openRepositories } from '#src/app/repositories.ts';
import type { Bundle } from '#src/domain/bundle.ts';
import { canonicalBundle } from '#src/evidence/bundle/canonical.ts';
import { readBundle } from '#src/evidence/bundle/read.ts';
import { redactBundle } from '#src/evidence/bundle/redact.ts';
import { parseAlertmanagerPayload } from '#src/intake/alertmanager-payload.ts';
import { assembleAssistant } from '#src/model/assemble.ts';
import { type BudgetLimits, createBudget } from '#src/model/budget.ts';
import type { LanguageModel } from '#src/model/contract.ts';
import type { ExchangeSink } from '#src/model/recording/record.ts';
import { systemClock } from '#src/platform/clock.ts';
import { silentLogger } from '#src/platform/logger.ts';
import { createRedactor, type Redactor } from '#src/platform/redact/redactor.ts';

export const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures');

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

/** A bundle as the program sees it: in its canonical order and redacted. */
export async function readCase(dir: string, redactor = plainRedactor()): Promise<Bundle> {
  return redactBundle(canonicalBundle(await readBundle(dir, parseAlertmanagerPayload)), redactor);
}

/** What code alone comes to, with the repositories of the bundle. */
export async function draftCase(bundle: Bundle, redactor = plainRedactor()): Promise<Drafted> {
  const repositories = openRepositories(silentLogger);
  try {
    return await draftAnswer(bundle, {
      depth: 'investigate',
      service: undefined,
      openRepository: (service) => repositories.open(bundle, service, redactor),
    });
  } finally {
    await repositories.close();
  }
}

/** The whole analysis of a bundle, with a team or without; tools find no repository. */
export async function analyseCase(bundle: Bundle, team?: Team): Promise<Analysed> {
  return answerOf(await draftCase(bundle), { team });
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
