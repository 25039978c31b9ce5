import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the demo's own files: this one, or the one beside the built program. */
export function demoFolder(): string {
  const places = [import.meta.dirname, join(import.meta.dirname, 'demo')];
  const found = places.find((place) => existsSync(join(place, 'weather-app1', 'src', 'main.ts')));
  if (!found) throw new Error(`the demo's files are missing from ${places.join(' and ')}`);
  return found;
}

/** The `node_modules` that holds what the demo's services import. */
export function modulesFolder(): string {
  for (let at = demoFolder(); ; at = dirname(at)) {
    const modules = join(at, 'node_modules');
    if (existsSync(join(modules, 'mongodb')) && existsSync(join(modules, 'fastify')))
      return modules;
    if (dirname(at) === at) throw new Error('the demo needs its packages; run "npm ci" first');
  }
}
