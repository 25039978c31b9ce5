import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FIXTURES } from '../helpers/agents.ts';
import { startOllama } from '../helpers/model-ollama-double.ts';
import { startOpenAi } from '../helpers/model-openai-double.ts';
import type { Script } from '../helpers/model-server.ts';
import { runCli } from '../helpers/run-cli.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const BUNDLE = join(FIXTURES, 'demo-code-bug-no-prometheus');

async function ollama(script: Script, models?: string[]): Promise<string> {
  const server = await startOllama(script, models ? { models } : {});
  onTestFinished(() => server.close());
  return server.url;
}

async function openAi(script: Script): Promise<string> {
  const server = await startOpenAi(script);
  onTestFinished(() => server.close());
  return server.url;
}

/** A result without what may differ between two runs. */
function sameOf(stdout: string): object {
  const { timings: _timings, model: _model, gaps, ...rest } = JSON.parse(stdout);
  return {
    ...rest,
    gaps: gaps.filter(({ source }: { source: string }) => !source.startsWith('model')),
  };
}

const investigate = (args: string[], env: Record<string, string> = {}, cwd = tempDir()) =>
  runCli(['investigate', '--bundle', BUNDLE, '--json', ...args], { cwd, env });

describe('incident investigate --model', { timeout: 280_000 }, () => {
  it('tells in one line what is wrong, and gives the answer of the rules', async () => {
    const alone = await investigate([]);
    const closed = await startOllama([]);
    await closed.close();
    const nowhere = closed.url;
    const refused = await openAi([{ status: 401, error: { error: { message: 'bad key' } } }]);
    const unknown = await ollama([{ text: '{}' }], ['other']);
    const cases: [string, string[], Record<string, string>][] = [
      ['no key is set', ['--model', 'openai'], {}],
      [
        'the key was not accepted',
        ['--model', 'openai'],
        { OPENAI_API_KEY: 'sk-wrong', OPENAI_BASE_URL: refused },
      ],
      ['the model mistral-nemo is not there', ['--model', 'ollama'], { OLLAMA_HOST: unknown }],
      ['connection refused', ['--model', 'ollama'], { OLLAMA_HOST: nowhere }],
      ['the bundle holds no recorded replies', ['--model', 'recorded'], {}],
    ];
    const copy = tempDir();
    cpSync(BUNDLE, copy, { recursive: true, filter: (path) => !path.includes('model') });
    const runs = cases.map(async ([why, args, env]) => {
      const bundle = args[1] === 'recorded' ? ['--bundle', copy] : [];
      const run = await investigate([...args, ...bundle], env);
      expect(run.stderr.trim().split('\n')).toHaveLength(1);
      expect(run.stderr).toContain(why);
      expect(run.code).toBe(alone.code);
      expect(sameOf(run.stdout)).toEqual(sameOf(alone.stdout));
    });
    await Promise.all(runs);
    const strict = await investigate(['--model', 'ollama', '--require-model'], {
      OLLAMA_HOST: nowhere,
    });
    expect(strict.code).toBe(5);
    expect(strict.stderr.trim().split('\n')).toHaveLength(1);
    expect(sameOf(strict.stdout)).toEqual(sameOf(alone.stdout));
  });

  it('asks nobody with a budget of zero', async () => {
    const cwd = tempDir();
    const model = { use: 'ollama', budget: { steps: 0 } };
    writeFileSync(join(cwd, 'incident.config.json'), JSON.stringify({ model }));
    const run = await investigate([], { OLLAMA_HOST: await ollama([{ text: '{}' }]) }, cwd);
    expect(run.stderr).toContain('the budget of 0 steps for models has ended');
    expect(run.code).toBe(0);
  });

  it.each(['ollama', 'openai'] as const)(
    '%s: what is recorded is replayed to the letter',
    async (kind) => {
      const text = JSON.stringify({
        hypothesis: 'X1',
        summary: [{ text: 'A TypeError is thrown in describeHumidity.', cites: ['K1'] }],
        explanation: [
          { text: 'A TypeError is thrown in describeHumidity.', cites: ['K1'] },
          { text: 'It was the moon.', cites: ['M77'] },
        ],
      });
      const search = { name: 'search_logs', input: { text: 'TypeError', service: 'weather-app1' } };
      const script: Script = ({ body }) => {
        const isFirst = !JSON.stringify(body.messages).includes('"role":"tool"');
        return isFirst && body.tools?.length ? { toolCalls: [search] } : { text };
      };
      const url = await (kind === 'ollama' ? ollama(script) : openAi(script));
      const env = {
        OLLAMA_HOST: url,
        OPENAI_BASE_URL: url,
        OPENAI_API_KEY: 'test',
        OPENAI_MODEL: 'm',
      };
      const dir = join(tempDir(), 'recorded');
      const first = await investigate(['--model', kind, '--record', dir, '--verbose'], env);
      expect(first.stderr).toContain('dropped (root-cause): "It was the moon."');
      expect(JSON.parse(first.stdout).rootCause.explanation).toHaveLength(1);
      const again = await runCli(
        ['investigate', '--bundle', dir, '--model', 'recorded', '--json'],
        {
          cwd: tempDir(),
        },
      );
      expect(again.stderr).toBe('');
      const model = ({ stdout }: { stdout: string }) => {
        const { provider: _provider, ...rest } = JSON.parse(stdout).model;
        return rest;
      };
      expect(sameOf(again.stdout)).toEqual(sameOf(first.stdout));
      expect(model(again)).toEqual(model(first));
    },
  );
});
