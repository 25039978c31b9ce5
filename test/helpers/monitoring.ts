import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../demo/run/ports.ts';

const RULES = join(import.meta.dirname, '../../monitoring/alert-rules.yml');
const START_SECONDS = 20;
const ALERTMANAGERS = ['prometheus-alertmanager', 'alertmanager'];

/** The name of the program under which Alertmanager is installed, or null. */
function alertmanagerName(): string | null {
  return ALERTMANAGERS.find((name) => isInstalled(name)) ?? null;
}

function isInstalled(name: string): boolean {
  return spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** Whether real Prometheus and Alertmanager are installed here. */
export function hasMonitoring(): boolean {
  return isInstalled('prometheus') && alertmanagerName() !== null;
}

export type MonitoringOptions = {
  /** Empty folder for configurations and data. */
  dir: string;
  /** Service → base URL of what is scraped. */
  targets: Readonly<Record<string, string>>;
  /** Seconds between scrapes and between evaluations of the rules. */
  interval: number;
  /** Where Alertmanager sends to instead of to us. */
  webhookUrl?: string;
  /** Seconds after which Alertmanager tells of what still fires once more. */
  repeatSeconds?: number;
  /** Changes the text of the rules, such as their times. */
  rules?: (text: string) => string;
};

export type Monitoring = {
  prometheusUrl: string;
  alertmanagerUrl: string;
  /** The bodies that Alertmanager has sent to its webhook, oldest first. */
  webhooks: { body: string; at: number }[];
  /** The first body that holds an alert of this name with this status; waits for it. */
  webhook(alertname: string, seconds: number, status?: 'firing' | 'resolved'): Promise<string>;
  /** Ends Alertmanager as an upgrade does; what it has written stays. */
  stopAlertmanager(): Promise<void>;
  startAlertmanager(): Promise<void>;
  stop(): Promise<void>;
};

/** Real Prometheus with the rules of this repository, and real Alertmanager with a webhook to us. */
export async function startMonitoring(options: MonitoringOptions): Promise<Monitoring> {
  const { dir } = options;
  mkdirSync(dir, { recursive: true });
  const webhooks: { body: string; at: number }[] = [];
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      webhooks.push({ body: Buffer.concat(chunks).toString('utf8'), at: Date.now() });
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const ownUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/alerts`;
  const ports = { prometheus: await freePort(0), alertmanager: await freePort(0) };
  const prometheusUrl = `http://127.0.0.1:${ports.prometheus}`;
  const alertmanagerUrl = `http://127.0.0.1:${ports.alertmanager}`;
  const rules = readFileSync(RULES, 'utf8');
  writeFileSync(join(dir, 'alert-rules.yml'), options.rules?.(rules) ?? rules);
  writeFileSync(join(dir, 'prometheus.yml'), prometheusConfig(options, ports.alertmanager));
  writeFileSync(
    join(dir, 'alertmanager.yml'),
    alertmanagerConfig(options.webhookUrl ?? ownUrl, options.repeatSeconds),
  );

  const prometheus = run('prometheus', [
    `--config.file=${join(dir, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(dir, 'prometheus')}`,
    `--web.listen-address=127.0.0.1:${ports.prometheus}`,
    '--rules.alert.resend-delay=1s',
  ]);
  const runAlertmanager = (): ChildProcess =>
    run(alertmanagerName() ?? 'alertmanager', [
      `--config.file=${join(dir, 'alertmanager.yml')}`,
      `--storage.path=${join(dir, 'alertmanager')}`,
      `--web.listen-address=127.0.0.1:${ports.alertmanager}`,
      '--cluster.listen-address=',
    ]);
  let alertmanager = runAlertmanager();
  const stop = async (): Promise<void> => {
    receiver.close();
    receiver.closeAllConnections();
    await Promise.all([end(prometheus), end(alertmanager)]);
  };
  try {
    await Promise.all([untilReady(prometheusUrl), untilReady(alertmanagerUrl)]);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    prometheusUrl,
    alertmanagerUrl,
    webhooks,
    webhook: async (alertname, seconds, status = 'firing') => {
      for (let waited = 0; waited < seconds * 10; waited++) {
        const found = webhooks.find(({ body }) => isAbout(body, alertname, status));
        if (found) return found.body;
        await pause(100);
      }
      throw new Error(`no webhook for ${alertname} (${status}) within ${seconds} s`);
    },
    stopAlertmanager: () => end(alertmanager),
    startAlertmanager: async () => {
      alertmanager = runAlertmanager();
      await untilReady(alertmanagerUrl);
    },
    stop,
  };
}

function isAbout(body: string, alertname: string, status: string): boolean {
  const payload = JSON.parse(body) as {
    alerts: { status: string; labels: Record<string, string> }[];
  };
  return payload.alerts.some(
    (alert) => alert.status === status && alert.labels.alertname === alertname,
  );
}

function prometheusConfig({ targets, interval }: MonitoringOptions, alertmanager: number): string {
  const lines = Object.entries(targets).flatMap(([service, url]) => [
    `      - targets: ["${new URL(url).host}"]`,
    `        labels: { service: "${service}" }`,
  ]);
  return [
    'global:',
    `  scrape_interval: ${interval}s`,
    `  scrape_timeout: ${interval}s`,
    `  evaluation_interval: ${interval}s`,
    'rule_files: [alert-rules.yml]',
    'alerting:',
    '  alertmanagers:',
    `    - static_configs: [{ targets: ["127.0.0.1:${alertmanager}"] }]`,
    'scrape_configs:',
    '  - job_name: services',
    '    honor_labels: true',
    '    static_configs:',
    ...lines,
    '',
  ].join('\n');
}

function alertmanagerConfig(webhookUrl: string, repeatSeconds = 4 * 3600): string {
  return [
    'route:',
    '  receiver: incident',
    '  group_by: [alertname, service]',
    '  group_wait: 0s',
    '  group_interval: 1s',
    `  repeat_interval: ${repeatSeconds}s`,
    'receivers:',
    '  - name: incident',
    `    webhook_configs: [{ url: "${webhookUrl}", send_resolved: true }]`,
    '',
  ].join('\n');
}

function run(command: string, args: string[]): ChildProcess {
  return spawn(command, [...args, '--log.level=error'], { stdio: 'ignore' });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const force = setTimeout(() => child.kill('SIGKILL'), 5000);
  child.kill('SIGTERM');
  await gone;
  clearTimeout(force);
}

async function untilReady(url: string): Promise<void> {
  for (let tries = 0; tries < START_SECONDS * 10; tries++) {
    const answer = await fetch(`${url}/-/ready`).catch(() => null);
    if (answer?.ok) return;
    await pause(100);
  }
  throw new Error(`${url} was not ready within ${START_SECONDS} s`);
}
