/**
 * `npm run build`: the program as one file, `dist/incident.js`, with what it needs beside it. A
 * CommonJS bundle starts several times faster than the sources: nothing is looked for on disk, and
 * what a command does not use is not evaluated.
 */
import { cpSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

const ROOT = join(import.meta.dirname, '..');
/** Files of packages that are read at run time, by the name under which they are asked for. */
const ASSETS = ['@resvg/resvg-wasm/index_bg.wasm'];
/** What the demo runs, as its own processes, from copies of these. */
const DEMO = ['weather-app1', 'mongo-api-service', 'mongo-standin', 'weather-provider', 'kit'];

/** `import.meta` of a bundle: its own place, and assets beside it. */
const META = `
const __meta = { dirname: __dirname, url: require('node:url').pathToFileURL(__filename).href };
__meta.resolve = (name) => require('node:url').pathToFileURL(
  require('node:path').join(__dirname, require('node:path').basename(name))).href;
`;

/** Builds into a folder, which is made anew. @returns the bytes of the program */
export async function buildProgram(dist: string): Promise<number> {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  const outfile = join(dist, 'incident.js');
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['src/cli.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    minify: true,
    legalComments: 'linked',
    define: {
      'import.meta.dirname': '__meta.dirname',
      'import.meta.url': '__meta.url',
      'import.meta.resolve': '__meta.resolve',
    },
    banner: { js: META },
    logLevel: 'warning',
  });
  // The package is one of modules; this folder is not.
  writeFileSync(join(dist, 'package.json'), '{ "type": "commonjs" }\n');
  const find = createRequire(import.meta.url);
  for (const asset of ASSETS) cpSync(find.resolve(asset), join(dist, basename(asset)));
  for (const part of DEMO) {
    cpSync(join(ROOT, 'demo', part), join(dist, 'demo', part), { recursive: true });
  }
  return statSync(outfile).size;
}

if (import.meta.main) {
  const bytes = await buildProgram(join(ROOT, 'dist'));
  process.stdout.write(`dist/incident.js: ${Math.ceil(bytes / 1024)} KB\n`);
}
