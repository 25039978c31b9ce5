import { lstat, mkdir, mkdtemp, realpath, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Execution, execute } from '#src/fix/sandbox/execute.ts';
import { findIsolation, type Isolation } from '#src/fix/sandbox/isolation.ts';
import { reapMarked } from '#src/fix/sandbox/reap.ts';
import { removeTree } from '#src/fix/sandbox/remove-tree.ts';
import type { CommandSettings } from '#src/fix/settings.ts';

/** A folder in which commands of the registry run, with nothing of the machine but what they need. */
export type Room = {
  isolation: Isolation;
  /** A new empty folder for a tree. */
  newTree(name: string): Promise<string>;
  /**
   * Runs a command in a tree.
   * @param below folder of the tree to stand in; `''` for its root
   */
  run(tree: string, below: string, command: readonly string[]): Promise<Execution>;
  close(): Promise<void>;
};

export type RoomOptions = {
  settings: CommandSettings;
  /** PATH for the commands. */
  searchPath: string;
  /** Home of whoever runs us. */
  person: string;
  /** The service's own folder, from which things are lent; null when there is none. */
  serviceDir: string | null;
  signal?: AbortSignal | undefined;
  tmp?: string | undefined;
};

/** Makes a room in the temporary folder and finds out how far it can be kept apart. */
export async function openRoom(options: RoomOptions): Promise<Room> {
  const { settings, signal } = options;
  const parent = options.tmp ?? tmpdir();
  await mkdir(parent, { recursive: true });
  const room = await realpath(await mkdtemp(join(parent, 'incident-proof-')));
  const home = join(room, 'home');
  await mkdir(home);
  await mkdir(join(room, 'stage'));
  await mkdir(join(home, 'tmp'));
  const marker = `incident-proof-${room.slice(-6)}-${process.pid}`;
  const env = environment(options, home, marker);
  const isolation = await findIsolation(room, env, settings);
  return {
    isolation,
    newTree: async (name) => {
      const tree = join(room, name);
      await mkdir(tree);
      return tree;
    },
    run: async (tree, below, command) => {
      const cwd = join(tree, below);
      const lent = await lend(options, isolation, cwd);
      const place = { room, tree, cwd, person: options.person, lent };
      try {
        return await execute(isolation.wrap(place, command), {
          cwd: room,
          ...(isolation.level === 'namespaces' ? {} : { cwd }),
          env,
          timeoutMs: settings.timeoutSeconds * 1000,
          maxOutputBytes: settings.maxOutputKilobytes * 1024,
          signal,
        });
      } finally {
        if (isolation.level !== 'namespaces') await reapMarked(marker);
      }
    },
    close: () => removeTree(room),
  };
}

/** What commands get of the environment: these and what the configuration adds. */
function environment(
  { settings, searchPath }: RoomOptions,
  home: string,
  marker: string,
): Record<string, string> {
  return {
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    CI: 'true',
    NO_COLOR: '1',
    // Caches of compiled Python would end in the tree.
    PYTHONDONTWRITEBYTECODE: '1',
    ...settings.environment,
    PATH: searchPath,
    HOME: home,
    TMPDIR: join(home, 'tmp'),
    INCIDENT_PROOF: marker,
  };
}

/** Puts what is lent into the tree: a mount point inside namespaces, a link without them. */
async function lend(
  { settings, serviceDir }: RoomOptions,
  isolation: Isolation,
  cwd: string,
): Promise<{ source: string; target: string }[]> {
  const lent: { source: string; target: string }[] = [];
  for (const path of serviceDir === null ? [] : settings.lend) {
    const source = join(serviceDir ?? '', path);
    const target = join(cwd, path);
    const found = await lstat(source).catch(() => null);
    if (!found?.isDirectory()) continue;
    const there = await lstat(target).catch(() => null);
    // What is committed comes from the tree; nothing is mounted through a link of the tree.
    const isInside = (await realpath(dirname(target)).catch(() => '')) === dirname(target);
    if (!isInside) continue;
    if (isolation.level === 'namespaces') {
      if (there === null) await mkdir(target);
      else if (!there.isDirectory()) continue;
      lent.push({ source, target });
    } else if (there === null) await symlink(source, target);
  }
  return lent;
}
