import { openRepository } from '#src/changes/repository.ts';
import { configSchema } from '#src/config/schema.ts';
import type { FixProposal } from '#src/domain/fix.ts';
import type { Result, RootCause } from '#src/domain/result.ts';
import type { Service } from '#src/domain/service.ts';
import { type FixInput, proposeFix } from '#src/fix/propose.ts';
import { openRoom } from '#src/fix/sandbox/room.ts';
import type { FixSettings } from '#src/fix/settings.ts';
import { openWorkshop } from '#src/fix/workshop/workshop.ts';
import { createRedactor } from '#src/platform/redact/redactor.ts';
import { createGitFixture, type GitFixture } from '../../changes/git-fixture.ts';
import { resultOf } from '../../helpers/results.ts';

/** A service whose second commit broke it, with another commit on top. */
export type Shop = { repo: GitFixture; dir: string; culprit: string; service: Service };

export const NOW = Date.parse('2026-01-01T01:00:00Z');

const CART = [
  'export function total(items) {',
  '  if (items == null) return 0;',
  '  return items.reduce((sum, item) => sum + item.price, 0);',
  '}',
  '',
];

/** The tests of the shop are a shell script that looks for the guard: quick, and red or green. */
export function shop(): Shop {
  const repo = createGitFixture();
  repo.write('cart.js', CART.join('\n'));
  repo.write(
    'check.sh',
    'grep -q "items == null" cart.js && echo ok || { echo 1 failed; exit 1; }\n',
  );
  repo.commit('Add the cart');
  repo.write('cart.js', CART.filter((line) => !line.includes('null')).join('\n'));
  const culprit = repo.commit('Simplify the cart total');
  repo.write('README.md', '# Shop\n');
  repo.commit('Add a readme');
  const service: Service = {
    name: 'shop',
    repo_path: repo.dir,
    base_branch: 'main',
    test_command: 'sh check.sh',
    repository: 'acme/shop',
  };
  return { repo, dir: repo.dir, culprit, service };
}

/** The default settings with changes. */
export function settings(
  changes: { guards?: object; commands?: object; switch?: 'on' | 'off' } = {},
): FixSettings {
  const { fix } = configSchema.parse({});
  return {
    ...fix,
    ...(changes.switch ? { switch: changes.switch } : {}),
    guards: { ...fix.guards, ...changes.guards },
    commands: { ...fix.commands, timeoutSeconds: 60, ...changes.commands },
  };
}

/** A result that blames a commit. */
export function blaming(culprit: string | null, cause: Partial<RootCause> = {}): Result {
  const result = resultOf('inc-1a2b3c4d5e', 'shop', [
    {
      status: 'firing',
      labels: { alertname: 'ShopErrors' },
      annotations: {},
      startsAt: '2026-01-01T00:00:00Z',
      endsAt: null,
      fingerprint: 'f00dfeedf00dfeed',
    },
  ]);
  if (result.rootCause === null) throw new Error('the helper gives one');
  const rootCause: RootCause = {
    ...result.rootCause,
    ...{ verdict: 'confirmed', confidence: 0.9, commit: culprit },
    location: { file: 'cart.js', line: 2 },
    ...cause,
  };
  return { ...result, rootCause };
}

/** Runs the whole proposal on a service, with parts replaced. */
export async function propose(
  { dir, culprit, service }: Pick<Shop, 'dir' | 'culprit' | 'service'>,
  changes: Partial<FixInput> = {},
): Promise<FixProposal> {
  const repository = await openRepository(dir, { head: service.base_branch });
  const fix = changes.settings ?? settings();
  try {
    return await proposeFix({
      result: blaming(culprit),
      service,
      strategy: 'auto',
      goal: 'show',
      settings: fix,
      repository,
      openWorkshop: (opened) => openWorkshop(opened),
      openRoom: () =>
        openRoom({
          settings: fix.commands,
          searchPath: process.env.PATH ?? '',
          person: '/nonexistent',
          serviceDir: dir,
        }),
      serviceDir: dir,
      host: null,
      assistant: null,
      incidentUrl: null,
      redact: createRedactor({ enabled: true, addresses: false, patterns: {} }).redact,
      now: NOW,
      ...changes,
    });
  } finally {
    await repository.close();
  }
}
