import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ENTER_SCRIPT } from '#src/fix/sandbox/enter-script.ts';
import { execute } from '#src/fix/sandbox/execute.ts';

/** How far a command is kept apart from the machine. */
export type Isolation = {
  /** Namespaces of its own: processes, mounts, network unless that is allowed. */
  level: 'namespaces' | 'limits' | 'none';
  /** For the proof, e.g. `no network, everything but the tree read-only`. */
  words: string;
  /** The command line that runs a command in the room. */
  wrap(place: Place, command: readonly string[]): string[];
};

export type Place = {
  room: string;
  tree: string;
  cwd: string;
  /** Home of whoever runs us: where credentials may lie. */
  person: string;
  /** Folders or files of the outside, each with its place in the tree. */
  lent: readonly { source: string; target: string }[];
};

export type Limits = {
  memoryMegabytes: number;
  maxFileMegabytes: number;
  network: 'none' | 'allowed';
};

const PROCESSES = 4096;
const UNSHARE = ['--user', '--map-current-user', '--keep-caps', '--pid', '--fork'];
const APART = ['--kill-child', '--mount', '--ipc', '--uts'];

/**
 * Finds out how far this machine lets us keep a command apart, by running `true` that way.
 * @param room a folder of ours
 * @param env what commands get
 */
export async function findIsolation(
  room: string,
  env: Readonly<Record<string, string>>,
  limits: Limits,
): Promise<Isolation> {
  const tree = join(room, 'probe');
  await mkdir(tree, { recursive: true });
  const place: Place = { room, tree, cwd: tree, person: '/nonexistent', lent: [] };
  for (const isolation of [namespaces(limits), bare(limits)]) {
    const options = { cwd: room, env, timeoutMs: 20_000, maxOutputBytes: 4096 };
    const tried = await execute(isolation.wrap(place, ['true']), options).catch(() => null);
    if (tried?.code === 0) return isolation;
  }
  return {
    level: 'none',
    words:
      'not kept apart: this system has neither namespaces nor prlimit, so the network was open',
    wrap: (_place, command) => [...command],
  };
}

function namespaces(limits: Limits): Isolation {
  const isCut = limits.network === 'none';
  return {
    level: 'namespaces',
    words: `${isCut ? 'no network' : 'network allowed by the configuration'}, everything but the tree read-only`,
    wrap: ({ room, tree, cwd, person, lent }, command) => [
      ...['unshare', ...UNSHARE, ...APART, ...(isCut ? ['--net'] : []), 'sh', '-c', ENTER_SCRIPT],
      ...['incident-enter', room, tree, cwd, person, String(lent.length)],
      ...lent.flatMap(({ source, target }) => [source, target]),
      ...limited(limits, command),
    ],
  };
}

function bare(limits: Limits): Isolation {
  return {
    level: 'limits',
    words: 'the network and the rest of the disk were not cut off: this system gives no namespaces',
    wrap: (_place, command) => limited(limits, command),
  };
}

/** prlimit(1): bytes of data memory and of a written file, processes, no core files. */
function limited(limits: Limits, command: readonly string[]): string[] {
  return [
    ...['prlimit', `--data=${limits.memoryMegabytes * 1024 ** 2}`],
    ...[`--fsize=${limits.maxFileMegabytes * 1024 ** 2}`, `--nproc=${PROCESSES}`, '--core=0', '--'],
    ...command,
  ];
}
