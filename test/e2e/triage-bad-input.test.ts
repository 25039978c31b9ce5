import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../helpers/run-cli.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const REGISTRY = JSON.stringify({ 'weather-app1': {}, 'mongo-api-service': {} });
const PAYLOAD = {
  version: '4',
  alerts: [
    { labels: { alertname: 'X', service: 'weather-app1' }, startsAt: '2026-03-01T12:00:00Z' },
  ],
};
const MANIFEST = JSON.stringify({
  schema: 'incident-bundle/v1',
  capturedAt: '2026-03-01T12:00:00Z',
  window: { start: '2026-03-01T11:00:00Z', end: '2026-03-01T12:00:00Z' },
});

type Case = {
  files?: Record<string, string>;
  args: string[];
  input?: string;
  env?: Record<string, string>;
  says: RegExp;
};

const CASES: Record<string, Case> = {
  'an unknown service': {
    args: ['--service', 'weather-ap1'],
    says: /--service: unknown service "weather-ap1"\. Did you mean weather-app1/,
  },
  'no service at all': {
    args: [],
    says: /nothing says which service is meant\. Give --service, one of: weather-app1/,
  },
  'a registry with a wrong type': {
    files: { 'service_registry.json': '{"weather-app1":{"log_paths":{"service":7}}}' },
    args: ['--service', 'weather-app1'],
    says: /service_registry\.json: weather-app1: log_paths\.service: expected string or array$/m,
  },
  'a registry with a key that is none': {
    files: { 'service_registry.json': '{"weather-app1":{"helth_url":"http://x"}}' },
    args: ['--service', 'weather-app1'],
    says: /weather-app1: .*helth_url/,
  },
  'a registry that is a list': {
    files: { 'service_registry.json': '[]' },
    args: ['--service', 'x'],
    says: /expected an object from service name to entry/,
  },
  'a registry that does not parse': {
    files: { 'service_registry.json': '{\n  "a": {,}\n}' },
    args: ['--service', 'a'],
    says: /service_registry\.json:2:9: is not valid JSON/,
  },
  'a configuration that does not parse': {
    files: { 'incident.config.json': '{"a"' },
    args: ['--service', 'x'],
    says: /incident\.config\.json:1:5: is not valid JSON/,
  },
  'a configuration with a wrong value': {
    files: { 'incident.config.json': '{"prometheus":{"url":"localhost:9090"}}' },
    args: ['--service', 'x'],
    says: /incident\.config\.json: prometheus\.url: expected an http/,
  },
  'an environment variable with a wrong value': {
    args: ['--service', 'x'],
    env: { PROMETHEUS_URL: 'nowhere' },
    says: /PROMETHEUS_URL \(environment\): .*expected an http/,
  },
  'an alert file that is not there': {
    args: ['--alert-file', 'nope.json'],
    says: /nope\.json: cannot be read \(no such file\)/,
  },
  'an alert file that does not parse': {
    files: { 'a.json': '{"version":"4",' },
    args: ['--alert-file', 'a.json'],
    says: /a\.json:1:16: is not valid JSON/,
  },
  'an alert payload of another version': {
    files: { 'a.json': JSON.stringify({ ...PAYLOAD, version: '3' }) },
    args: ['--alert-file', 'a.json'],
    says: /a\.json: has payload version "3"\. Expected the JSON that Alertmanager POSTs/,
  },
  'an alert payload on standard input that is empty': {
    args: ['--alert-file', '-'],
    input: '',
    says: /standard input \(empty\): is not valid JSON/,
  },
  'an alert without a service': {
    args: ['--alert-file', '-'],
    input: JSON.stringify({
      ...PAYLOAD,
      alerts: [{ labels: { alertname: 'X' }, startsAt: '2026-03-01T12:00:00Z' }],
    }),
    says: /no label that names a service/,
  },
  'a bundle that is none': {
    files: { 'b/x': '' },
    args: ['--bundle', 'b'],
    says: /b: is not a bundle/,
  },
  'a bundle whose file does not parse': {
    files: {
      'b/bundle.json': MANIFEST,
      'b/logs.ndjson': '{"timestamp":"2026-03-01T11:00:00Z","service":"a","line":"x"}\n{nope}\n',
    },
    args: ['--bundle', 'b'],
    says: /logs\.ndjson:2:2: is not valid JSON/,
  },
  'alert file and bundle at once': {
    args: ['--bundle', 'b', '--alert-file', 'a.json'],
    says: /exclude each other/,
  },
  'a time that is none': {
    args: ['--service', 'weather-app1', '--since', 'yesterday'],
    says: /--since: "yesterday" is neither a time nor an age/,
  },
  'an unknown option': { args: ['--servise', 'x'], says: /unknown option '--servise'/ },
};

describe('bad input', () => {
  it.each(Object.entries(CASES))(
    '%s is one line on stderr, exit code 2 and nothing half-written',
    async (_name, { files, args, input, env, says }) => {
      const dir = tempDir();
      for (const [name, text] of Object.entries({ 'service_registry.json': REGISTRY, ...files })) {
        mkdirSync(join(dir, name, '..'), { recursive: true });
        writeFileSync(join(dir, name), text);
      }
      const before = readdirSync(dir).sort();
      const { code, stdout, stderr } = await runCli(
        ['triage', ...args, '--record', 'out', '--json'],
        {
          cwd: dir,
          env: env ?? {},
          ...(input === undefined ? {} : { input }),
        },
      );
      expect(stderr).toMatch(says);
      expect(stderr).toMatch(/^incident: [^\n]+\n$/);
      expect(code).toBe(2);
      expect(stdout).toBe('');
      expect(existsSync(join(dir, 'out'))).toBe(false);
      expect(readdirSync(dir).sort()).toEqual(before);
    },
  );

  it.each([
    ['triag', /unknown command "triag"\. Did you mean triage\?/],
    ['\u001b[31mred', /unknown command "red"/],
  ])('names the nearest command for %j', async (name, says) => {
    const { code, stderr } = await runCli([name]);
    expect([code, stderr.split('\n').length]).toEqual([2, 2]);
    expect(stderr).toMatch(says);
  });

  it('ends with 3 where nothing at all can be seen', async () => {
    const dir = tempDir();
    writeFileSync(join(dir, 'service_registry.json'), REGISTRY);
    const { code, stderr } = await runCli(
      ['triage', '--service', 'weather-app1', '--record', 'out'],
      { cwd: dir },
    );
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /^incident: no evidence could be had \(.*\)\. Give the service a health_url/,
    );
    expect(existsSync(join(dir, 'out'))).toBe(false);
  });
});
