import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { httpServer } from '../helpers/http-server.ts';
import { runCli } from '../helpers/run-cli.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { waitUntil } from '../helpers/wait-until.ts';

const CLI = join(import.meta.dirname, '../../src/cli.ts');

/** A folder with one service: a health check, a metrics page and a log. */
async function laid() {
  const dir = tempDir();
  const state = { isDown: false };
  const url = await httpServer((request, response) => {
    if (request.url === '/metrics') response.end('http_requests_total{status="200"} 5\n');
    else response.writeHead(state.isDown ? 500 : 200).end('{}');
  });
  const log = join(dir, 'shop.log');
  writeFileSync(log, `${new Date().toISOString()} INFO started\n`);
  const service = {
    health_url: `${url}/health`,
    metrics_url: `${url}/metrics`,
    log_paths: { service: 'shop.log' },
  };
  writeFileSync(join(dir, 'service_registry.json'), JSON.stringify({ shop: service }));
  return { dir, state, log };
}

describe('incident watch', () => {
  it('tells when trouble begins and ends, and reports on both', async () => {
    const { dir, state } = await laid();
    writeFileSync(
      join(dir, 'incident.config.json'),
      JSON.stringify({ watch: { forSeconds: 0 }, listen: { settleSeconds: 0 } }),
    );
    const child = spawn(
      process.execPath,
      [CLI, 'watch', '--interval', '0.5', '--report-dir', 'reports', '--json'],
      {
        cwd: dir,
        env: { PATH: process.env.PATH ?? '', HOME: dir },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    onTestFinished(() => void child.kill('SIGKILL'));
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk;
    });
    child.stderr.resume();
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const documents = (): { alert?: { status: string }; incident?: { status: string } }[] =>
      said
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line));
    const reports = (): string[] =>
      existsSync(join(dir, 'reports')) ? readdirSync(join(dir, 'reports')) : [];
    await waitUntil(
      'it looks',
      () => existsSync(join(dir, '.incident', 'incident.sqlite')),
      30_000,
    );
    state.isDown = true;
    await waitUntil('trouble is reported', () => reports().length > 0, 30_000);
    state.isDown = false;
    const isOver = (): boolean =>
      documents().some(({ incident }) => incident?.status === 'resolved');
    await waitUntil('its end is told', isOver, 30_000);
    expect(documents().flatMap(({ alert }) => alert?.status ?? [])).toEqual(['firing', 'resolved']);
    child.kill('SIGTERM');
    expect(await ended).toBe(143);
    const last = reports().sort().at(-1) ?? '';
    expect(readFileSync(join(dir, 'reports', last), 'utf8')).toMatch(/resolved/i);
  }, 120_000);
});

describe('incident watch --once', () => {
  it('ends with 0 where all is fine, and makes no incident', async () => {
    const { dir } = await laid();
    const run = await runCli(['watch', '--once', '--no-color'], { cwd: dir });
    expect(run.stderr).toBe('');
    expect(run.stdout).toMatch(/^shop +fine\n$/);
    expect(run.code).toBe(0);
    expect((await runCli(['list'], { cwd: dir })).stdout).toBe('No incidents.\n');
  });

  it('ends with 11 where there is trouble, with what an investigation says of it', async () => {
    const { dir, state, log } = await laid();
    state.isDown = true;
    for (let line = 0; line < 12; line++) {
      appendFileSync(log, `${new Date().toISOString()} ERROR cannot reach the database\n`);
    }
    const run = await runCli(['watch', '--once', '--json'], { cwd: dir });
    expect(run.code).toBe(11);
    const document = JSON.parse(run.stdout);
    expect(
      document.services[0].findings.map((finding: { alertname: string }) => finding.alertname),
    ).toEqual(['ServiceDown', 'ErrorBurst']);
    expect(document.incidents).toHaveLength(1);
    expect(document.incidents[0].schema).toBe('incident-result/v1');
    expect(document.incidents[0].incident.alerts).toHaveLength(2);

    state.isDown = false;
    const list = await runCli(['list', '--json'], { cwd: dir });
    expect(JSON.parse(list.stdout).incidents).toHaveLength(1);
  });

  it('writes one report about all services, whether there is trouble or not', async () => {
    const { dir, state } = await laid();
    const calm = await runCli(['watch', '--once', '--report'], { cwd: dir });
    expect(calm.code).toBe(0);
    state.isDown = true;
    const more = ['--report-dir', 'docs', '--report-format', 'docx'];
    const trouble = await runCli(['watch', '--once', ...more], { cwd: dir });
    expect(trouble.code).toBe(11);
    const [page] = readdirSync(join(dir, 'reports'));
    expect(page).toMatch(/^watch-[\dTZ-]+\.html$/);
    expect(readFileSync(join(dir, 'reports', page ?? ''), 'utf8')).toContain('shop');
    expect(readdirSync(join(dir, 'docs'))).toEqual([expect.stringMatching(/\.docx$/)]);
  });

  it('says what to do where there is nothing to watch', async () => {
    const dir = tempDir();
    writeFileSync(join(dir, 'service_registry.json'), '{"shop":{}}');
    const run = await runCli(['watch', '--once'], { cwd: dir });
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/no service has anything to watch.*health_url/);
  });
});
