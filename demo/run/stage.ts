import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkout, layRepository } from '../history/lay-repository.ts';
import { mongoHistory } from '../history/mongo-api-service.ts';
import { weatherHistory } from '../history/weather-app1.ts';
import { layFiles, writeJson } from './lay-files.ts';
import { freePort } from './ports.ts';
import { createProcesses, type Processes } from './processes.ts';

/** The demo as it stands on disk and runs: two services, their stand-ins, and their ports. */
export type Stage = {
  dir: string;
  configFile: string;
  weatherUrl: string;
  itemsUrl: string;
  providerUrl: string;
  /** The commit that brings the bug (null in a history without it), and the one that a deploy puts live. */
  guilty: string | null;
  newest: string;
  /** What is live before the deploy. */
  before: string;
  processes: Processes;
  /** Starts everything as it was before the deploy. */
  start(): Promise<void>;
  /** Puts the newest commit live, as a deploy does: the service restarts. */
  deploy(): Promise<void>;
  /** Puts what was live before live again. */
  rollback(): Promise<void>;
  /** Starts weather-app1 as it was when it ended. */
  restartWeather(): Promise<void>;
  startMongo(): Promise<void>;
  stopMongo(): Promise<void>;
};

export type StageOptions = {
  /** Milliseconds since the epoch. */
  now: number;
  /** What the deploy brings: the bug, or nothing that could do harm. */
  deployBrings?: 'bug' | 'harmless';
  /** Added to the configuration that is laid. */
  config?: Record<string, unknown>;
};

const WANTED_PORTS = { weather: 8000, items: 9000, provider: 8100, mongo: 27017 };
/** The processes by the names that errors show. */
export const NAMES = {
  weather: 'weather-app1',
  items: 'mongo-api-service',
  provider: 'weather provider (stand-in)',
  mongo: 'mongodb (stand-in)',
} as const;

/** Lays repositories, registry and configuration under `dir`; nothing runs yet. */
export async function layStage(dir: string, options: StageOptions): Promise<Stage> {
  const { now } = options;
  for (const part of ['repos', 'logs', 'state', 'stand-ins', 'bundle']) {
    rmSync(join(dir, part), { recursive: true, force: true });
  }
  mkdirSync(join(dir, 'logs'), { recursive: true });
  const standIns = layFiles(dir);
  const weather = weatherHistory(options.deployBrings ?? 'bug');
  const mongo = mongoHistory();
  const weatherDir = join(dir, 'repos/weather-app1');
  const weatherRepo = layRepository(weatherDir, weather.steps, weather.start, now, weather.held);
  const mongoDir = join(dir, 'repos/mongo-api-service');
  const mongoRepo = layRepository(mongoDir, mongo.steps, mongo.start, now, 0);
  const ports = {
    weather: await freePort(WANTED_PORTS.weather),
    items: await freePort(WANTED_PORTS.items),
    provider: await freePort(WANTED_PORTS.provider),
    mongo: await freePort(WANTED_PORTS.mongo),
  };
  const weatherUrl = `http://127.0.0.1:${ports.weather}`;
  const itemsUrl = `http://127.0.0.1:${ports.items}`;
  const providerUrl = `http://127.0.0.1:${ports.provider}`;
  const newest = weatherRepo.shas.at(-1) ?? '';
  const before = weatherRepo.shas.at(-1 - weather.held) ?? '';
  const configFile = join(dir, 'incident.config.json');
  writeJson(join(dir, 'service_registry.json'), registryOf(weatherUrl, itemsUrl));
  writeJson(configFile, {
    serviceRegistry: 'service_registry.json',
    dataDir: 'state',
    collect: { lookbackMinutes: 5, baselineMinutes: 5, changeDays: 14 },
    ...options.config,
  });

  const processes = createProcesses();
  let live = before;
  const startWeather = (): Promise<void> =>
    processes.start(NAMES.weather, join(weatherDir, 'src/main.ts'), {
      PORT: String(ports.weather),
      LOG_DIR: join(dir, 'logs/weather-app1'),
      PROVIDER_URL: providerUrl,
      APP_VERSION: live.slice(0, 12),
      DEMO_FAULTS: '1',
    });
  const startMongo = (): Promise<void> =>
    processes.start(NAMES.mongo, standIns.mongo, { PORT: String(ports.mongo) });
  const putLive = async (sha: string): Promise<void> => {
    await processes.stop(NAMES.weather);
    checkout(weatherDir, sha);
    live = sha;
    await startWeather();
  };

  return {
    dir,
    configFile,
    weatherUrl,
    itemsUrl,
    providerUrl,
    guilty: weather.guilty === null ? null : (weatherRepo.shas[weather.guilty] ?? null),
    newest,
    before,
    processes,
    start: async () => {
      const provider = { PORT: String(ports.provider) };
      await Promise.all([
        startMongo(),
        processes.start(NAMES.provider, standIns.provider, provider),
      ]);
      await Promise.all([
        startWeather(),
        processes.start(NAMES.items, join(mongoDir, 'src/main.ts'), {
          PORT: String(ports.items),
          LOG_DIR: join(dir, 'logs/mongo-api-service'),
          MONGODB_URL: `mongodb://127.0.0.1:${ports.mongo}`,
          APP_VERSION: (mongoRepo.shas.at(-1) ?? '').slice(0, 12),
          DEMO_FAULTS: '1',
        }),
      ]);
    },
    deploy: () => putLive(newest),
    rollback: () => putLive(before),
    restartWeather: startWeather,
    startMongo,
    stopMongo: () => processes.stop(NAMES.mongo, 'SIGKILL'),
  };
}

function registryOf(weatherUrl: string, itemsUrl: string): unknown {
  const entry = (name: string, more: Record<string, unknown>): Record<string, unknown> => ({
    log_paths: {
      service: `logs/${name}/service.log`,
      error: `logs/${name}/error.log`,
      api: `logs/${name}/api.log`,
    },
    repo_path: `repos/${name}`,
    language: 'typescript',
    base_branch: 'main',
    timezone: 'UTC',
    ...more,
  });
  return {
    _comment: 'Laid by "incident demo"; made anew at each start.',
    'weather-app1': entry('weather-app1', {
      health_url: `${weatherUrl}/`,
      metrics_url: `${weatherUrl}/metrics`,
      test_command: 'node --test',
    }),
    'mongo-api-service': entry('mongo-api-service', {
      health_url: `${itemsUrl}/health/ready`,
      metrics_url: `${itemsUrl}/metrics`,
    }),
  };
}
