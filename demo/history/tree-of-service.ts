import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoFolder } from '../where.ts';
import type { Tree } from './edit.ts';

/** The files of a demo service as its own repository holds them, the kit under `src/kit/`. */
export function treeOfService(service: string): Tree {
  const demo = demoFolder();
  const files = new Map<string, string>();
  const add = (from: string, to: string): void => {
    for (const name of readdirSync(join(demo, from)).sort()) {
      if (!name.endsWith('.ts')) continue;
      const text = readFileSync(join(demo, from, name), 'utf8');
      files.set(`${to}/${name}`, text.replaceAll("'../../kit/", "'./kit/"));
    }
  };
  add(`${service}/src`, 'src');
  add('kit', 'src/kit');
  if (readdirSync(join(demo, service)).includes('test')) add(`${service}/test`, 'test');
  files.set(
    'package.json',
    `${JSON.stringify({ name: service, private: true, type: 'module' }, null, 2)}\n`,
  );
  return files;
}
