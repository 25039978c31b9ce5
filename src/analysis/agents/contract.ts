import type { Guards } from '#src/analysis/agents/guards.ts';
import type { FactRefs } from '#src/analysis/evidence/draft-facts.ts';
import type { Ledger } from '#src/analysis/evidence/ledger.ts';
import type { Facts } from '#src/analysis/facts/contract.ts';
import type { Findings } from '#src/analysis/investigation/investigate.ts';
import type { Judgement } from '#src/analysis/triage/judgement.ts';
import type { Gap } from '#src/domain/bundle.ts';
import type { ModelUse, RootCause, Triage } from '#src/domain/result.ts';
import type { Assistant, ModelProgress } from '#src/model/contract.ts';

export const AGENTS = ['triage', 'investigation', 'root-cause'] as const;
export type AgentName = (typeof AGENTS)[number];

/** Who answers for an agent: a model, or the reason why none does. */
export type Seat = { assistant: Assistant } | { why: string; hint?: string | undefined };

/** The models of one investigation. */
export type Team = {
  /** Agents without a seat work by rules alone. */
  seats: ReadonlyMap<AgentName, Seat>;
  guards: Guards;
  /** Which agents ask their model, once code has its answer. */
  route(drafted: Drafted): readonly AgentName[];
  onEvent?: ((event: AgentEvent) => void) | undefined;
  /** Milliseconds of a clock that never jumps. */
  monotonic(): number;
};

/** What happens while agents ask models, for a person to watch. */
export type AgentEvent =
  | { kind: 'asks'; agent: AgentName; model: string; promptTokens: number }
  | { kind: 'progress'; agent: AgentName; progress: ModelProgress }
  | { kind: 'problem'; agent: AgentName; why: string; hint?: string | undefined }
  | { kind: 'dropped'; agent: AgentName; text: string; why: string };

/** The answer of code alone, with everything that it was made from. */
export type Drafted = {
  facts: Facts;
  judgement: Judgement;
  refs: FactRefs;
  ledger: Ledger;
  triage: Triage;
  /** Null where only triage was asked for. */
  findings: Findings | null;
  cause: RootCause | null;
};

/** The answer after models were heard. */
export type Consulted = {
  triage: Triage;
  findings: Findings | null;
  cause: RootCause | null;
  model: ModelUse | null;
  /** Why a model gave nothing, where it did not. */
  gaps: Gap[];
  modelMs: number;
};
