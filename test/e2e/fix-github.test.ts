import { describe, expect, it } from 'vitest';
import { github } from '#src/fix/hosts/github.ts';
import { createFetch } from '#src/platform/fetch.ts';
import { propose, type Shop, settings, shop } from '../fix/helpers/shop.ts';
import { type Fault, type GithubDouble, githubDouble } from '../helpers/github-double.ts';

const BRANCH = /^incident\/f00dfeedf00dfeed-[0-9a-f]{8}$/;

function hostOf(
  double: GithubDouble,
  changes: { token?: string; timeoutMs?: number; maxWaitMs?: number } = {},
) {
  return github({
    apiUrl: double.url,
    token: 'good',
    repository: double.repository,
    fetch: createFetch(),
    timeoutMs: 5000,
    maxWaitMs: 4000,
    ...changes,
  });
}

async function open(place: Shop, double: GithubDouble, changes = {}) {
  return propose(place, { goal: 'open-pr', host: await hostOf(double, changes) });
}

/** Branches of ours at the double. */
const branches = (double: GithubDouble): string[] =>
  double
    .git('for-each-ref', '--format=%(refname:lstrip=2)', 'refs/heads/incident/')
    .split('\n')
    .filter(Boolean);

const writes = (double: GithubDouble): string[] =>
  double.requests.filter((request) => !request.startsWith('GET '));

describe('a draft pull request', () => {
  it('carries the change, the proof and who is to look, and a second run changes nothing', async () => {
    const place = shop();
    place.repo.write(
      '.github/CODEOWNERS',
      '* @fallback\n/cart.js @grace @acme/checkout # owners\n',
    );
    place.repo.commit('Name owners');
    const double = await githubDouble(place.dir);
    const fix = await open(place, double);
    expect(fix.pullRequest).toMatchObject({ number: 1, draft: true });
    expect(fix.pullRequest?.branch).toMatch(BRANCH);
    const [pull] = double.pulls;
    expect(pull).toMatchObject({ draft: true, state: 'open', base: { ref: 'main' } });
    expect(pull?.title).toBe('Revert "Simplify the cart total"');
    expect(pull?.body).toContain('fails with 1: 1 failed');
    expect(pull?.body).toContain('` sh check.sh `');
    expect(pull?.labels).toEqual([{ name: 'incident' }]);
    expect(pull?.requested_reviewers).toEqual([{ login: 'grace' }]);
    expect(pull?.requested_teams).toEqual([{ slug: 'checkout' }]);
    const branch = branches(double)[0] ?? '';
    expect(double.git('show', `${branch}:cart.js`)).toContain('items == null');
    expect(double.git('rev-parse', `${branch}^`)).toBe(double.git('rev-parse', 'main'));
    const before = {
      refs: double.git('show-ref'),
      pulls: structuredClone(double.pulls),
      count: writes(double).length,
    };
    const again = await open(place, double);
    expect(again.pullRequest).toEqual(fix.pullRequest);
    expect(double.git('show-ref')).toBe(before.refs);
    expect(double.pulls).toEqual(before.pulls);
    expect(writes(double)).toHaveLength(before.count);
  });

  it('is brought up to date when the base branch has moved', async () => {
    const place = shop();
    const double = await githubDouble(place.dir);
    await open(place, double);
    place.repo.write('more.txt', 'more');
    place.repo.commit('More');
    place.repo.git('push', '-q', double.dir, 'main');
    const fix = await open(place, double);
    expect(fix.pullRequest?.number).toBe(1);
    expect(double.pulls).toHaveLength(1);
    expect(double.git('rev-parse', `${branches(double)[0]}^`)).toBe(
      double.git('rev-parse', 'main'),
    );
  });

  it('is not opened again when a person has closed it, nor over the work of a person', async () => {
    const place = shop();
    const double = await githubDouble(place.dir);
    await open(place, double);
    const [pull] = double.pulls;
    if (pull) pull.state = 'closed';
    await expect(open(place, double)).rejects.toThrow(/has closed/);
    if (pull) pull.state = 'open';
    double.git('update-ref', `refs/heads/${branches(double)[0]}`, 'main');
    const before = double.git('show-ref');
    await expect(open(place, double)).rejects.toThrow(/somebody else/);
    expect(double.git('show-ref')).toBe(before);
  });

  it('is not opened beside another one for the incident, nor beyond the daily number', async () => {
    const place = shop();
    const double = await githubDouble(place.dir);
    await open(place, double);
    const [pull] = double.pulls;
    if (pull) pull.head.ref = 'incident/f00dfeedf00dfeed-00000000';
    const other = await open(place, double);
    expect(other.guards.filter(({ ok }) => !ok).map(({ id }) => id)).toEqual(['open-pull-request']);
    if (pull)
      Object.assign(pull, {
        created_at: '2026-01-01T00:30:00Z',
        head: { ...pull.head, ref: 'incident/other-1' },
      });
    const host = await hostOf(double);
    const full = await propose(place, {
      goal: 'open-pr',
      host,
      settings: settings({ guards: { maxPullRequestsPerDay: 1 } }),
    });
    expect(full.guards.filter(({ ok }) => !ok).map(({ id }) => id)).toEqual(['daily-number']);
    expect(double.pulls).toHaveLength(1);
  });

  it('tells of reviewers that cannot be asked and opens nevertheless', async () => {
    const place = shop();
    const double = await githubDouble(place.dir);
    const service = { ...place.service, reviewers: ['stranger'] };
    const fix = await open({ ...place, service }, double);
    expect(fix.pullRequest?.number).toBe(1);
    expect(fix.why).toContain('Reviewers could not be asked');
  });

  it('honours the time that GitHub asks for', async () => {
    const place = shop();
    const double = await githubDouble(place.dir);
    let times = 0;
    const limited: Fault = {
      status: 403,
      message: 'You have exceeded a secondary rate limit',
      headers: { 'retry-after': '1' },
    };
    double.fault = (request) =>
      request.startsWith('POST') && request.endsWith('/trees') && times++ < 2 ? limited : null;
    const started = performance.now();
    const fix = await open(place, double);
    expect(fix.pullRequest?.number).toBe(1);
    expect(performance.now() - started).toBeGreaterThanOrEqual(2000);
  });
});

describe('a fault', () => {
  it('of a protected branch is told', async () => {
    const place = shop();
    const double = await githubDouble(place.dir);
    double.fault = (request) =>
      request.startsWith('POST') && request.endsWith('/git/refs')
        ? { status: 403, message: 'Cannot create ref: repository rule violations found' }
        : null;
    await expect(open(place, double)).rejects.toThrow(/rule violations/);
    expect(double.pulls).toEqual([]);
  });
});
