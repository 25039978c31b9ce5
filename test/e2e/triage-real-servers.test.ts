import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '#src/domain/result.ts';
import { setFault } from '../../demo/run/faults.ts';
import { startTraffic } from '../../demo/run/requests.ts';
import { layStage, type Stage } from '../../demo/run/stage.ts';
import { hasMonitoring, type Monitoring, startMonitoring } from '../helpers/monitoring.ts';
import { runCli } from '../helpers/run-cli.ts';

const INTERVAL = 2;
const CALM_SECONDS = 25;
const isPossible = hasMonitoring();
if (!isPossible) console.warn('skipped: Prometheus and Alertmanager are not installed here');

/** How far the onset that is found may lie from the true one, in seconds. */
const MOST_OFF = 15;

describe.skipIf(!isPossible)('triage on real servers', () => {
  const dir = mkdtempSync(join(tmpdir(), 'incident-real-'));
  let stage: Stage;
  let monitoring: Monitoring;
  const stopTraffic = new AbortController();
  /** When each fault truly began, milliseconds since the epoch. */
  const onset = { bug: 0, mongo: 0 };
  const payloads = { bug: '', mongo: '' };
  /** Whatever the machine does later is not looked at. */
  let until = '';

  beforeAll(async () => {
    stage = await layStage(dir, { now: Date.now() });
    monitoring = await startMonitoring({
      dir: join(dir, 'monitoring'),
      targets: { 'weather-app1': stage.weatherUrl, 'mongo-api-service': stage.itemsUrl },
      interval: INTERVAL,
    });
    writeConfig(stage.configFile, {});
    await stage.start();
    startTraffic({
      weatherUrl: stage.weatherUrl,
      itemsUrl: stage.itemsUrl,
      rate: 12,
      signal: stopTraffic.signal,
    });
    await pause(CALM_SECONDS * 1000);
    onset.bug = await setFault(stage, 'code-bug', true);
    await pause(4000);
    onset.mongo = await setFault(stage, 'mongo-gone', true);
    payloads.bug = await monitoring.webhook('Service5xxErrors', 90);
    payloads.mongo = await monitoring.webhook('MongoDependencyDown', 60);
    await pause(3000);
    until = new Date().toISOString();
  }, 200_000);

  afterAll(async () => {
    stopTraffic.abort();
    await stage?.processes.stopAll();
    await monitoring?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  /** The demo's configuration with the real servers, and whatever a test changes. */
  function writeConfig(path: string, more: Record<string, unknown>): string {
    const laid = JSON.parse(readFileSync(stage.configFile, 'utf8')) as Record<string, unknown>;
    const servers = {
      prometheus: { url: monitoring.prometheusUrl },
      alertmanager: { url: monitoring.alertmanagerUrl },
    };
    writeFileSync(path, JSON.stringify({ ...laid, ...servers, ...more }));
    return path;
  }

  async function triage(args: string[], input?: string): Promise<Result> {
    const common = ['--config', stage.configFile, '--until', until, '--json'];
    const done = await runCli(['triage', ...common, ...args], {
      cwd: dir,
      ...(input === undefined ? {} : { input }),
    });
    expect(done.stderr).toBe('');
    expect(done.code).toBe(0);
    return JSON.parse(done.stdout) as Result;
  }

  /** Seconds between the onset that was found and the true one. */
  const offBy = (result: Result, truth: number): number => {
    const seconds = (Date.parse(result.triage.onsetAt ?? '') - truth) / 1000;
    console.info(`${result.triage.service}: onset off by ${seconds.toFixed(1)} s`);
    return Math.abs(seconds);
  };

  const prometheusGaps = (result: Result): string[] =>
    result.gaps.filter(({ source }) => source === 'prometheus').map(({ why }) => why);

  it('names service, kind and onset of the bug, from the payload of the real webhook', async () => {
    const result = await triage(['--alert-file', '-'], payloads.bug);
    expect(result.triage.service).toBe('weather-app1');
    expect(result.triage.errorType).toBe('api_error');
    expect(['failing', 'degraded']).toContain(result.triage.condition);
    expect(offBy(result, onset.bug)).toBeLessThanOrEqual(MOST_OFF);
    expect(prometheusGaps(result)).toEqual([]);
  });

  it('names service, kind and onset of the dependency that is gone', async () => {
    const result = await triage(['--alert-file', '-'], payloads.mongo);
    expect(result.triage.service).toBe('mongo-api-service');
    expect(result.triage.errorType).toBe('service_error');
    expect(result.triage.severity).toBe('critical');
    expect(offBy(result, onset.mongo)).toBeLessThanOrEqual(MOST_OFF);
    expect(prometheusGaps(result)).toEqual([]);
  });

  it('finds the same by asking Alertmanager itself', async () => {
    const result = await triage(['--service', 'weather-app1']);
    expect(result.incident.alerts.map(({ labels }) => labels.alertname)).toEqual([
      'Service5xxErrors',
    ]);
    expect(result.triage.errorType).toBe('api_error');
    expect(offBy(result, onset.bug)).toBeLessThanOrEqual(MOST_OFF);
    // Without a name, the worst of what fires is looked at.
    expect((await triage([])).triage.service).toBe('mongo-api-service');
  });

  it('finds the same with a Loki that is away, and says that it is', async () => {
    const config = writeConfig(join(dir, 'loki.json'), { loki: { url: 'http://127.0.0.1:9' } });
    const result = await triage(['--alert-file', '-', '--config', config], payloads.bug);
    expect(result.gaps.map(({ source, why }) => `${source}: ${why}`)).toContain(
      'loki: connection refused',
    );
    expect(result.triage.service).toBe('weather-app1');
    expect(offBy(result, onset.bug)).toBeLessThanOrEqual(MOST_OFF);
  });

  it('replays what it recorded to the same document, timings aside', async () => {
    const record = join(dir, 'recorded');
    const live = await triage(['--alert-file', '-', '--record', record], payloads.bug);
    const replayed = await triage(['--bundle', record]);
    expect({ ...replayed, timings: null }).toEqual({ ...live, timings: null });
  });
});
