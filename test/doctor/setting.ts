import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApp, type Diagnosis } from '#src/app.ts';
import { loadConfig } from '#src/config/load.ts';
import { jiraDouble } from '../helpers/jira-double.ts';
import { startOllama } from '../helpers/model-ollama-double.ts';
import { pagerDutyDouble, ROUTING_KEY } from '../helpers/pagerduty-double.ts';
import { type ReceiverDouble, receiverDouble } from '../helpers/receiver-double.ts';
import { slackDouble } from '../helpers/slack-double.ts';
import { type SmtpDouble, smtpDouble } from '../helpers/smtp-double.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const PASSWORD = 'correct horse';

/** Answers of everything that speaks HTTP, by path; a test replaces what it breaks. */
type WorldAnswer = { status: number; body: unknown; headers?: Record<string, string> };
export type World = Map<string, WorldAnswer>;

export type Setting = {
  dir: string;
  world: World;
  /** `incident.config.json` and the registry, as they will be written. */
  // biome-ignore lint/suspicious/noExplicitAny: tests break them in ways that have no type
  config: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  registry: any;
  smtp: SmtpDouble;
  slack: Awaited<ReturnType<typeof slackDouble>>;
  pagerDuty: Awaited<ReturnType<typeof pagerDutyDouble>>;
  hook: ReceiverDouble;
  diagnose(options?: { sendTest?: boolean }): Promise<Diagnosis>;
};

/** Everything configured, everything works. */
export async function healthySetting(): Promise<Setting> {
  const dir = tempDir();
  const world = worldOf();
  const http = await receiverDouble(({ path }) => world.get(path) ?? { status: 404, body: '' });
  const smtp = await smtpDouble({ login: { user: 'robot@shop.test', password: PASSWORD } });
  const slack = await slackDouble();
  const pagerDuty = await pagerDutyDouble();
  const hook = await receiverDouble(() => ({ status: 200, body: {} }));
  const jira = await jiraDouble('data-center', 'Bearer jira-token');
  const ollama = await startOllama(() => ({ text: '{"ok": true}' }), { models: ['mistral-nemo'] });
  writeFileSync(join(dir, 'ca.pem'), smtp.ca);
  writeFileSync(join(dir, 'service.log'), '2026-01-01T00:00:00Z INFO fine\n');
  mkdirSync(join(dir, 'repo'));
  execFileSync('git', ['init', '-q', join(dir, 'repo')]);
  const setting: Setting = {
    dir,
    world,
    config: {
      prometheus: { url: `${http.url}/prometheus` },
      loki: { url: `${http.url}/loki-server` },
      alertmanager: { url: `${http.url}/alertmanager` },
      tickets: {
        tracker: 'jira',
        jira: { url: jira.url, apiToken: 'jira-token', project: 'OPS' },
      },
      github: { apiUrl: `${http.url}/github`, token: 'ghp_secret' },
      model: { use: 'ollama', ollama: { host: ollama.url } },
      notify: {
        email: {
          host: '127.0.0.1',
          port: smtp.port,
          password: PASSWORD,
          from: 'robot@shop.test',
          to: 'oncall@shop.test',
          caFile: 'ca.pem',
        },
        slack: { webhookUrl: slack.webhookUrl },
        pagerduty: { routingKey: ROUTING_KEY, url: pagerDuty.url },
        webhook: { url: hook.url, secret: 'a-secret-of-some-length' },
      },
    },
    registry: {
      shop: {
        health_url: `${http.url}/health`,
        metrics_url: `${http.url}/metrics`,
        log_paths: { service: 'service.log' },
        repo_path: 'repo',
        repository: 'acme/shop',
      },
    },
    smtp,
    slack,
    pagerDuty,
    hook,
    diagnose: ({ sendTest = false } = {}) => diagnoseAt(setting, sendTest),
  };
  return setting;
}

async function diagnoseAt(
  { dir, config, registry }: Setting,
  sendTest: boolean,
): Promise<Diagnosis> {
  const file = join(dir, 'incident.config.json');
  writeFileSync(file, JSON.stringify(config));
  writeFileSync(join(dir, 'service_registry.json'), JSON.stringify(registry));
  const app = createApp(loadConfig({ file, env: {}, cwd: dir }));
  try {
    return await app.diagnose({ sendTest }, AbortSignal.timeout(60_000));
  } finally {
    await app.close();
  }
}

function worldOf(): World {
  const success = (data: unknown) => ({ status: 200, body: { status: 'success', data } });
  const alertmanagerYaml = [
    'receivers:',
    '- name: incident',
    '  webhook_configs:',
    '  - send_resolved: true',
    '    url: http://127.0.0.1:9100/alerts',
    '',
  ].join('\n');
  return new Map<string, WorldAnswer>([
    ['/health', { status: 200, body: 'ok' }],
    ['/metrics', { status: 200, body: 'up 1\n' }],
    ['/prometheus/api/v1/query', success({ resultType: 'scalar', result: [0, '1'] })],
    ['/prometheus/api/v1/series', success([{ __name__: 'up', job: 'shop', instance: 'a:1' }])],
    ['/loki-server/loki/api/v1/labels', success(['service'])],
    ['/loki-server/loki/api/v1/label/service/values', success(['shop'])],
    [
      '/loki-server/loki/api/v1/query_range',
      success({
        resultType: 'streams',
        result: [{ stream: { service: 'shop' }, values: [['1', 'fine']] }],
      }),
    ],
    [
      '/alertmanager/api/v2/status',
      { status: 200, body: { config: { original: alertmanagerYaml } } },
    ],
    ['/github/rate_limit', { status: 200, body: {}, headers: { 'x-oauth-scopes': 'repo' } }],
    [
      '/github/repos/acme/shop',
      { status: 200, body: { full_name: 'acme/shop', permissions: { push: true } } },
    ],
  ]);
}
