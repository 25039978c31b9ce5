import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout, layRepository } from '../history/lay-repository.ts';
import { mongoHistory } from '../history/mongo-api-service.ts';
import { GUILTY_STEP, HELD_COMMITS, weatherHistory } from '../history/weather-app1.ts';
import { freePort } from './ports.ts';
import { createProcesses, type Processes } from './processes.ts';

const DEMO = join(import.meta.dirname, '..');

/** The demo as it stands on disk and runs: two services, their stand-ins, and their ports. */
export type Stage = {
  dir: string;
  configFile: string;
  weatherUrl: string;
  itemsUrl: string;
  providerUrl: string;
  /** The commit that brings the bug, and the one that is deployed with it. */
  guilty: string;
  newest: string;
  processes: Processes;
  /** Starts everything as it was before the deploy. */
  start(): Promise<void>;
  /** Puts the newest commit live, as a deploy does: the service restarts. */
  deploy(): Promise<void>;
  startMongo(): Promise<void>;
  stopMongo(): Promise<void>;
};

const WANTED_PORTS = { weather: 8000, items: 9000, provider: 8100, mongo: 27017 };

/** Lays repositories, registry and configuration under `dir`; nothing runs yet. */
export async function layStage(dir: string, now: number): Promise<Stage> {
  for (const part of ['repos', 'logs', 'state']) {
    rmSync(join(dir, part), { recursive: true, force: true });
  }
  mkdirSync(join(dir, 'logs'), { recursive: true });
  const weather = weatherHistory();
  const mongo = mongoHistory();
  const weatherRepo = layRepository(
    join(dir, 'repos/weather-app1'),
    weather.steps,
    weather.start,
    now,
    HELD_COMMITS,
  );
  const mongoRepo = layRepository(
    join(dir, 'repos/mongo-api-service'),
    mongo.steps,
    mongo.start,
    now,
    0,
  );
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
  const processes = createProcesses();
  const before = weatherRepo.shas.at(-1 - HELD_COMMITS) ?? '';
  const configFile = join(dir, 'incident.config.json');
  writeJson(join(dir, 'service_registry.json'), registryOf(weatherUrl, itemsUrl));
  writeJson(configFile, {
    serviceRegistry: 'service_registry.json',
    dataDir: 'state',
    collect: { lookbackMinutes: 5, baselineMinutes: 5, changeDays: 14 },
  });

  const startWeather = (version: string): Promise<void> =>
    processes.start('weather-app1', join(weatherRepo.dir, 'src/main.ts'), {
      PORT: String(ports.weather),
      LOG_DIR: join(dir, 'logs/weather-app1'),
      PROVIDER_URL: providerUrl,
      APP_VERSION: version.slice(0, 12),
      DEMO_FAULTS: '1',
    });
  const startMongo = (): Promise<void> =>
    processes.start('mongodb (stand-in)', join(DEMO, 'mongo-standin/main.ts'), {
      PORT: String(ports.mongo),
    });

  return {
    dir,
    configFile,
    weatherUrl,
    itemsUrl,
    providerUrl,
    guilty: weatherRepo.shas[GUILTY_STEP] ?? '',
    newest,
    processes,
    start: async () => {
      await Promise.all([
        startMongo(),
        processes.start('weather provider (stand-in)', join(DEMO, 'weather-provider/main.ts'), {
          PORT: String(ports.provider),
        }),
      ]);
      await Promise.all([
        startWeather(before),
        processes.start('mongo-api-service', join(mongoRepo.dir, 'src/main.ts'), {
          PORT: String(ports.items),
          LOG_DIR: join(dir, 'logs/mongo-api-service'),
          MONGODB_URL: `mongodb://127.0.0.1:${ports.mongo}`,
          APP_VERSION: (mongoRepo.shas.at(-1) ?? '').slice(0, 12),
          DEMO_FAULTS: '1',
        }),
      ]);
    },
    deploy: async () => {
      await processes.stop('weather-app1');
      checkout(weatherRepo.dir, 'main');
      await startWeather(newest);
    },
    startMongo,
    stopMongo: () => processes.stop('mongodb (stand-in)', 'SIGKILL'),
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

function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}
