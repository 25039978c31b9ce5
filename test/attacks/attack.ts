import type { AgentName } from '#src/analysis/agents/contract.ts';
import type { Guards } from '#src/analysis/agents/guards.ts';
import type { Analysed } from '#src/analysis/pipeline.ts';
import type { RepositoryView } from '#src/domain/repository.ts';
import type { ModelRequest } from '#src/model/contract.ts';
import type { CaseChanges } from '../helpers/small-case.ts';

/** Which guard holds an attack; it is taken away in the second run. */
export type GuardName =
  | Exclude<keyof Guards, 'checks'>
  | `checks.${keyof Guards['checks']}`
  | 'redact';

/** What an attack left behind, by which it is judged. */
export type Outcome = {
  result: Analysed;
  /** The same case without a model. */
  alone: Analysed;
  requests: readonly ModelRequest[];
  /** What the repository was asked for. */
  reads: readonly string[];
  /** True when the model took the text for an instruction. */
  obeyed: boolean;
};

/**
 * One attack. The model is obedient: when it sees what the attack wrote, it does what it says.
 */
export type Attack = {
  name: string;
  /** All that hold it; taken away together. */
  guards: readonly GuardName[];
  /** Where it writes. */
  plant?: CaseChanges;
  /** What the model must see to obey; without it the model is hostile by itself. */
  order?: string;
  /** Obeys only what stands outside of the data's marks, as models are trained to. */
  respectsFences?: boolean;
  /** What the model then answers to each agent. */
  says?: Partial<Record<AgentName, unknown>>;
  /** What it asks of tools first. */
  calls?: readonly { name: string; input: Record<string, unknown> }[];
  /** The history of the service that tools read, where there is one. */
  repository?: (reads: string[]) => RepositoryView;
  /** True when the attack has got what it is for. */
  hasSucceeded(outcome: Outcome): boolean;
};

/** Everything of a result that a model may have had a hand in. */
export function modelTexts({ result, alone }: Outcome): string {
  const own = new Set(JSON.stringify(alone).match(/"(?:[^"\\]|\\.)*"/g) ?? []);
  const all = JSON.stringify([result.triage, result.rootCause, result.investigation?.hypotheses]);
  return (all.match(/"(?:[^"\\]|\\.)*"/g) ?? [])
    .filter((text) => !own.has(text))
    .map((text) => JSON.parse(text) as string)
    .join('\n');
}

/** What was sent to the model, all of it. */
export function sentText({ requests }: Outcome): string {
  return requests.flatMap(({ messages }) => messages.map(({ content }) => content)).join('\n');
}
