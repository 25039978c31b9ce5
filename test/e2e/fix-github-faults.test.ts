import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { UpstreamError } from '#src/domain/errors.ts';
import type { CodeHost, Draft } from '#src/fix/hosts/contract.ts';
import { github } from '#src/fix/hosts/github.ts';
import { createFetch } from '#src/platform/fetch.ts';
import { propose, type Shop, shop } from '../fix/helpers/shop.ts';
import { type Fault, type GithubDouble, githubDouble } from '../helpers/github-double.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const DELIVER = fileURLToPath(import.meta.resolve('../helpers/deliver-draft.ts'));

function hostOf(double: GithubDouble, limits = { timeoutMs: 5000, maxWaitMs: 4000 }) {
  const { url, repository } = double;
  return github({ apiUrl: url, token: 'good', repository, fetch: createFetch(), ...limits });
}

describe('a fault of GitHub', () => {
  const limit = String(Math.floor(Date.now() / 1000) + 3600);
  const cases: [string, Fault, { status?: number; hint: RegExp; retry: boolean }][] = [
    [
      '401',
      { status: 401, message: 'Bad credentials' },
      { status: 401, hint: /GITHUB_TOKEN/, retry: false },
    ],
    [
      '403 by permission',
      { status: 403, message: 'Resource not accessible' },
      { status: 403, hint: /contents: write/, retry: false },
    ],
    [
      '403 by rate limit',
      {
        status: 403,
        message: 'API rate limit exceeded',
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': limit },
      },
      { status: 403, hint: /rate limit/, retry: true },
    ],
    ['404', { status: 404, message: 'Not Found' }, { status: 404, hint: /registry/, retry: false }],
    [
      '409',
      { status: 409, message: 'Git Repository is empty.' },
      { status: 409, hint: /run it again/, retry: false },
    ],
    [
      '422',
      { status: 422, message: 'Validation Failed' },
      { status: 422, hint: /GitHub says/, retry: false },
    ],
    [
      '502',
      { status: 502, message: 'Bad Gateway' },
      { status: 502, hint: /Run it again/, retry: true },
    ],
    ['a connection that breaks', 'break-before', { hint: /Run it again/, retry: true }],
    ['silence', 'hang', { hint: /Run it again/, retry: true }],
  ];
  it.each(cases)(
    '%s, in each call, is told and mended by a rerun',
    async (_name, fault, wanted) => {
      const { double, draft, calls } = await prepared();
      for (const [at, call] of calls.entries()) {
        reset(double);
        double.fault = (request, index) => (index >= at && request === call ? fault : null);
        // Long enough for a loaded machine to answer what is not held back.
        const timeoutMs = fault === 'hang' ? 2500 : 20_000;
        const host = await hostOf(double, { timeoutMs, maxWaitMs: 300 });
        const outcome = await run(host, draft).catch((error: unknown) => error);
        const isSoft = /labels|reviewers|reviews/.test(call);
        const isAbsent = typeof fault === 'object' && fault.status === 404;
        if (isSoft || (isAbsent && call.includes('/ref/heads/incident'))) {
          expect(outcome, call).not.toBeInstanceOf(Error);
        } else {
          expect(outcome, call).toBeInstanceOf(UpstreamError);
          const error = outcome as UpstreamError;
          expect(error.status, call).toBe(wanted.status);
          expect(error.hint, call).toMatch(wanted.hint);
          expect(error.isRetryable, call).toBe(wanted.retry);
          expect(error.message, call).not.toContain('good');
        }
        double.fault = () => null;
        await run(await hostOf(double), draft);
        expectOne(double);
      }
    },
  );

  it('that loses an answer, in each call, leaves one branch and one pull request', async () => {
    const { double, draft, calls } = await prepared();
    for (const at of calls.keys()) {
      reset(double);
      double.fault = (_request, index) => (index === at ? 'break-after' : null);
      await run(await hostOf(double), draft);
      expectOne(double);
    }
  });
});

describe('a kill', () => {
  it.each(['break-before', 'break-after'] as const)(
    'at any call (%s) and a rerun leave one branch and one pull request',
    async (when) => {
      const { double, draft, calls } = await prepared();
      const file = join(tempDir(), 'draft.json');
      writeFileSync(file, JSON.stringify(draft));
      for (const at of calls.keys()) {
        reset(double);
        const child = spawn(process.execPath, [DELIVER, file, double.url], { stdio: 'ignore' });
        const ended = new Promise((resolve) =>
          child.on('exit', (_code, signal) => resolve(signal)),
        );
        double.fault = (_request, index) => {
          if (index !== at) return null;
          child.kill('SIGKILL');
          return when;
        };
        expect(await ended, calls[at]).toBe('SIGKILL');
        double.fault = () => null;
        await run(await hostOf(double), draft);
        expectOne(double);
      }
    },
  );
});

/** A double, what is to be handed over to it, and every call that takes, in order. */
async function prepared(): Promise<{ double: GithubDouble; draft: Draft; calls: string[] }> {
  const place = shop();
  const draft = await captureDraft(place);
  const double = await githubDouble(place.dir);
  await run(await hostOf(double), draft);
  expectOne(double);
  return { double, draft, calls: [...double.requests] };
}

async function captureDraft(place: Shop): Promise<Draft> {
  const revision = (name: string): string => place.repo.git('rev-parse', name).trim();
  const base = { commit: revision('main'), tree: revision('main^{tree}') };
  const kept: Draft[] = [];
  const host: CodeHost = {
    name: 'a host that keeps what it is given',
    facts: async () => ({ base, otherOpen: [], openedToday: 0 }),
    deliver: async (draft) => {
      kept.push(draft);
      return { branch: draft.target.branch, pullRequest: null, notes: [] };
    },
  };
  await propose(place, { goal: 'open-pr', host });
  const [draft] = kept;
  if (!draft) throw new Error('nothing was handed over');
  return { ...draft, reviewers: ['grace'] };
}

async function run(host: CodeHost, draft: Draft) {
  await host.facts(draft.target);
  return host.deliver(draft);
}

function branches(double: GithubDouble): string[] {
  const listed = double.git('for-each-ref', '--format=%(refname)', 'refs/heads/incident/');
  return listed.split('\n').filter(Boolean);
}

function reset(double: GithubDouble): void {
  for (const branch of branches(double)) double.git('update-ref', '-d', branch);
  double.pulls.length = 0;
  double.requests.length = 0;
}

function expectOne(double: GithubDouble): void {
  expect(branches(double)).toHaveLength(1);
  expect(double.pulls).toHaveLength(1);
  expect(double.pulls[0]).toMatchObject({
    ...{ draft: true, state: 'open', labels: [{ name: 'incident' }] },
    requested_reviewers: [{ login: 'grace' }],
  });
}
