/**
 * `npm run build`: the program as a few files of plain CommonJS in `dist/`, of which a command loads
 * only those that it needs. They start several times faster than the sources: little is looked for
 * on disk, and Node keeps what it has compiled.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { build, type Metafile, type OutputFile, type Plugin, transform } from 'esbuild';

const ROOT = join(import.meta.dirname, '..');
const ENTRY = 'incident.js';
/** Files of packages that are read at run time, by the name under which they are asked for. */
const ASSETS = ['@resvg/resvg-wasm/index_bg.wasm'];
/** What the demo runs, as its own processes, from copies of these. */
const DEMO = ['weather-app1', 'mongo-api-service', 'mongo-standin', 'weather-provider', 'kit'];
const TARGET = { platform: 'node', target: 'node24' } as const;

/** `import.meta` of a part, as if it were the entry: what is read at run time lies beside that. */
const META = `const __root=require('node:path').join(__dirname,ROOT),
__resolve=(name)=>require('node:url').pathToFileURL(require('node:path').join(__root,require('node:path').basename(name))).href;
`;
/** A CommonJS package that is imported at run time has its exports as names too, as Node gives them. */
const NAMES = `;for(const k of Object.keys(module.exports.default))k in module.exports||
Object.defineProperty(module.exports,k,{enumerable:true,get:()=>module.exports.default[k]});`;
const KEEP_COMPILED = "require('node:module').enableCompileCache?.();";

/** Of zod, imported as a whole, only what is used: the `z` of the sources is an object with all of it. */
const zodInParts: Plugin = {
  name: 'zod-in-parts',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(
        "import { z } from 'zod';",
        "import * as z from 'zod';",
      ),
      loader: 'ts',
    }));
  },
};

/** commander starts other programs for commands that have their own, of which there are none here. */
const processesLater: Plugin = {
  name: 'processes-later',
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      /[\\/]commander[\\/]/.test(importer) ? { path: 'later', namespace: 'processes' } : undefined,
    );
    onLoad({ filter: /^later$/, namespace: 'processes' }, () => ({
      contents:
        "export default { spawn: (...a) => process.getBuiltinModule('node:child_process').spawn(...a) };",
    }));
  },
};

/** Builds into a folder, which is made anew. @returns bytes of all parts of the program */
export async function buildProgram(dist: string): Promise<number> {
  const { outputFiles, metafile } = await build({
    ...TARGET,
    absWorkingDir: ROOT,
    entryPoints: { incident: 'src/cli.ts' },
    outdir: dist,
    chunkNames: 'parts/[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    legalComments: 'linked',
    define: {
      'import.meta.dirname': '__root',
      'import.meta.resolve': '__resolve',
    },
    logLevel: 'warning',
    plugins: [zodInParts, processesLater],
    write: false,
    metafile: true,
  });
  rmSync(dist, { recursive: true, force: true });
  const parts = new Map(
    Object.entries(metafile.outputs).map(([path, part]) => [resolve(ROOT, path), part]),
  );
  let bytes = 0;
  for (const file of outputFiles) {
    const text = file.path.endsWith('.js')
      ? await toCommonJs(file, parts.get(file.path))
      : file.text;
    bytes += Buffer.byteLength(text);
    mkdirSync(dirname(file.path), { recursive: true });
    writeFileSync(file.path, text);
  }
  // The package is one of modules; this folder is not.
  writeFileSync(join(dist, 'package.json'), '{ "type": "commonjs" }\n');
  const find = createRequire(import.meta.url);
  for (const asset of ASSETS) cpSync(find.resolve(asset), join(dist, basename(asset)));
  for (const part of DEMO) {
    cpSync(join(ROOT, 'demo', part), join(dist, 'demo', part), { recursive: true });
  }
  return bytes;
}

/** esbuild splits modules only; each part becomes CommonJS by itself. */
async function toCommonJs(
  file: OutputFile,
  part: Metafile['outputs'][string] | undefined,
): Promise<string> {
  const { code } = await transform(file.text, {
    ...TARGET,
    format: 'cjs',
    minify: true,
    supported: { 'dynamic-import': false },
  });
  const isEntry = basename(file.path) === ENTRY;
  const meta = META.replace('ROOT', isEntry ? "''" : "'..'");
  const isPackage = part?.entryPoint?.startsWith('node_modules/') ?? false;
  return [
    isEntry ? KEEP_COMPILED : '',
    /__(?:root|resolve)\b/.test(code) ? meta : '',
    code,
    isPackage && part?.exports.join() === 'default' ? NAMES : '',
  ].join('');
}

if (import.meta.main) {
  const bytes = await buildProgram(join(ROOT, 'dist'));
  process.stdout.write(`dist/${ENTRY} and its parts: ${Math.ceil(bytes / 1024)} KB\n`);
}
