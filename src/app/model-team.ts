import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentEvent, AgentName, Seat, Team } from '#src/analysis/agents/contract.ts';
import { AGENTS } from '#src/analysis/agents/contract.ts';
import { GUARDS } from '#src/analysis/agents/guards.ts';
import { routeOf } from '#src/app/model-routing.ts';
import type { ModelConfig, RoutingConfig } from '#src/config/model-schema.ts';
import { IncidentError, messageOf } from '#src/domain/errors.ts';
import { assembleAssistant } from '#src/model/assemble.ts';
import { type BudgetLimits, createBudget } from '#src/model/budget.ts';
import type { LanguageModel } from '#src/model/contract.ts';
import { exchangeFile } from '#src/model/recording/format.ts';
import type { ExchangeSink } from '#src/model/recording/record.ts';
import { createModel } from '#src/model/registry.ts';
import type { Clock } from '#src/platform/clock.ts';
import { createFetch } from '#src/platform/fetch.ts';

export type TeamOptions = {
  model: ModelConfig;
  routing: RoutingConfig;
  /** The source that a flag asks for: it goes before what the configuration says for each agent. */
  asked: ModelConfig['use'] | undefined;
  /** The bundle that is replayed, for recorded replies. */
  bundleDir: string | undefined;
  proxy: { https?: string | undefined; none?: string | undefined };
  clock: Clock;
  redact: (text: string) => string;
  record?: ExchangeSink | undefined;
  onEvent?: ((event: AgentEvent) => void) | undefined;
};

type Source = ModelConfig['use'];
const KEYS = {
  triage: 'triage',
  investigation: 'investigation',
  'root-cause': 'rootCause',
} as const;

/** The models of one investigation, as the configuration seats them; null where none is asked for. */
export function createTeam(options: TeamOptions): Team | null {
  const { model: config, routing, asked, clock } = options;
  const sourceOf = (agent: AgentName): Source =>
    asked ?? routing.agents[KEYS[agent]].provider ?? config.use;
  const isReplay = AGENTS.some((agent) => sourceOf(agent) === 'recorded');
  // A replay costs nothing: where a budget ended is in the recording.
  const limits: BudgetLimits = isReplay ? {} : config.budget;
  const budget = createBudget(limits, clock);
  const models = new Map<string, LanguageModel>();
  const seats = new Map<AgentName, Seat>();
  for (const agent of AGENTS) {
    const source = sourceOf(agent);
    if (source === 'none') continue;
    if (source === 'recorded' && !hasRecording(agent, options.bundleDir)) continue;
    try {
      const assistant = assembleAssistant({
        ...{ agent, budget, limits, prices: config.prices, redact: options.redact },
        model: modelFor(agent, source, options, models),
        record: options.record,
        maxOutputTokens: config.maxOutputTokens,
        timeoutMs: config.timeoutSeconds * 1000,
        maxCalls: config.maxCalls,
      });
      seats.set(agent, { assistant });
    } catch (error) {
      const hint = error instanceof IncidentError ? error.hint : undefined;
      seats.set(agent, { why: messageOf(error), hint });
    }
  }
  if (isReplay && seats.size === 0) seats.set('triage', nothingRecorded(options.bundleDir));
  if (seats.size === 0) return null;
  return {
    seats,
    guards: GUARDS,
    route: (drafted) => routeOf(drafted, routing, asked !== undefined),
    onEvent: options.onEvent,
    monotonic: clock.monotonic,
  };
}

function hasRecording(agent: AgentName, bundleDir: string | undefined): boolean {
  return bundleDir !== undefined && existsSync(join(bundleDir, exchangeFile(agent)));
}

function nothingRecorded(bundleDir: string | undefined): Seat {
  return bundleDir === undefined
    ? { why: 'recorded replies need a bundle', hint: 'Give one with --bundle.' }
    : {
        why: 'the bundle holds no recorded replies',
        hint: 'Record them with --model ollama or openai and --record.',
      };
}

/** @throws IncidentError when the settings cannot be used */
function modelFor(
  agent: AgentName,
  source: Exclude<Source, 'none'>,
  options: TeamOptions,
  models: Map<string, LanguageModel>,
): LanguageModel {
  const { model: config, routing, proxy, clock } = options;
  const tools = { fetch: createFetch({ httpsProxy: proxy.https, noProxy: proxy.none }), clock };
  if (source === 'recorded') {
    return createModel('recorded', { dir: options.bundleDir ?? '', agent }, tools);
  }
  // A flag for another provider does not take this one's model along.
  const seat = routing.agents[KEYS[agent]];
  const isOwn = seat.provider === undefined || seat.provider === source;
  const name = isOwn ? seat.model : undefined;
  const key = `${source}\0${name ?? ''}`;
  const known = models.get(key);
  if (known) return known;
  const made =
    source === 'ollama'
      ? createModel('ollama', { ...config.ollama, ...(name ? { model: name } : {}) }, tools)
      : createModel('openai', { ...config.openai, ...(name ? { model: name } : {}) }, tools);
  models.set(key, made);
  return made;
}
