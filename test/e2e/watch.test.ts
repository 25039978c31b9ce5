import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { httpServer } from '../helpers/http-server.ts';
import { runCli } from '../helpers/run-cli.ts';
import { tempDir } from '../helpers/temp-dir.ts';

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

  it('says what to do where there is nothing to watch', async () => {
    const dir = tempDir();
    writeFileSync(join(dir, 'service_registry.json'), '{"shop":{}}');
    const run = await runCli(['watch', '--once'], { cwd: dir });
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/no service has anything to watch.*health_url/);
  });
});
