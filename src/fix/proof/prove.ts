import type { ProofStep } from '#src/domain/fix.ts';
import type { Patch, Proof, ProofLevel } from '#src/fix/contract.ts';
import { PROOF_LEVELS } from '#src/fix/contract.ts';
import { type Comparison, compareRuns } from '#src/fix/proof/compare-runs.ts';
import { outcomeOf } from '#src/fix/proof/outcome.ts';
import { proveParses } from '#src/fix/proof/parses.ts';
import type { Room } from '#src/fix/sandbox/room.ts';
import { splitCommand } from '#src/fix/sandbox/split-command.ts';
import { extractTree } from '#src/fix/workshop/extract.ts';
import { applyDiff, writeTree } from '#src/fix/workshop/tree-change.ts';
import type { Workshop } from '#src/fix/workshop/workshop.ts';

export type ProveInput = {
  workshop: Workshop;
  patch: Patch;
  room: Room;
  /** The registry's own commands. */
  commands: { build: string | undefined; test: string | undefined };
  limits: { maxFiles: number; maxBytes: number };
};

type Trees = { before: string; after: string };

/**
 * Proves a patch in two fresh trees, one of the base branch and one with the patch: it applies,
 * the files can be read, it builds, the tests pass, and a test that failed before passes after.
 * Stops at the first step that says that the patch does not work.
 */
export async function prove(input: ProveInput, round: number): Promise<Proof> {
  const { room, patch, workshop, limits } = input;
  const { git, base } = workshop;
  const proof: Proof = { steps: [], level: 'none', isRefuted: false, isRed: false, failure: null };
  const add = (step: ProofStep, level: ProofLevel | null): void => {
    proof.steps.push(step);
    if (step.ok && level && PROOF_LEVELS.indexOf(level) > PROOF_LEVELS.indexOf(proof.level)) {
      proof.level = level;
    }
  };
  add(await applies(input), 'applies');
  if (proof.level === 'none') return { ...proof, isRefuted: true };

  const trees: Trees = {
    before: await room.newTree(`before-${round}`),
    after: await room.newTree(`after-${round}`),
  };
  await extractTree(git, base.tree, trees.before, limits);
  await extractTree(git, patch.tree, trees.after, limits);
  const { level, words } = room.isolation;
  add(
    { step: 'isolated', ok: level === 'namespaces', before: null, after: words, seconds: 0 },
    null,
  );

  const parsed = await proveParses(workshop, room, trees, patch);
  add(parsed.step, 'parses');
  if (parsed.isRefuted) return { ...proof, isRefuted: true, failure: parsed.failure };

  const built = await compare(input, trees, input.commands.build, 'build_command');
  add({ step: 'builds', ...built.row }, 'builds');
  if (built.isRed) return { ...proof, ...verdictOf(built) };

  const tested = await compare(input, trees, input.commands.test, 'test_command');
  add({ step: 'tests', ...tested.row }, tested.isReproduced ? 'reproduced' : 'tests');
  if (tested.isRed) return { ...proof, ...verdictOf(tested) };

  await proveReproduced(input, { step: 'tests', ...tested.row }, add, `reproduce-${round}`);
  return proof;
}

/** The diff that is shown gives, applied to the base, the very tree that is proven. */
async function applies({ workshop, patch }: ProveInput): Promise<ProofStep> {
  const started = performance.now();
  const isBinary = /^(?:Binary files .{0,600} differ|GIT binary patch)$/m.test(patch.diff);
  const again = isBinary ? null : await applyDiff(workshop.git, workshop.base.tree, patch.diff);
  const seconds = (performance.now() - started) / 1000;
  const row = { step: 'applies', before: null, seconds };
  if (again === null) return { ...row, ok: true, after: 'to the base branch, with binary files' };
  if ('refusal' in again)
    return { ...row, ok: false, after: again.refusal.split('\n', 1)[0] ?? '' };
  const ok = again.tree === patch.tree && patch.tree !== workshop.base.tree;
  const short = workshop.base.name.slice(0, 10);
  const after = ok ? `to the base branch at ${short}` : 'gives another tree than the one proven';
  return { ...row, ok, after };
}

function verdictOf({ isRefuted, isRed, failure }: Comparison): Partial<Proof> {
  return { isRefuted, isRed, failure };
}

async function compare(
  { room, workshop }: ProveInput,
  trees: Trees,
  command: string | undefined,
  key: string,
): Promise<Comparison> {
  const words = splitCommand(command ?? '');
  if (words.length > 0) return compareRuns(room, trees, workshop.prefix, words);
  const row = { ok: false, before: null, after: `not run: no ${key} in the registry`, seconds: 0 };
  return { row, isRefuted: false, isRed: false, isReproduced: false, failure: null };
}

/**
 * Runs the tests with the reproducing test beside the old code, in a tree that nothing has run in.
 * The tree with the patch has the test already.
 */
async function proveReproduced(
  { room, workshop, patch, commands, limits }: ProveInput,
  after: ProofStep,
  add: (step: ProofStep, level: ProofLevel | null) => void,
  tree: string,
): Promise<void> {
  const { test } = patch;
  const words = splitCommand(commands.test ?? '');
  if (test === null || words.length === 0 || !after.ok) return;
  const { git, base } = workshop;
  const testFile = { path: test.file, after: { mode: '100644', bytes: Buffer.from(test.text) } };
  const dir = await room.newTree(tree);
  await extractTree(git, await writeTree(git, base.tree, [testFile]), dir, limits);
  const before = await outcomeOf(room, dir, workshop.prefix, words);
  // A test that passes on the broken code reproduces nothing, and says nothing against the patch.
  const ok = before.kind === 'failed';
  const row = { before: before.text, after: after.after, seconds: before.seconds };
  add({ step: 'reproduces', ok, ...row }, 'reproduced');
}
