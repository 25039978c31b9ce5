import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { effectiveSettings } from '#src/config/effective.ts';
import { loadConfig } from '#src/config/load.ts';
import { InputError } from '#src/domain/errors.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const noEnv = { HOME: '/nonexistent', XDG_CONFIG_HOME: '/nonexistent' };

describe('configuration', () => {
  it('takes flag before environment before .env before file before default', () => {
    const cwd = tempDir();
    writeFileSync(
      join(cwd, 'incident.config.json'),
      JSON.stringify({
        prometheus: { url: 'http://file:1', maxPoints: 100 },
        loki: { url: 'http://file:2', tenant: 'file' },
      }),
    );
    writeFileSync(join(cwd, '.env'), 'LOKI_URL=http://dotenv:2\nLOKI_TENANT=dotenv\n');
    const { config, origins } = loadConfig({
      cwd,
      env: { ...noEnv, LOKI_TENANT: 'environment', PROMETHEUS_URL: 'http://environment:1' },
      flags: { 'prometheus.url': 'http://flag:1' },
    });
    expect(config.prometheus).toMatchObject({ url: 'http://flag:1', maxPoints: 100 });
    expect(config.loki).toMatchObject({ url: 'http://dotenv:2', tenant: 'environment' });
    expect(Object.fromEntries(origins)).toEqual({
      'prometheus.url': 'flag',
      'prometheus.maxPoints': 'file',
      'loki.url': '.env',
      'loki.tenant': 'environment',
    });
    expect(config.collect.deadlineSeconds).toBe(20);
  });

  it('finds the file in a folder above and takes paths from there', () => {
    const dir = tempDir();
    writeFileSync(join(dir, 'incident.config.json'), '{}');
    const loaded = loadConfig({ cwd: dir, env: noEnv });
    expect(loaded.baseDir).toBe(dir);
  });

  it('masks secrets in what it shows', () => {
    const loaded = loadConfig({
      cwd: tempDir(),
      env: { ...noEnv, GITHUB_TOKEN: 'very-secret', LOKI_AUTH_HEADER: 'Bearer very-secret' },
    });
    const shown = JSON.stringify(effectiveSettings(loaded));
    expect(shown).not.toContain('very-secret');
    expect(shown).toContain('github.token');
  });

  it.each([
    ['{"prometheus": {"url": "ftp://x"}}', /incident\.config\.json.*|prometheus\.url/],
    ['{"prometheus": {"uri": "http://x"}}', /prometheus.*uri/],
    ['{"collect": {"deadlineSeconds": "ten"}}', /collect\.deadlineSeconds/],
    ['{"a": 1,}', /not valid JSON/],
    ['[]', /expected an object/],
  ])('names the mistake in %s', (content, expected) => {
    const cwd = tempDir();
    writeFileSync(join(cwd, 'incident.config.json'), content);
    const attempt = (): unknown => loadConfig({ cwd, env: noEnv });
    expect(attempt).toThrow(InputError);
    expect(attempt).toThrow(expected);
  });

  it('names the variable whose value is wrong', () => {
    const attempt = (): unknown =>
      loadConfig({ cwd: tempDir(), env: { ...noEnv, PROMETHEUS_URL: 'localhost:9090' } });
    expect(attempt).toThrow(expect.objectContaining({ where: 'PROMETHEUS_URL (environment)' }));
  });
});
