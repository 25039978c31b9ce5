// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what is edited is code
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Octokit } from '@octokit/rest';
import { expect, it } from 'vitest';
import { resultSchema } from '#src/domain/result.ts';
import { githubDouble } from '../helpers/github-double.ts';
import { httpServer, json } from '../helpers/http-server.ts';
import { runCli } from '../helpers/run-cli.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const BUNDLE = join(import.meta.dirname, '../../fixtures/demo-code-bug');
const STREAM = join(BUNDLE, 'repos/weather-app1.fast-export');

/** A place with the demo's registry and a bare remote that holds the demo's repository. */
function place(): { dir: string; remote: string; refs(): string } {
  const dir = tempDir();
  const remote = join(dir, 'remote.git');
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', remote]);
  execFileSync('git', ['-C', remote, 'fast-import', '--quiet'], { input: readFileSync(STREAM) });
  const entry = { test_command: 'node --test', base_branch: 'main', repository: 'acme/shop' };
  writeFileSync(join(dir, 'service_registry.json'), JSON.stringify({ 'weather-app1': entry }));
  const refs = (): string =>
    execFileSync('git', ['-C', remote, 'show-ref', '--heads'], { encoding: 'utf8' });
  return { dir, remote, refs };
}

async function fix(cwd: string, args: string[], env: Record<string, string> = {}) {
  const { code, stdout, stderr } = await runCli(['fix', '--bundle', BUNDLE, '--json', ...args], {
    cwd,
    env,
  });
  return { code, stderr, result: stdout === '' ? null : resultSchema.parse(JSON.parse(stdout)) };
}

it('finds the bug of the demo, reverts it, and shows red and green', async () => {
  const { dir } = place();
  const { code, result, stderr } = await fix(dir, []);
  expect(code, stderr).toBe(0);
  expect(result?.fix).toMatchObject({ decision: 'open-pr', strategy: 'revert', pullRequest: null });
  const tests = result?.fix?.proof.find(({ step }) => step === 'tests');
  expect(tests?.before).toMatch(/^fails with 1/);
  expect(tests?.after).toMatch(/^passes/);
  expect(result?.fix?.files).toEqual(['src/forecast.ts']);
});

it('pushes a branch to a remote on this machine, once', async () => {
  const { dir, remote, refs } = place();
  const first = await fix(dir, ['--push-only', remote]);
  expect(first.code, first.stderr).toBe(0);
  expect(refs()).toMatch(/refs\/heads\/incident\//);
  const before = refs();
  expect((await fix(dir, ['--push-only', remote])).code).toBe(0);
  expect(refs()).toBe(before);
});

it('opens a draft pull request, which Octokit sees, and a second run changes nothing', async () => {
  const { dir, remote } = place();
  const double = await githubDouble(remote);
  const env = { GITHUB_API_URL: double.url, GITHUB_TOKEN: 'good' };
  const { code, result, stderr } = await fix(dir, ['--open-pr'], env);
  expect(code, stderr).toBe(0);
  const octokit = new Octokit({ baseUrl: double.url, auth: 'good' });
  const { data } = await octokit.rest.pulls.list({ owner: 'acme', repo: 'shop', state: 'open' });
  expect(data).toHaveLength(1);
  expect(data[0]).toMatchObject({ number: result?.fix?.pullRequest?.number, draft: true });
  expect(data[0]?.body).toContain('fails with 1');
  const branch = data[0]?.head.ref ?? '';
  expect(double.git('show', `${branch}:src/forecast.ts`)).toContain("'unknown'");
  const count = double.requests.filter((request) => !request.startsWith('GET')).length;
  const again = await fix(dir, ['--open-pr'], env);
  expect(again.result?.fix?.pullRequest).toEqual(result?.fix?.pullRequest);
  expect(double.requests.filter((request) => !request.startsWith('GET'))).toHaveLength(count);
});

it('takes a patch of a model, proves it and opens a draft for it', async () => {
  const { dir, remote } = place();
  const double = await githubDouble(remote);
  const search = "  return `${hourly(forecast, 'relative_humidity_2m').toFixed(1)} %`;\n";
  const replace = [
    '  const at = forecast.hourly.time.indexOf(`${forecast.current.time.slice(0, 13)}:00`);',
    '  const humidity = forecast.hourly.relative_humidity_2m[at];',
    "  return humidity === undefined ? 'unknown' : `${humidity.toFixed(1)} %`;",
    '',
  ].join('\n');
  const answer = {
    explanation: 'A station without humidity has no value to round.',
    risk: 'The helper is not used any more.',
    edits: [{ file: 'src/forecast.ts', search, replace }],
    diff: null,
    test: null,
  };
  let asked = '';
  const model = await httpServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk;
    });
    request.on('end', () => {
      // The agents of the investigation get nothing, so that only the patch is the model's.
      if (!body.includes('You repair a defect')) return json(response, { error: {} }, 400);
      asked = body;
      const message = { role: 'assistant', content: JSON.stringify(answer) };
      const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
      const choices = [{ index: 0, message, finish_reason: 'stop' }];
      return json(response, {
        id: 'x',
        object: 'chat.completion',
        created: 1,
        model: 'm',
        choices,
        usage,
      });
    });
  });
  const env = {
    ...{ GITHUB_API_URL: double.url, GITHUB_TOKEN: 'good' },
    ...{ OPENAI_BASE_URL: model, OPENAI_API_KEY: 'key' },
  };
  // The patch counts: its model was heard.
  const args = ['--open-pr', '--model', 'openai', '--strategy', 'patch', '--require-model'];
  const { code, result, stderr } = await fix(dir, args, env);
  expect(code, `${stderr} ${result?.fix?.why}`).toBe(0);
  expect(result?.fix).toMatchObject({ strategy: 'patch', files: ['src/forecast.ts'] });
  expect(asked).toContain('Diff of the suspect commit');
  expect(double.pulls).toHaveLength(1);
  expect(double.pulls[0]?.draft).toBe(true);
});

it.each([
  ['no model was asked', [], {}],
  ['connection refused', ['--model', 'ollama'], { OLLAMA_HOST: 'http://127.0.0.1:2' }],
])(
  'ends with 5 where a model is required and %s, and hands nothing over',
  async (why, args, env) => {
    const { dir, remote, refs } = place();
    const before = refs();
    const run = await fix(dir, ['--push-only', remote, '--require-model', ...args], env);
    expect(run.code).toBe(5);
    expect(run.stderr.trim().split('\n')).toEqual([expect.stringContaining(why)]);
    expect(run.result?.fix).toMatchObject({ strategy: 'revert', pullRequest: null });
    expect(refs()).toBe(before);
    const patch = await fix(dir, ['--strategy', 'patch', '--require-model', ...args], env);
    expect(patch.code).toBe(5);
  },
);

it('ends with 4 when a guard refuses, and with 2 when there is no token', async () => {
  const { dir, remote, refs } = place();
  writeFileSync(
    join(dir, 'incident.config.json'),
    JSON.stringify({ fix: { guards: { maxLines: 3 } } }),
  );
  const before = refs();
  const refused = await fix(dir, ['--push-only', remote]);
  expect(refused.code).toBe(4);
  expect(refused.result?.fix?.decision).toBe('show-only');
  expect(refs()).toBe(before);
  expect((await fix(dir, ['--open-pr'])).code).toBe(2);
});
