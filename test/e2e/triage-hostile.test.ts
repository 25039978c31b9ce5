import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Result } from '#src/domain/result.ts';
import { hostileServer, MISBEHAVIOURS, type Misbehaviour } from '../helpers/hostile-server.ts';
import { runCli } from '../helpers/run-cli.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const DEADLINE_SECONDS = 4;
/** Alert servers are asked before the common deadline begins, and a process takes time to start. */
const LONGEST_MS = (DEADLINE_SECONDS + 1) * 1000 + 5000;

/** What the gap of Prometheus must say of each misbehaviour. */
const WORDS: Record<Misbehaviour, RegExp> = {
  hang: /no answer within 1 s/,
  reset: /connection reset|closed before/,
  'close at once': /closed before/,
  '401': /answered 401/,
  '503': /answered 503/,
  html: /not Prometheus JSON/,
  'wrong JSON': /unknown form/,
  'cut JSON': /not Prometheus JSON/,
  redirect: /answered 302/,
  'no HTTP': /./,
  'slow drip': /no answer within 1 s/,
  'slow headers': /no answer within 1 s/,
  '1 GB': /longer than 64 MB|no answer within 1 s/,
};

/** A service with a log that can be read, and every server in the configuration the same. */
async function world(url: string): Promise<string> {
  const dir = tempDir();
  const at = (secondsAgo: number): string =>
    new Date(Date.now() - secondsAgo * 1000)
      .toISOString()
      .replace('T', ' ')
      .replace('Z', '')
      .replace('.', ',');
  writeFileSync(
    join(dir, 'service.log'),
    `${at(60)} ERROR shop.api it broke\n${at(5)} INFO shop.api fine\n`,
  );
  writeFileSync(
    join(dir, 'service_registry.json'),
    JSON.stringify({
      shop: {
        log_paths: { service: 'service.log' },
        health_url: `${url}/health`,
        metrics_url: `${url}/metrics`,
        repository: 'acme/shop',
        timezone: 'UTC',
      },
      neighbour: { depends_on: ['shop'] },
    }),
  );
  writeFileSync(
    join(dir, 'incident.config.json'),
    JSON.stringify({
      collect: { deadlineSeconds: DEADLINE_SECONDS, requestTimeoutSeconds: 1 },
      prometheus: { url },
      loki: { url },
      alertmanager: { url },
      tempo: { url },
      github: { apiUrl: url, token: 'not-a-real-one' },
    }),
  );
  return dir;
}

describe('servers that misbehave', () => {
  it.each(Object.keys(MISBEHAVIOURS) as Misbehaviour[])(
    '%s: each is a gap, and the run goes on',
    async (misbehaviour) => {
      const dir = await world(await hostileServer(misbehaviour));
      const started = performance.now();
      const { code, stdout, stderr } = await runCli(['triage', '--service', 'shop', '--json'], {
        cwd: dir,
      });
      expect(performance.now() - started).toBeLessThan(LONGEST_MS);
      expect(stderr).toBe('');
      expect(code).toBe(0);
      const result = JSON.parse(stdout) as Result;
      const why = (source: string): string =>
        result.gaps
          .filter((gap) => gap.source === source)
          .map((gap) => gap.why)
          .join('; ');
      for (const source of [
        'prometheus',
        'loki',
        'alertmanager',
        'prometheus-alerts',
        'tempo',
        'github-deployments',
      ]) {
        // Tempo leaves out what is empty: any object may say that there are no traces.
        if (source === 'tempo' && misbehaviour === 'wrong JSON') continue;
        expect(why(source), source).not.toBe('');
      }
      expect(why('prometheus')).toMatch(WORDS[misbehaviour]);
      expect(stdout).not.toContain('not-a-real-one');
      const sources = result.evidence.map((evidence) => evidence.source);
      expect(sources).toContain('health');
    },
  );

  it('says with a missing password which setting it belongs to', async () => {
    const dir = await world(await hostileServer('401'));
    const { stdout } = await runCli(['triage', '--service', 'shop', '--no-color'], { cwd: dir });
    expect(stdout).toContain('PROMETHEUS_AUTH_HEADER');
    expect(stdout).toContain('LOKI_AUTH_HEADER');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
});

describe('files that misbehave', () => {
  it('are gaps, and the run goes on', async () => {
    const dir = tempDir();
    const line = `${new Date(Date.now() - 9000).toISOString()} ERROR shop.api it broke`;
    mkdirSync(join(dir, 'folder.log'));
    writeFileSync(join(dir, 'binary.log'), Buffer.alloc(9000, '\x7fELF\x02\x01\0\0'));
    writeFileSync(join(dir, 'long.log'), `${line} ${'x'.repeat(50 * 1024 * 1024)}\n`);
    writeFileSync(join(dir, 'bytes.log'), Buffer.from(`${line} \xff\xfe end\r\n`, 'latin1'));
    const service = ['folder.log', 'binary.log', 'long.log', 'bytes.log', 'missing.log'];
    const registry = { shop: { log_paths: { service }, repo_path: 'folder.log', timezone: 'UTC' } };
    writeFileSync(join(dir, 'service_registry.json'), JSON.stringify(registry));
    const args = ['triage', '--service', 'shop', '--record', 'out', '--json'];
    const { code, stdout, stderr } = await runCli(args, { cwd: dir });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const gaps = (JSON.parse(stdout) as Result).gaps.map(({ source, why }) => `${source}: ${why}`);
    expect(gaps).toEqual(
      expect.arrayContaining([
        'log-files: shop: folder.log is a folder, not a file',
        'log-files: shop: binary.log is binary',
        'log-files: shop: missing.log no such file',
        'git: shop: there is no git repository',
      ]),
    );
    const records = readFileSync(join(dir, 'out/logs.ndjson'), 'utf8').trim().split('\n');
    expect(records).toHaveLength(2);
  });
});
