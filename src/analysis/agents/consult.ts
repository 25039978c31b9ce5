import { questionFor } from '#src/analysis/agents/ask.ts';
import type { AgentName, Consulted, Drafted, Team } from '#src/analysis/agents/contract.ts';
import {
  type InvestigationReply,
  investigationForm,
  type RootCauseReply,
  rootCauseForm,
  type TriageReply,
  triageForm,
} from '#src/analysis/agents/forms.ts';
import { checkContext } from '#src/analysis/agents/merge/check-context.ts';
import { disagreement } from '#src/analysis/agents/merge/disagreement.ts';
import { takeMissing } from '#src/analysis/agents/merge/missing.ts';
import { takePointers } from '#src/analysis/agents/merge/pointers.ts';
import { type Dropped, takeStatements } from '#src/analysis/agents/merge/statements.ts';
import { createRound, type Outcome, type Round } from '#src/analysis/agents/round.ts';
import { codeTools } from '#src/analysis/agents/tools/code-tools.ts';
import { createToolDesk } from '#src/analysis/agents/tools/desk.ts';
import { telemetryTools } from '#src/analysis/agents/tools/telemetry-tools.ts';
import { rootCause } from '#src/analysis/root-cause/root-cause.ts';
import { withTrail } from '#src/analysis/root-cause/trail.ts';
import type { RootCause, Triage } from '#src/domain/result.ts';

const MOST = { summary: 4, checks: 2, explanation: 5, steps: 2 } as const;

/**
 * Lets the models of a team speak to an answer that code has already come to. What they say is
 * added where it holds; what code has settled, they do not move. Whatever goes wrong with a model,
 * the answer of code stands and the reason is told.
 * @throws the signal's reason when it is aborted
 */
export async function consult(
  drafted: Drafted,
  team: Team,
  signal: AbortSignal | undefined,
): Promise<Consulted> {
  const round = createRound(team, signal);
  const agents = new Set(team.route(drafted));
  let state = drafted;
  if (agents.has('triage')) state = { ...state, triage: await heardTriage(state, team, round) };
  if (agents.has('investigation') && state.findings && state.cause) {
    state = await heardInvestigation(state, team, round);
  }
  if (agents.has('root-cause') && state.findings && state.cause) {
    state = { ...state, cause: await heardCause(state, state.cause, team, round) };
  }
  return { triage: state.triage, findings: state.findings, cause: state.cause, ...round.report() };
}

async function heardTriage(drafted: Drafted, team: Team, round: Round): Promise<Triage> {
  const said: Outcome<TriageReply> = await round.ask('triage', (assistant, onProgress) =>
    questionFor({
      agent: 'triage',
      assistant,
      drafted,
      guards: team.guards,
      output: { name: 'triage', schema: triageForm },
      tools: toolsFor('triage', drafted, team),
      signal: round.signal,
      onProgress,
    }),
  );
  if (!said) return drafted.triage;
  const context = checkContext(drafted, 'triage');
  const { triage } = drafted;
  const summary = takeStatements(said.value.summary, MOST.summary, context, team.guards);
  const checks = takeStatements(said.value.checks, MOST.checks, context, team.guards);
  round.drop('triage', [...summary.dropped, ...checks.dropped]);
  return {
    ...triage,
    ...(summary.kept.length > 0 ? { explanation: summary.kept } : {}),
    nextChecks: [...triage.nextChecks, ...checks.kept],
  };
}

async function heardInvestigation(drafted: Drafted, team: Team, round: Round): Promise<Drafted> {
  const { findings, cause } = drafted;
  if (!findings || !cause) return drafted;
  const said: Outcome<InvestigationReply> = await round.ask(
    'investigation',
    (assistant, onProgress) =>
      questionFor({
        agent: 'investigation',
        assistant,
        drafted,
        guards: team.guards,
        output: { name: 'investigation', schema: investigationForm },
        tools: toolsFor('investigation', drafted, team),
        signal: round.signal,
        onProgress,
      }),
  );
  if (!said) return drafted;
  const pointed = takePointers(said.value, drafted, findings, team.guards);
  const missing = takeMissing(said.value, drafted, team.guards);
  const dropped: Dropped[] = [...pointed.dropped, ...missing.dropped];
  const isSettled = team.guards.keepsVerdict(cause);
  if (pointed.moved && isSettled) {
    dropped.push({
      text: 'what it points at',
      why: 'the evidence has settled the cause without it',
    });
  }
  round.drop('investigation', dropped);
  if (!pointed.moved || isSettled)
    return { ...drafted, findings: withMissing(findings, missing.added) };
  const moved = { ...findings, hypotheses: pointed.hypotheses };
  const { facts, judgement, triage, ledger } = drafted;
  const again = withTrail(rootCause(facts, judgement, triage, moved, ledger), moved);
  // What needed a model to be found is never more than likely.
  const verdict = again.verdict === 'confirmed' ? 'likely' : again.verdict;
  return { ...drafted, findings: withMissing(moved, missing.added), cause: { ...again, verdict } };
}

function withMissing<F extends { hypotheses: unknown[] }>(findings: F, added: F['hypotheses']): F {
  return added.length === 0
    ? findings
    : { ...findings, hypotheses: [...findings.hypotheses, ...added] };
}

async function heardCause(
  drafted: Drafted,
  cause: RootCause,
  team: Team,
  round: Round,
): Promise<RootCause> {
  const said: Outcome<RootCauseReply> = await round.ask('root-cause', (assistant, onProgress) =>
    questionFor({
      agent: 'root-cause',
      assistant,
      drafted,
      guards: team.guards,
      output: { name: 'root_cause', schema: rootCauseForm },
      tools: toolsFor('root-cause', drafted, team),
      signal: round.signal,
      onProgress,
    }),
  );
  if (!said) return cause;
  const differs = disagreement(
    said.value.hypothesis,
    drafted.findings?.hypotheses ?? [],
    cause,
    said.model,
  );
  const steps = takeStatements(
    said.value.nextSteps,
    MOST.steps,
    checkContext(drafted, 'step'),
    team.guards,
  );
  const told = takeStatements(
    said.value.explanation,
    MOST.explanation,
    checkContext(drafted, 'cause'),
    team.guards,
  );
  const dropped = [...told.dropped, ...steps.dropped];
  if (differs !== null && cause.verdict !== 'inconclusive') {
    // A story for another cause does not explain this one; that they differ is told.
    dropped.push(...told.kept.map(({ text }) => ({ text, why: 'it explains another cause' })));
    told.kept.length = 0;
  }
  round.drop('root-cause', dropped);
  return {
    ...cause,
    ...(told.kept.length > 0 ? { explanation: told.kept } : {}),
    nextSteps: [...cause.nextSteps, ...steps.kept],
    alternatives: differs === null ? cause.alternatives : [...cause.alternatives, differs],
  };
}

function toolsFor(agent: AgentName, drafted: Drafted, team: Team) {
  const desk = createToolDesk(drafted, team.guards);
  return agent === 'triage' ? telemetryTools(desk) : [...telemetryTools(desk), ...codeTools(desk)];
}
