import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { demoFolder, modulesFolder } from '../where.ts';

/** Where a stand-in was laid: the script to start. */
export type StandIns = { mongo: string; provider: string };

/**
 * Lays what the services need beside their repositories: the stand-ins of their neighbours, and
 * the packages where they cannot be found from here.
 */
export function layFiles(dir: string): StandIns {
  const standIns = join(dir, 'stand-ins');
  mkdirSync(standIns, { recursive: true });
  for (const name of ['mongo-standin', 'weather-provider']) {
    cpSync(join(demoFolder(), name), join(standIns, name), { recursive: true });
  }
  writeJson(join(standIns, 'package.json'), { private: true, type: 'module' });
  linkModules(dir);
  return {
    mongo: join(standIns, 'mongo-standin/main.ts'),
    provider: join(standIns, 'weather-provider/main.ts'),
  };
}

function linkModules(dir: string): void {
  const link = join(dir, 'node_modules');
  rmSync(link, { force: true, recursive: true });
  const find = createRequire(join(dir, 'main.js'));
  const isFound = ['fastify', 'mongodb', 'prom-client'].every((name) => {
    try {
      return existsSync(find.resolve(name));
    } catch {
      return false;
    }
  });
  if (!isFound) symlinkSync(modulesFolder(), link, 'junction');
}

/** Writes a value as JSON for people. */
export function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}
