import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHECKS } from '#src/app/doctor/registry.ts';
import { openSqliteStore } from '#src/store/sqlite/sqlite-store.ts';
import { runCli } from '../helpers/run-cli.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { healthySetting, type Setting } from './setting.ts';

describe('incident doctor', () => {
  it('finds nothing to mend where everything works, and tells nobody of it', async () => {
    const setting = await healthySetting();
    await deadLetter(setting, false);
    const { isHealthy, findings } = await setting.diagnose();
    const wrong = findings.filter(({ status }) => status !== 'good');
    expect(wrong).toEqual([]);
    expect(isHealthy).toBe(true);
    expect([...new Set(findings.map(({ check }) => check))]).toEqual(CHECKS.map(({ id }) => id));
    expect(setting.smtp.mails).toEqual([]);
    expect(setting.slack.messages).toEqual([]);
    expect(setting.pagerDuty.alerts.size).toBe(0);
    expect(setting.hook.seen.every(({ method }) => method === 'GET')).toBe(true);
    expect(JSON.stringify(findings)).not.toMatch(/correct horse|ghp_secret|services\/T000/);
  });

  it('sends a test to those who read, when asked to', async () => {
    const setting = await healthySetting();
    const { isHealthy, findings } = await setting.diagnose({ sendTest: true });
    expect(isHealthy).toBe(true);
    expect(setting.smtp.mails.map(({ mail }) => mail.text?.split('\n')[0])).toEqual([
      'Test message: this channel works',
    ]);
    expect(setting.slack.messages).toHaveLength(1);
    expect(setting.pagerDuty.alerts.size).toBe(0);
    expect(findings.filter(({ what }) => what.includes('a test message'))).toHaveLength(3);
  });

  it('says what could be configured where nothing is, and that nothing is broken', async () => {
    const dir = tempDir();
    const { code, stdout, stderr } = await runCli(['doctor'], { cwd: dir });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(CHECKS.length);
    for (const line of lines) expect(line).toMatch(/^– \S+ +\S/);
    expect(stdout).toContain('Set PROMETHEUS_URL.');
  });

  it('ends with 1 and names the command when something is broken', async () => {
    const dir = tempDir();
    writeFileSync(
      join(dir, 'service_registry.json'),
      '{"shop":{"log_paths":{"service":"no.log"}}}',
    );
    const { code, stdout } = await runCli(['doctor', '--json'], { cwd: dir });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'incident-doctor/v1', isHealthy: false });
    expect(stdout).toContain('no such file');
  });
});

type Breakage = {
  part: string;
  check: string;
  break: (setting: Setting) => unknown;
  says: RegExp;
  mend?: RegExp;
};

const set =
  (path: string, status: number, body: unknown = '') =>
  (setting: Setting) =>
    setting.world.set(path, { status, body });

/** Each part broken in turn, with what is said of it. */
const BREAKAGES: Breakage[] = [
  {
    part: 'a rule names no channel',
    check: 'configuration',
    break: ({ config }) => {
      config.escalation = { rules: [{ name: 'x', channels: ['slakc'] }] };
    },
    says: /no channel is named "slakc"/,
    mend: /slack/,
  },
  {
    part: 'an expression of the redaction',
    check: 'configuration',
    break: ({ config }) => {
      config.redaction = { patterns: { mine: '(' } };
    },
    says: /not a regular expression/,
  },
  {
    part: 'the form of the registry',
    check: 'registry',
    break: ({ registry }) => {
      registry.shop.health_url = 'no-url';
    },
    says: /health_url/,
  },
  {
    part: 'a time zone',
    check: 'registry',
    break: ({ registry }) => {
      registry.shop.timezone = 'Europe/Atlantis';
    },
    says: /no time zone is named/,
  },
  {
    part: 'a log file',
    check: 'log-paths',
    break: ({ dir }) => rmSync(join(dir, 'service.log')),
    says: /service\.log: no such file/,
    mend: /log_paths/,
  },
  {
    part: 'a log path that is a folder',
    check: 'log-paths',
    break: ({ registry }) => {
      registry.shop.log_paths.service = 'repo';
    },
    says: /is a folder/,
  },
  {
    part: 'the repository',
    check: 'repositories',
    break: ({ dir }) => rmSync(join(dir, 'repo', '.git'), { recursive: true }),
    says: /no git tree/,
    mend: /git clone/,
  },
  { part: 'health', check: 'health-urls', break: set('/health', 503), says: /answers 503/ },
  {
    part: 'the scraping',
    check: 'prometheus',
    break: set('/prometheus/api/v1/series', 200, { status: 'success', data: [] }),
    says: /shop: no series/,
    mend: /selectors\.prometheus/,
  },
  {
    part: 'the access to Prometheus',
    check: 'prometheus',
    break: set('/prometheus/api/v1/query', 401),
    says: /401/,
    mend: /PROMETHEUS_AUTH_HEADER/,
  },
  {
    part: 'the streams',
    check: 'loki',
    break: set('/loki-server/loki/api/v1/label/service/values', 200, {
      status: 'success',
      data: ['other'],
    }),
    says: /no stream is named after it/,
    mend: /selectors\.loki/,
  },
  { part: 'Loki', check: 'loki', break: set('/loki-server/loki/api/v1/labels', 500), says: /500/ },
  {
    part: 'the receiver of Alertmanager',
    check: 'alertmanager',
    break: set('/alertmanager/api/v2/status', 200, { config: { original: 'receivers: []\n' } }),
    says: /no receiver points here/,
    mend: /webhook_configs: \[\{ url: "http:\/\/127\.0\.0\.1:9100\/alerts"/,
  },
  {
    part: 'Alertmanager',
    check: 'alertmanager',
    break: ({ config }) => {
      config.alertmanager.url = 'http://127.0.0.1:9';
    },
    says: /refused/,
  },
  {
    part: 'the model',
    check: 'model',
    break: ({ config }) => {
      config.model.ollama.model = 'not-pulled';
    },
    says: /not-pulled/,
    mend: /ollama pull not-pulled/,
  },
  {
    part: 'the server of the model',
    check: 'model',
    break: ({ config }) => {
      config.model.ollama.host = '127.0.0.1:2';
    },
    says: /refused|running|reached/,
  },
  {
    part: 'the password of the mail server',
    check: 'mail',
    break: ({ config }) => {
      config.notify.email.password = 'wrong';
    },
    says: /refuses the login/,
    mend: /EMAIL_APP_PASSWORD/,
  },
  {
    part: 'half of the mail',
    check: 'mail',
    break: ({ config }) => {
      delete config.notify.email.to;
    },
    says: /EMAIL_RECEIVER is missing/,
    mend: /Set EMAIL_RECEIVER/,
  },
  {
    part: 'the mail server',
    check: 'mail',
    break: ({ smtp }) => smtp.stop(),
    says: /ECONNREFUSED|refused/,
  },
  {
    part: 'the webhook of Slack',
    check: 'slack',
    break: ({ config }) => {
      config.notify.slack.webhookUrl += '-revoked';
    },
    says: /Slack answered 404/,
    mend: /SLACK_WEBHOOK_URL/,
  },
  {
    part: 'the key of PagerDuty',
    check: 'pagerduty',
    break: ({ config }) => {
      config.notify.pagerduty.routingKey = 'short';
    },
    says: /PagerDuty answered 400/,
    mend: /PAGERDUTY_ROUTING_KEY/,
  },
  {
    part: 'the webhook',
    check: 'webhook',
    break: ({ config }) => {
      config.notify.webhook.url = 'http://127.0.0.1:9/hook';
    },
    says: /refused/,
  },
  {
    part: 'the token of GitHub',
    check: 'github',
    break: set('/github/rate_limit', 401, { message: 'Bad credentials' }),
    says: /GitHub answered 401/,
    mend: /GITHUB_TOKEN/,
  },
  {
    part: 'the repository at GitHub',
    check: 'github',
    break: set('/github/repos/acme/shop', 404),
    says: /acme\/shop: GitHub answered 404/,
    mend: /repository/,
  },
  {
    part: 'the project of the tickets',
    check: 'tickets',
    break: ({ config }) => {
      config.tickets.jira.project = 'OTHER';
    },
    says: /Jira answered 404/,
    mend: /tickets\.jira\.project/,
  },
  {
    part: 'the token of the tickets',
    check: 'tickets',
    break: ({ config }) => {
      delete config.tickets.jira.apiToken;
    },
    says: /JIRA_API_TOKEN missing/,
    mend: /Set JIRA_API_TOKEN/,
  },
  {
    part: 'a message that was given up',
    check: 'store',
    break: (setting) => deadLetter(setting, true),
    says: /notify to chat was given up: 410 gone/,
    mend: /incident retry 1/,
  },
  {
    part: 'the file of the store',
    check: 'store',
    break: ({ dir }) => {
      mkdirSync(join(dir, '.incident'));
      writeFileSync(join(dir, '.incident', 'incident.sqlite'), 'not a database'.repeat(1000));
    },
    says: /damaged|no database/,
  },
];

describe('with one part broken', () => {
  it.each(BREAKAGES)('$part: $check says so, and how to mend it', async (breakage) => {
    const setting = await healthySetting();
    await breakage.break(setting);
    const { isHealthy, findings } = await setting.diagnose();
    expect(isHealthy).toBe(false);
    const bad = findings.filter(({ status }) => status === 'bad');
    const own = bad.find(({ check }) => check === breakage.check);
    expect(own?.what).toMatch(breakage.says);
    if (breakage.mend) expect(own?.mend).toMatch(breakage.mend);
  });

  it('an Alertmanager that hides its addresses, as 0.26 and later do, is no fault', async () => {
    const setting = await healthySetting();
    const original = 'receivers:\n- name: a\n  webhook_configs:\n  - url: <secret>\n';
    setting.world.set('/alertmanager/api/v2/status', {
      status: 200,
      body: { config: { original } },
    });
    const { isHealthy, findings } = await setting.diagnose();
    expect(isHealthy).toBe(true);
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'alertmanager', status: 'note' }),
    );
  });

  it('a server that never answers holds nothing up for long', async () => {
    const setting = await healthySetting();
    setting.slack.faults.push('hang');
    setting.config.notify.timeoutSeconds = 0.3;
    const { findings } = await setting.diagnose();
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: 'slack',
        status: 'bad',
        what: expect.stringMatching(/no answer within 0.3 s/),
      }),
    );
  });
});

/** A store with a message in it that was given up, or with none. */
async function deadLetter({ dir }: Setting, isDead: boolean): Promise<void> {
  mkdirSync(join(dir, '.incident'), { recursive: true });
  const store = openSqliteStore(join(dir, '.incident', 'incident.sqlite'), {
    planEffects: () => [{ key: 'k', kind: 'notify', target: 'chat', lane: 'l', payload: {} }],
  });
  if (isDead) {
    const now = Date.now();
    await store.requestNotification(
      { service: 's', alertname: 'a', summary: 's', analysis: '' },
      now,
    );
    const [effect] = await store.claimEffects({
      worker: { role: 'listen', token: 't' },
      leaseMs: 60_000,
      now,
      limit: 1,
    });
    await store.failEffect(effect!, { at: now, error: '410 gone', retryAt: null });
  }
  await store.close();
}
