import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { alertOf, payloadOf } from '../helpers/alerts.ts';
import { waitUntil } from '../helpers/wait-until.ts';

const DAEMON = join(import.meta.dirname, 'daemon/limited-daemon.ts');
const START = Date.parse('2026-03-01T10:00:00Z');
const children: ChildProcess[] = [];
const dirs: string[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
});

type Limited = {
  url: string;
  dir: string;
  /** Where a shell sees the same files, in a namespace of its own perhaps. */
  pid: number;
  services(): Promise<string[]>;
};

/** Runs the daemon under a shell command that limits its disk; `$0` is the folder, `$@` the program. */
async function start(prelude: string, wrapper: string[]): Promise<Limited> {
  const dir = mkdtempSync(join(tmpdir(), 'incident-full-'));
  dirs.push(dir);
  const program = [process.execPath, DAEMON, join(dir, 'disk', 'store.sqlite'), '{}'];
  const [command = 'sh', ...rest] = [
    ...wrapper,
    'sh',
    '-c',
    `mkdir -p "$0/disk" && ${prelude} && exec "$@"`,
    dir,
    ...program,
  ];
  const child = spawn(command, rest, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  children.push(child);
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { port: number }).port));
    child.once('exit', (code) => reject(new Error(`it ended with ${code}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    dir,
    pid: child.pid ?? 0,
    services: () =>
      new Promise((resolve) => {
        child.once('message', (message) => resolve((message as { services: string[] }).services));
        child.send('tell');
      }),
  };
}

function send({ url }: Limited, service: string): Promise<Response> {
  const alerts = Array.from({ length: 20 }, (_unused, index) =>
    alertOf({ alertname: 'Down', service, instance: String(index) }, START, {
      annotations: { description: 'x'.repeat(2000) },
    }),
  );
  return fetch(`${url}/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(payloadOf(alerts)),
  });
}

/** Fills the disk with alerts, lets room be made, and goes on. */
async function fillAndGoOn(daemon: Limited, makeRoom: () => void): Promise<void> {
  const taken: string[] = [];
  const later: string[] = [];
  for (let number = 0; later.length < 5 && number < 500; number++) {
    const service = `s${String(number).padStart(3, '0')}`;
    const answer = await send(daemon, service);
    if (answer.status === 200) taken.push(service);
    else {
      expect(answer.status).toBe(503);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(JSON.stringify(await answer.json())).toMatch(/full|cannot be used/);
      later.push(service);
    }
  }
  expect(later).toHaveLength(5);
  expect(taken.length).toBeGreaterThan(5);
  expect((await fetch(`${daemon.url}/health`)).status).toBe(200);
  expect((await fetch(`${daemon.url}/ready`)).status).toBe(503);
  makeRoom();
  // By itself, without a restart; senders come again with what was refused.
  for (const service of later) {
    await waitUntil(
      `${service} is taken`,
      async () => (await send(daemon, service)).status === 200,
      20_000,
    );
  }
  const expected = [...taken, ...later].sort();
  await waitUntil(
    'all are there',
    async () => (await daemon.services()).length >= expected.length,
    20_000,
  );
  expect(await daemon.services()).toEqual(expected);
  await waitUntil('it is ready', async () => (await fetch(`${daemon.url}/ready`)).ok, 10_000);
  console.log(`[measured] disk full: ${taken.length} requests taken, 5 refused and taken later`);
}

/** Limits the disk in some way; gives the daemon and what lifts the limit. */
type Way = () => Promise<{ daemon: Limited; makeRoom: () => void }>;

/** A small file system of its own in a namespace of its own. */
const smallDisk: Way = async () => {
  const daemon = await start(
    'mount -t tmpfs -o size=6m tmpfs "$0/disk" && head -c 2000000 /dev/zero > "$0/disk/ballast"',
    ['unshare', '-rm'],
  );
  // unshare becomes the program, so its process sees the mounted folder.
  return {
    daemon,
    makeRoom: () => {
      rmSync(`/proc/${daemon.pid}/root${daemon.dir}/disk/ballast`);
      spawnSync('nsenter', [
        `--user=/proc/${daemon.pid}/ns/user`,
        `--mount=/proc/${daemon.pid}/ns/mnt`,
        ...['mount', '-o', 'remount,size=200m', `${daemon.dir}/disk`],
      ]);
    },
  };
};

/** A limit on the size of files, which every system lets a process have. */
const smallFiles: Way = async () => {
  const daemon = await start('ulimit -S -f 8000', []);
  return {
    daemon,
    makeRoom: () => spawnSync('prlimit', ['--pid', String(daemon.pid), '--fsize=unlimited']),
  };
};

const canMount = spawnSync('unshare', ['-rm', 'true']).status === 0;
if (!canMount) console.warn('no mount namespaces here: the disk is limited by file size alone');
const WAYS: [string, Way][] = [
  ...(canMount ? [['by its size', smallDisk] satisfies [string, Way]] : []),
  ['by a limit on files', smallFiles],
];

describe('a disk that is full', () => {
  it.each(WAYS)(
    '%s makes senders come again until there is room, and loses nothing',
    async (_name, limit) => {
      const { daemon, makeRoom } = await limit();
      await fillAndGoOn(daemon, makeRoom);
    },
    120_000,
  );
});
