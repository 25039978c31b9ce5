import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createInvestigationProcess } from '#src/app/investigation-process.ts';
import type { InvestigateRequest } from '#src/daemon/contract.ts';
import { NoEvidenceError, UpstreamError, UsageError } from '#src/domain/errors.ts';
import { resultOf } from '../helpers/results.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { waitUntil } from '../helpers/wait-until.ts';

const REQUEST: InvestigateRequest = {
  incidentId: 'inc-1',
  service: 'shop',
  alerts: [],
  moreAlerts: 0,
  analysis: null,
};

/** An investigation by a process that runs this program instead of ours. */
function investigate(program: string, signal = new AbortController().signal) {
  const dir = tempDir();
  const script = join(dir, 'program.mjs');
  writeFileSync(script, program);
  const steps: string[] = [];
  const run = createInvestigationProcess({
    command: process.execPath,
    args: [script],
    configFile: null,
    cwd: dir,
  });
  return { steps, dir, result: run(REQUEST, signal, (step) => steps.push(step)) };
}

const say = (value: unknown): string => `console.log(${JSON.stringify(JSON.stringify(value))});`;

describe('an investigation in a process of its own', () => {
  it('gets the request, tells its steps and gives its result', async () => {
    const result = resultOf('inc-1', 'shop');
    const { steps, result: given } = investigate(`
      process.stdin.once('data', (data) => {
        console.log(JSON.stringify({ step: 'got ' + JSON.parse(data).service }));
        console.log('some line that is none of ours');
        process.stdout.write(${JSON.stringify(JSON.stringify({ result }))} + '\\n', () => process.exit(0));
      });`);
    expect(await given).toEqual(result);
    expect(steps).toEqual(['got shop']);
  });

  it.each<[string, string, new (...args: never[]) => Error, RegExp]>([
    ['wrong use', say({ error: { message: 'no such', exitCode: 2 } }), UsageError, /no such/],
    ['no evidence', say({ error: { message: 'none', exitCode: 3 } }), NoEvidenceError, /none/],
    ['trouble', say({ error: { message: 'down', exitCode: 1 } }), UpstreamError, /down/],
    ['a crash', `console.error('out of memory'); process.abort();`, UpstreamError, /SIGABRT: .*/],
    ['silence', '', UpstreamError, /ended with code 0/],
  ])('tells %s', async (_name, program, kind, message) => {
    const { result } = investigate(`${program}\nprocess.exit(0);`);
    const error = await result.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(kind);
    expect((error as Error).message).toMatch(message);
  });

  it('is ended with the signal, also one that does not heed it', async () => {
    const abort = new AbortController();
    const { result, steps } = investigate(
      `process.on('SIGTERM', () => {}); console.log(JSON.stringify({ step: String(process.pid) })); setInterval(() => {}, 1000);`,
      abort.signal,
    );
    await waitUntil('it runs', () => steps.length === 1, 10_000);
    abort.abort(new Error('the budget is over'));
    await expect(result).rejects.toThrow('the budget is over');
    expect(() => process.kill(Number(steps[0]), 0)).toThrow(/ESRCH/);
  });

  it('says so when it cannot be started', async () => {
    const run = createInvestigationProcess({
      command: '/nowhere/node',
      args: [],
      configFile: null,
      cwd: tempDir(),
    });
    await expect(run(REQUEST, new AbortController().signal, () => {})).rejects.toThrow(
      /cannot be started/,
    );
  });
});
