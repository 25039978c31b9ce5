import type { OpenRepository } from '#src/changes/repository.ts';
import { messageOf } from '#src/domain/errors.ts';
import type { FixProposal } from '#src/domain/fix.ts';
import type { Result } from '#src/domain/result.ts';
import type { Service } from '#src/domain/service.ts';
import type { FixStep, Goal, HostFacts, Patch, Proof, Strategy } from '#src/fix/contract.ts';
import { changedLines } from '#src/fix/facts/changed-lines.ts';
import { touchedFiles } from '#src/fix/facts/touched-files.ts';
import type { GuardFacts } from '#src/fix/guards/contract.ts';
import { askGuards } from '#src/fix/guards/registry.ts';
import type { CodeHost } from '#src/fix/hosts/contract.ts';
import { planFix } from '#src/fix/plan.ts';
import { prove } from '#src/fix/proof/prove.ts';
import { draftOf, targetOf } from '#src/fix/pull-request/draft.ts';
import type { Room } from '#src/fix/sandbox/room.ts';
import type { FixSettings } from '#src/fix/settings.ts';
import { noFix, proposalOf, type Tried } from '#src/fix/tried.ts';
import { type Way, wayTo } from '#src/fix/ways.ts';
import { dirtyFiles } from '#src/fix/workshop/dirty.ts';
import type { Workshop } from '#src/fix/workshop/workshop.ts';
import type { Assistant } from '#src/model/contract.ts';

export type FixInput = {
  result: Result;
  service: Service;
  strategy: 'auto' | Strategy;
  goal: Goal;
  settings: FixSettings;
  /** The service's history and a workshop beside it; null where it has none. */
  repository: OpenRepository | null;
  openWorkshop(repository: OpenRepository): Promise<Workshop>;
  openRoom(): Promise<Room>;
  /** The service's own folder; null for a recording. */
  serviceDir: string | null;
  /** Where a change goes when it is asked for; null in a dry run. */
  host: CodeHost | null;
  /** Writes patches; null without a model. */
  assistant: Assistant | null;
  redact(text: string): string;
  /** Page of the incident; null where pages have no address. */
  incidentUrl: string | null;
  /** Milliseconds since the epoch. */
  now: number;
  onStep?: ((step: FixStep) => void) | undefined;
  signal?: AbortSignal | undefined;
};

/** Changes tried for one incident, at the most. */
const MOST_TRIED = 4;

/**
 * A proven change for the cause of an incident, or none with what is missing. Nothing is written
 * anywhere but in temporary folders, unless a goal was named and every guard lets it through.
 * @throws UpstreamError when the code host fails; RefusedError when its branch is not ours
 */
export async function proposeFix(input: FixInput): Promise<FixProposal> {
  const { result, settings, repository } = input;
  if (settings.switch === 'off') return noFix('Fixes are switched off by fix.switch.');
  const plan = planFix(result, {
    strategy: input.strategy,
    showConfidence: settings.guards.showConfidence,
    hasModel: input.assistant !== null,
  });
  if (plan.ways.length === 0) return noFix(plan.why);
  if (repository === null) {
    return noFix(
      `${plan.why} But the history of "${input.service.name}" is not known: give it a repo_path.`,
    );
  }
  const workshop = await input.openWorkshop(repository);
  let room: Room | null = null;
  try {
    room = await input.openRoom();
    const found = await tryWays(input, { ...plan, workshop, room });
    return found.best
      ? await settle(input, workshop, found.best, plan.why)
      : refuse(found, plan.why);
  } finally {
    await room?.close();
    await workshop.close();
  }
}

type Work = { ways: Strategy[]; commit: string | null; workshop: Workshop; room: Room };
type Found = { best: Tried | null; last: Tried | null; refusals: string[] };

/** Tries the ways in order until a change passes every guard; else the best of them. */
async function tryWays(input: FixInput, work: Work): Promise<Found> {
  const found: Found = { best: null, last: null, refusals: [] };
  let round = 0;
  const attempt: Way['attempt'] = async (patch) => {
    input.onStep?.({ step: 'prove', detail: patch.title });
    const tried = await tryPatch(input, work, patch, ++round);
    found.last = tried;
    if (!tried.proof.isRefuted && isBetter(tried, found.best)) found.best = tried;
    return { proof: tried.proof, isGood: tried.isGood || round >= MOST_TRIED };
  };
  for (const strategy of work.ways) {
    if (found.best?.isGood || round >= MOST_TRIED) break;
    input.onStep?.({ step: strategy });
    const refusals = await wayTo(strategy)({ ...input, ...work, attempt });
    found.refusals.push(...refusals);
  }
  return found;
}

function isBetter(tried: Tried, best: Tried | null): boolean {
  if (best === null) return true;
  if (tried.isGood !== best.isGood) return tried.isGood;
  return best.proof.isRed && !tried.proof.isRed;
}

async function tryPatch(
  input: FixInput,
  { workshop, room }: Work,
  patch: Patch,
  round: number,
): Promise<Tried> {
  const { service, settings } = input;
  const { maxFiles, maxMegabytes } = settings.commands;
  const proof = await prove(
    {
      workshop,
      patch,
      room,
      commands: { build: service.build_command, test: service.test_command },
      limits: { maxFiles, maxBytes: maxMegabytes * 1024 ** 2 },
    },
    round,
  );
  const facts = await factsOf(input, workshop, patch, proof);
  const guards = askGuards(facts);
  return { patch, proof, facts, guards, isGood: guards.every(({ ok }) => ok) };
}

async function factsOf(
  input: FixInput,
  workshop: Workshop,
  patch: Patch,
  proof: Proof,
): Promise<GuardFacts> {
  const { result, settings, service, serviceDir } = input;
  if (result.rootCause === null) throw new Error('a plan without a cause');
  return {
    goal: input.goal,
    isSwitchedOn: settings.switch === 'on',
    settings: settings.guards,
    cause: result.rootCause,
    patch,
    files: await touchedFiles(workshop, patch),
    proof,
    base: workshop.base,
    isShallow: workshop.isShallow,
    dirtyFiles: serviceDir === null ? [] : await dirtyFiles(workshop.git, serviceDir),
    changedLines: await changedLines(result, workshop.view, patch.files),
    redact: input.redact,
    repository: service.repository ?? null,
    host: null,
  };
}

/** Asks the code host and the guards on it, and hands the change over when all agree. */
async function settle(
  input: FixInput,
  workshop: Workshop,
  tried: Tried,
  why: string,
): Promise<FixProposal> {
  const { host, goal, redact } = input;
  if (goal === 'show' || host === null || !tried.isGood) {
    return proposalOf(tried, { why, redact, delivered: null });
  }
  input.onStep?.({ step: 'guard', detail: host.name });
  const target = targetOf(input, tried.patch);
  const facts: HostFacts = await host.facts(target);
  const guards = askGuards({ ...tried.facts, host: facts });
  const asked: Tried = { ...tried, guards, isGood: guards.every(({ ok }) => ok) };
  if (!asked.isGood) return proposalOf(asked, { why, redact, delivered: null });
  input.onStep?.({ step: 'deliver', detail: target.branch });
  const draft = await draftOf(input, workshop, asked, { why, base: facts.base });
  const delivered = await host.deliver(draft);
  return proposalOf(asked, { why, redact, delivered });
}

function refuse({ last, refusals }: Found, why: string): FixProposal {
  const reasons = refusals.map((reason) => `${reason[0]?.toUpperCase()}${reason.slice(1)}.`);
  if (last === null) return noFix([why, ...reasons].join(' '));
  const failed = `It was tried and does not work: ${messageOf(last.proof.failure?.split('\n', 1)[0] ?? 'it does not apply')}.`;
  return {
    ...noFix([why, failed, ...reasons].join(' ')),
    strategy: last.patch.strategy,
    files: [...last.patch.files],
    proof: last.proof.steps,
    guards: last.guards,
  };
}
