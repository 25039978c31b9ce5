import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { alertOf, payloadOf } from '../helpers/alerts.ts';
import { pagerDutyDouble, ROUTING_KEY } from '../helpers/pagerduty-double.ts';
import { runCli } from '../helpers/run-cli.ts';
import { slackDouble } from '../helpers/slack-double.ts';
import { smtpDouble } from '../helpers/smtp-double.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { waitUntil } from '../helpers/wait-until.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const LIMIT_MS = 60_000;

type Listening = { url: string; stop(signal: NodeJS.Signals): Promise<void> };

/** The real program, told where to send by its environment. */
async function listen(dir: string, env: Record<string, string>): Promise<Listening> {
  const child: ChildProcess = spawn(
    process.execPath,
    [join(ROOT, 'src/cli.ts'), 'listen', '--port', '0', '--json', '--quiet'],
    {
      cwd: dir,
      env: { PATH: process.env.PATH ?? '', HOME: dir, TZ: 'UTC', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return gone;
  };
  onTestFinished(() => stop('SIGKILL'));
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk;
      if (text.includes('\n')) resolve((JSON.parse(text) as { url: string }).url);
    });
    void gone.then(() => reject(new Error('it ended')));
  });
  return { url, stop };
}

it('incident listen tells by mail, Slack and PagerDuty, over a restart, from alert to end', async () => {
  const dir = tempDir();
  const login = { user: 'robot@shop.test', password: 'app-password' };
  const smtp = await smtpDouble({ login });
  const slack = await slackDouble();
  const pagerDuty = await pagerDutyDouble();
  writeFileSync(join(dir, 'ca.pem'), smtp.ca);
  writeFileSync(join(dir, 'service_registry.json'), '{"payments":{}}');
  writeFileSync(
    join(dir, 'incident.config.json'),
    JSON.stringify({
      listen: { settleSeconds: 0 },
      notify: {
        email: { caFile: 'ca.pem' },
        pagerduty: { url: pagerDuty.url },
        waitForAnswerSeconds: 30,
      },
    }),
  );
  const env = {
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(smtp.port),
    EMAIL_SENDER: login.user,
    EMAIL_RECEIVER: 'ann@shop.test, ben@shop.test',
    EMAIL_APP_PASSWORD: login.password,
    SLACK_WEBHOOK_URL: slack.webhookUrl,
    PAGERDUTY_ROUTING_KEY: ROUTING_KEY,
  };
  /** Different mails: a kill between acceptance and record may send one again under its id. */
  const told = () => [
    ...new Map(smtp.mails.map((each) => [`${each.mail.messageId} ${each.to[0]}`, each])).values(),
  ];
  const first = await listen(dir, env);
  const alert = alertOf(
    { alertname: 'Down', service: 'payments', severity: 'critical' },
    Date.now() - 60_000,
  );
  const answer = await fetch(`${first.url}/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(payloadOf([alert])),
  });
  expect(answer.ok).toBe(true);
  await waitUntil('it is told', () => told().length === 2, LIMIT_MS);
  await waitUntil('Slack is told', () => slack.messages.length >= 1, LIMIT_MS);
  expect(
    told()
      .map(({ to }) => to[0])
      .sort(),
  ).toEqual(['ann@shop.test', 'ben@shop.test']);
  expect(smtp.mails[0]?.mail.subject).toBe('[INCIDENT] Down — payments');
  expect([...pagerDuty.alerts.values()]).toMatchObject([{ status: 'triggered' }]);
  await first.stop('SIGKILL');

  const list = await runCli(['list', '--json'], { cwd: dir, env });
  const [{ id }] = (JSON.parse(list.stdout) as { incidents: [{ id: string }] }).incidents;
  expect((await runCli(['resolve', id], { cwd: dir, env })).code).toBe(0);
  expect(told()).toHaveLength(2);

  const second = await listen(dir, env);
  await waitUntil('the end is told', () => told().length === 4, LIMIT_MS);
  await waitUntil(
    'Slack is told',
    () => slack.messages.some(({ text }) => text.startsWith('Resolved')),
    LIMIT_MS,
  );
  await waitUntil(
    'PagerDuty is told',
    () => pagerDuty.alerts.get(`incident/${id}`)?.status === 'resolved',
    LIMIT_MS,
  );
  await second.stop('SIGTERM');
  expect(told().map(({ mail }) => mail.subject)).toEqual([
    '[INCIDENT] Down — payments',
    '[INCIDENT] Down — payments',
    'Re: [INCIDENT] Down — payments',
    'Re: [INCIDENT] Down — payments',
  ]);
  const doctor = await runCli(['doctor', '--json'], { cwd: dir, env });
  const { findings } = JSON.parse(doctor.stdout) as {
    findings: { check: string; status: string }[];
  };
  for (const check of ['mail', 'slack', 'pagerduty', 'store']) {
    expect(findings).toContainEqual(expect.objectContaining({ check, status: 'good' }));
  }
});
