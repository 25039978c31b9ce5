/**
 * `npm run fixtures:record [-- <name>…]`: records `fixtures/demo-*` anew, from the demo's services,
 * real Prometheus and real Alertmanager. Takes a few minutes; needs both on the PATH.
 */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { writeJson } from '../demo/run/lay-files.ts';
import { startTraffic } from '../demo/run/requests.ts';
import { layStage, type Stage } from '../demo/run/stage.ts';
import { hasMonitoring, type Monitoring, startMonitoring } from '../test/helpers/monitoring.ts';
import { runCli } from '../test/helpers/run-cli.ts';
import { SCENARIOS, type Scenario } from './fixtures/scenarios.ts';

const ROOT = join(import.meta.dirname, '..');
const FIXTURES = join(ROOT, 'fixtures');
const CALM_SECONDS = 150;
/** Slow enough for bundles that can be read, and for onsets within a second or two. */
const SCRAPE_SECONDS = 2;
const REQUESTS_PER_SECOND = 2.5;
const MOST_POINTS = 80;
const AT_ONCE = 4;
const MOST_BYTES = 400 * 1024;
/** Stands for the folder in which the demo ran: no path of a machine is in a fixture. */
const HOME = '/srv/demo';
const COLLECT = { lookbackMinutes: 1.5, baselineMinutes: 2, changeDays: 14 };

async function record(scenario: Scenario, dir: string, laid: Laid): Promise<string> {
  const { stage, monitoring } = laid;
  const stop = new AbortController();
  try {
    if (scenario.without !== 'prometheus') {
      change(stage.configFile, (config) => ({
        ...config,
        prometheus: { url: monitoring.prometheusUrl, maxPoints: MOST_POINTS },
      }));
    }
    if (scenario.without === 'logs') change(join(dir, 'service_registry.json'), withoutLogs);
    startTraffic({
      weatherUrl: stage.weatherUrl,
      itemsUrl: stage.itemsUrl,
      rate: scenario.rate ?? REQUESTS_PER_SECOND,
      signal: stop.signal,
    });
    await pause(CALM_SECONDS * 1000);
    const cli = (args: string[], input?: string): Promise<void> =>
      runOrThrow([...args, '--config', stage.configFile], dir, input);
    if (scenario.isDeployTold) {
      await cli(['change', 'add', '--service', scenario.service, '--commit', stage.newest]);
    }
    const { onset, truth } = await scenario.play(stage);
    const { alert } = scenario;
    const payload = alert ? await monitoring.webhook(alert.rule, 150, alert.status) : undefined;
    await pause(scenario.lookAfter * 1000);
    const bundle = join(dir, 'recorded');
    const subject = payload ? ['--alert-file', '-'] : ['--service', scenario.service];
    await cli(['triage', ...subject, '--record', bundle, '--json'], payload);
    const onsetAt = onset === null ? null : new Date(onset).toISOString();
    writeJson(join(bundle, 'expected.json'), { ...truth, onsetAt });
    return publish(scenario, stage, bundle);
  } finally {
    stop.abort();
    await stage.processes.stopAll();
    await monitoring.stop();
  }
}

type Laid = { stage: Stage; monitoring: Monitoring };

/** Lays and starts what a scenario needs. */
async function lay(scenario: Scenario, dir: string): Promise<Laid> {
  const stage = await layStage(dir, {
    now: Date.now(),
    deployBrings: scenario.deployBrings,
    config: { collect: COLLECT },
  });
  const monitoring = await startMonitoring({
    dir: join(dir, 'monitoring'),
    targets: { 'weather-app1': stage.weatherUrl, 'mongo-api-service': stage.itemsUrl },
    interval: SCRAPE_SECONDS,
  });
  await stage.start();
  return { stage, monitoring };
}

async function runOrThrow(args: string[], cwd: string, input?: string): Promise<void> {
  const done = await runCli(args, { cwd, ...(input === undefined ? {} : { input }) });
  if (done.code !== 0) throw new Error(`incident ${args.join(' ')}: ${done.stderr}`);
}

type Json = Record<string, unknown>;

function change(file: string, by: (value: Json) => Json): void {
  writeJson(file, by(JSON.parse(readFileSync(file, 'utf8')) as Json));
}

function withoutLogs(registry: Json): Json {
  return Object.fromEntries(
    Object.entries(registry).map(([name, entry]) => {
      if (typeof entry !== 'object') return [name, entry];
      const { log_paths: _paths, ...rest } = entry as Json;
      return [name, rest];
    }),
  );
}

/** Copies a bundle to its place with the folder's path replaced. @throws Error when it is too large */
function publish(scenario: Scenario, stage: Stage, bundle: string): string {
  const texts = new Map<string, string>();
  for (const name of readdirSync(bundle, { recursive: true, encoding: 'utf8' }).sort()) {
    const from = join(bundle, name);
    if (!statSync(from).isFile()) continue;
    const text = readFileSync(from, 'utf8').replaceAll(stage.dir, HOME).replaceAll(ROOT, HOME);
    texts.set(name, text);
  }
  const bytes = [...texts.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (bytes > MOST_BYTES) throw new Error(`${bytes} bytes are more than ${MOST_BYTES}`);
  const target = join(FIXTURES, `demo-${scenario.name}`);
  rmSync(target, { recursive: true, force: true });
  for (const [name, text] of texts) {
    mkdirSync(dirname(join(target, name)), { recursive: true });
    writeFileSync(join(target, name), text);
  }
  return `demo-${scenario.name}: ${Math.ceil(bytes / 1024)} KB`;
}

if (!hasMonitoring()) {
  process.stderr.write('Install Prometheus and Alertmanager first (prometheus, alertmanager).\n');
  process.exit(2);
}
const wanted = process.argv.slice(2);
const queue = SCENARIOS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
let failures = 0;
let laying: Promise<unknown> = Promise.resolve();

async function recordOne(scenario: Scenario): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'incident-fixture-'));
  try {
    // Ports that are free are looked for by one at a time.
    const laid = laying.then(() => lay(scenario, dir));
    laying = laid.catch(() => {});
    return await record(scenario, dir, await laid);
  } catch (error) {
    failures++;
    return `demo-${scenario.name} failed: ${String(error)}`;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const worker = async (): Promise<void> => {
  for (let next = queue.shift(); next; next = queue.shift()) {
    process.stdout.write(`demo-${next.name} …\n`);
    process.stdout.write(`${await recordOne(next)}\n`);
  }
};
await Promise.all(Array.from({ length: AT_ONCE }, worker));
process.exit(failures === 0 ? 0 : 1);
