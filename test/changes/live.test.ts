import { describe, expect, it } from 'vitest';
import { indexLive } from '#src/changes/live.ts';
import { isSameName, servicesOfCommit } from '#src/changes/ownership.ts';
import { undoingCommits } from '#src/changes/reverts.ts';
import type { Commit, Deploy } from '#src/domain/bundle.ts';
import { at, commit, deploy, sha, TIGHT } from './score/case.ts';

const plain = (short: string, minutes: number, more: Partial<Commit> = {}): Commit =>
  commit(short, minutes, 'src/a.py', null, more);

function live(parts: {
  commits: Commit[];
  deploys?: Deploy[];
  restarts?: { service: string; at: number }[];
  services?: string[];
  history?: string[];
}) {
  return indexLive({
    commits: parts.commits,
    deploys: parts.deploys ?? [],
    restarts: parts.restarts ?? [],
    topology: (parts.services ?? []).map((name) => ({ name, dependsOn: [] })),
    ...(parts.history ? { history: parts.history } : {}),
  });
}

describe('indexLive', () => {
  const [a, b, c] = [plain('a', -500), plain('b', -400), plain('c', -300)];

  it('brings live everything since the last deployed commit', () => {
    const deploys = [deploy('api', 'a', -490), deploy('api', 'c', -100)];
    const index = live({ commits: [a, b, c], deploys, services: ['api'] });
    expect(index.of(b).spans).toEqual([
      { service: 'api', from: at(-100), until: null, basis: 'deploy' },
    ]);
    expect(index.of(a).spans[0]?.from).toBe(at(-490));
    expect(index.broughtBy(deploys[1] as Deploy).map((one) => one.sha)).toEqual([
      sha('c'),
      sha('b'),
    ]);
  });

  it('takes back with a deploy of an older commit, and brings back with a newer one', () => {
    const deploys = [
      deploy('api', 'a', -490),
      deploy('api', 'c', -100),
      deploy('api', 'a', -50),
      deploy('api', 'c', -10),
    ];
    const { spans } = live({ commits: [a, b, c], deploys, services: ['api'] }).of(b);
    expect(spans).toEqual([
      { service: 'api', from: at(-100), until: at(-50), basis: 'deploy' },
      { service: 'api', from: at(-10), until: null, basis: 'deploy' },
    ]);
  });

  it('follows the order of the repository rather than times', () => {
    const rebased = plain('r', -600);
    const deploys = [deploy('api', 'a', -490), deploy('api', 'r', -100)];
    const index = live({
      commits: [a, rebased],
      deploys,
      services: ['api'],
      history: [sha('r'), sha('a')],
    });
    expect(index.of(rebased).spans[0]?.from).toBe(at(-100));
  });

  it('knows what was never deployed', () => {
    const late = plain('z', -5);
    const index = live({
      commits: [a, late],
      deploys: [deploy('api', 'a', -490)],
      services: ['api'],
    });
    expect(index.of(late)).toEqual({ spans: [], notDeployedTo: ['api'] });
  });

  it('runs an old commit since its own time, not since the first deploy on record', () => {
    const old = plain('o', -10_000);
    const index = live({
      commits: [old, c],
      deploys: [deploy('api', 'c', -100)],
      services: ['api'],
    });
    expect(index.of(old).spans).toEqual([
      { service: 'api', from: at(-10_000), until: null, basis: 'commit' },
    ]);
  });

  it('takes the next restart, or the commit itself, where no deploy is on record', () => {
    const index = live({
      commits: [c],
      services: ['api'],
      restarts: [{ service: 'api', at: at(-280) }],
    });
    expect(index.of(c).spans).toEqual([
      { service: 'api', from: at(-280), until: null, basis: 'restart' },
    ]);
    expect(live({ commits: [c] }).of(c).spans).toEqual([
      { service: null, from: at(-300), until: null, basis: 'commit' },
    ]);
  });

  it('takes abbreviated shas and versions', () => {
    const short = { ...deploy('api', 'c', -100), commit: sha('c').slice(0, 8) };
    const version = { ...deploy('api', 'x', -90), commit: 'v1.2.3' };
    expect(live({ commits: [c], deploys: [short], services: ['api'] }).of(c).spans[0]?.from).toBe(
      at(-100),
    );
    expect(live({ commits: [c], deploys: [version], services: ['api'] }).of(c).spans[0]?.from).toBe(
      at(-90),
    );
  });
});

describe('servicesOfCommit', () => {
  it.each([
    [['services/orders/a.py'], ['orders', 'web'], ['orders']],
    [['apps/orders-api/a.py'], ['orders', 'web'], ['orders']],
    [['deploy/web.yaml'], ['orders', 'web'], ['web']],
    [['libs/money/a.py'], ['orders', 'web'], []],
    [['src/a.py'], ['orders'], ['orders']],
    [['webhooks/a.py'], ['orders', 'web'], []],
  ])('%j among %j is %j', (files, services, expected) => {
    expect(servicesOfCommit({ ...plain('a', 0), files }, services)).toEqual(expected);
  });

  it('believes what the commit says', () => {
    expect(
      servicesOfCommit(plain('a', 0, { service: 'Orders-Service' }), ['orders', 'web']),
    ).toEqual(['orders']);
    expect(servicesOfCommit(plain('a', 0, { service: 'other' }), ['orders'])).toEqual(['other']);
    expect(isSameName('', '')).toBe(false);
  });
});

describe('undoingCommits', () => {
  const first = commit('abc1234', -100, 'a.yml', TIGHT, { message: 'tighten the timeout' });
  const turned = TIGHT.replace(/^-/gm, '#').replace(/^\+/gm, '-').replace(/^#/gm, '+');

  it.each([
    [
      'names the sha',
      plain('b', -50, { message: `oops\n\nThis reverts commit ${sha('abc1234')}.` }),
      true,
    ],
    ['names the subject', plain('b', -50, { message: 'Revert "tighten the timeout"' }), true],
    ['is the reverse', commit('b', -50, 'a.yml', turned), true],
    ['came before', commit('b', -150, 'a.yml', turned), false],
    ['is something else', commit('b', -50, 'a.yml', TIGHT), false],
    ['reverts another', plain('b', -50, { message: 'Revert "something else"' }), false],
  ])('%s', (_name, later, expected) =>
    expect(undoingCommits([later, first]).get(first.sha)?.includes(later) ?? false).toBe(expected),
  );
});

describe('a repository of settings', () => {
  const of = (path: string, diff: string | null = null, deploys: Deploy[] = []) =>
    indexLive({
      commits: [],
      deploys,
      restarts: [{ service: 'orders', at: at(-5) }],
      topology: [
        { name: 'orders', dependsOn: ['billing'] },
        { name: 'orders-api', dependsOn: ['orders'] },
        { name: 'billing', dependsOn: [] },
        { name: 'gitops', dependsOn: [] },
      ],
    }).of({ ...plain('a', -10, { service: 'gitops' }), files: [path], diff }).spans;

  it.each([
    ['apps/orders/values-prod.yaml', 'orders'],
    ['clusters/eu/orders-api.yaml', 'orders-api'],
    ['helm/prod/billing-deployment.yaml', 'billing'],
    ['k8s/billing/overlays/prod/kustomization.yaml', 'billing'],
    ['env/prod/orders_api.env', 'orders-api'],
    ['terraform/billing.tf', 'billing'],
    ['ansible/host_vars/ordersApi.yml', 'orders-api'],
  ])('takes %s to be about %s', (path, service) => {
    expect(of(path).map((span) => span.service)).toEqual([service]);
  });

  it('reads the name above the changed line where the path says nothing', () => {
    const diff = `--- a/compose.yaml
+++ b/compose.yaml
@@ -3,9 +3,9 @@ services:
   billing:
     image: x
   orders:
     environment:
-      DB: a
+      DB: b
`;
    expect(of('compose.yaml', diff).map((span) => span.service)).toEqual(['orders']);
  });

  it('takes effect with the next start of what it sets up', () => {
    expect(of('apps/orders/values.yaml')).toEqual([
      { service: 'orders', from: at(-5), until: null, basis: 'restart' },
    ]);
  });

  it('takes effect with a recorded deploy of its own', () => {
    const [span] = of('apps/orders/values.yaml', null, [
      deploy('gitops', 'z', -400),
      deploy('gitops', 'a', -3),
    ]);
    expect(span).toEqual({ service: 'orders', from: at(-3), until: null, basis: 'deploy' });
  });

  it('may be anywhere where nothing is named', () => {
    expect(of('common/defaults.yaml').map((span) => span.service)).toEqual([null]);
  });

  it('leaves what has code, and what runs, where it is', () => {
    expect(of('orders/main.py').map((span) => span.service)).toEqual(['gitops']);
    const running = indexLive({
      commits: [],
      deploys: [],
      topology: [{ name: 'orders', dependsOn: ['billing'] }],
      healthy: ['gitops'],
    }).of({ ...plain('a', -10, { service: 'gitops' }), files: ['apps/orders/values.yaml'] });
    expect(running.spans.map((span) => span.service)).toEqual(['gitops']);
  });
});
