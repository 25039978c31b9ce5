import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { propose, type Shop, settings, shop } from '../fix/helpers/shop.ts';
import { httpServer } from '../helpers/http-server.ts';
import { tempDir } from '../helpers/temp-dir.ts';

/** Namespaces are what most of this rests on; without them a system can only promise less. */
const PROBE = 'unshare --user --map-current-user --net --pid --fork --mount true';
const hasNamespaces = spawnSync('sh', ['-c', PROBE]).status === 0;
const apart = hasNamespaces ? it : it.skip;

const testsOf = (fix: Awaited<ReturnType<typeof propose>>) =>
  fix.proof.find(({ step }) => step === 'tests');

/** A shop whose tests do something else as well, before they say what they always say. */
function hostileShop(script: string): Shop {
  const place = shop();
  const own = readFileSync(join(place.dir, 'check.sh'), 'utf8');
  place.repo.write('check.sh', `${script}\n${own}`);
  place.repo.commit('Test more');
  return place;
}

describe('a repository', () => {
  it('cannot run anything by hooks, filters, settings or helpers', async () => {
    const place = shop();
    const marks = tempDir();
    const program = join(marks, 'program.sh');
    writeFileSync(program, `#!/bin/sh\ntouch "${marks}/ran-$(basename "$0")"\ncat\n`);
    chmodSync(program, 0o755);
    place.repo.write('.gitattributes', '* filter=evil diff=evil merge=evil\n');
    place.repo.commit('Attributes');
    for (const [key, value] of [
      ...[
        ['core.fsmonitor', program],
        ['core.hooksPath', marks],
        ['core.pager', program],
      ],
      ...[
        ['core.editor', program],
        ['core.sshCommand', program],
        ['core.askPass', program],
      ],
      ...[
        ['filter.evil.clean', program],
        ['filter.evil.smudge', program],
        ['filter.evil.required', 'true'],
      ],
      ...[
        ['diff.evil.textconv', program],
        ['diff.evil.command', program],
        ['diff.external', program],
      ],
      ...[
        ['merge.evil.driver', program],
        ['credential.helper', program],
        ['gpg.program', program],
      ],
      ...[
        ['core.alternateRefsCommand', program],
        ['core.gitProxy', program],
        ['uploadpack.packObjectsHook', program],
      ],
      ...[
        ['include.path', join(marks, 'more.config')],
        ['core.worktree', '/'],
        ['alias.status', `!${program}`],
      ],
    ] as [string, string][]) {
      place.repo.git('config', key, value);
    }
    for (const hook of [
      'pre-commit',
      'post-checkout',
      'post-index-change',
      'reference-transaction',
      'pre-push',
    ]) {
      const file = join(place.dir, '.git', 'hooks', hook);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `#!/bin/sh\ntouch "${marks}/ran-${hook}"\n`, { mode: 0o755 });
    }
    const fix = await propose(place);
    expect(fix.strategy).toBe('revert');
    expect(testsOf(fix)?.ok).toBe(true);
    const ran = execFileSync('ls', [marks], { encoding: 'utf8' });
    expect(ran.trim()).toBe('program.sh');
  });

  it('cannot lead out of its tree by links', async () => {
    const outside = tempDir();
    writeFileSync(join(outside, 'precious'), 'as it was');
    const place = hostileShop(
      ['echo gone > link-out/precious', 'echo gone > file-out', 'echo gone > up/precious'].join(
        ' 2>/dev/null\n',
      ),
    );
    symlinkSync(outside, join(place.dir, 'link-out'));
    symlinkSync(join(outside, 'precious'), join(place.dir, 'file-out'));
    symlinkSync(`../../../../../../..${outside}`, join(place.dir, 'up'));
    place.repo.commit('Links');
    const fix = await propose(place);
    expect(testsOf(fix)?.ok).toBe(true);
    expect(readFileSync(join(outside, 'precious'), 'utf8')).toBe('as it was');
  });

  it('may have odd names, and submodules', async () => {
    const place = shop();
    for (const name of ['a\nb.js', '-rf', '--output=x', ':(top)x', 'tab\tx', 'ünïcode']) {
      place.repo.write(name, 'x\n');
    }
    const sha = '0123456789'.repeat(4);
    place.repo.write(
      '.gitmodules',
      '[submodule "x"]\n\tpath = sub\n\turl = ext::sh -c touch% /tmp/ran\n',
    );
    place.repo.git('add', '-A');
    place.repo.git('update-index', '--add', '--cacheinfo', `160000,${sha},sub`);
    place.repo.git('commit', '-q', '-m', 'Odd names');
    const fix = await propose(place);
    expect(fix.decision, fix.why).toBe('open-pr');
  });

  it('may have paths that git itself would not write: then nothing is proposed', async () => {
    const place = shop();
    const blob = place.repo.git('hash-object', '-w', 'cart.js').trim();
    const inner = execFileSync('git', ['mktree'], {
      cwd: place.dir,
      input: `100644 blob ${blob}\tconfig\n`,
      encoding: 'utf8',
    }).trim();
    const root = place.repo.git('ls-tree', 'HEAD');
    const tree = execFileSync('git', ['mktree'], {
      cwd: place.dir,
      input: `${root}040000 tree ${inner}\t.GIT\n`,
      encoding: 'utf8',
    }).trim();
    const commit = place.repo.git('commit-tree', tree, '-p', 'HEAD', '-m', 'Trick').trim();
    place.repo.git('update-ref', 'refs/heads/main', commit);
    await expect(propose(place)).rejects.toThrow(/cannot be written safely|update-index|read-tree/);
  });

  it('of 100,000 files is proven on', async () => {
    const place = shop();
    const names = Array.from({ length: 100_000 }, (_, i) => `M 100644 :1 data/${i % 400}/${i}.txt`);
    const stream = [
      ...['blob', 'mark :1', 'data 2', 'x', ''],
      ...['commit refs/heads/main', 'committer Ada <a@x> 1700100000 +0000', 'data 4', 'Many'],
      ...[`from ${place.repo.git('rev-parse', 'main').trim()}`, ...names, ''],
    ].join('\n');
    execFileSync('git', ['fast-import', '--quiet', '--force'], { cwd: place.dir, input: stream });
    const fix = await propose(place, { settings: settings({ guards: { allowDirty: true } }) });
    expect(fix.decision, fix.why).toBe('open-pr');
  });

  it('of more files than are allowed is refused before anything is written', async () => {
    const place = shop();
    const few = settings({ commands: { maxFiles: 2 } });
    await expect(propose(place, { settings: few })).rejects.toThrow(/too large/);
  });
});

describe('tests of a repository', () => {
  it('that hang are stopped, with all that they started', async () => {
    const mark = join(tempDir(), 'late');
    const place = hostileShop(`(setsid sh -c 'sleep 6; echo late > ${mark}' &) ; sleep 1000`);
    const started = performance.now();
    const fix = await propose(place, { settings: settings({ commands: { timeoutSeconds: 2 } }) });
    expect(fix.decision).not.toBe('open-pr');
    expect(testsOf(fix)?.after).toContain('stopped after');
    expect(performance.now() - started).toBeLessThan(30_000);
    const left = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
    expect(left).not.toContain(`echo late > ${mark}`);
    expect(existsSync(mark)).toBe(false);
  });

  it('that leave processes behind leave none', async () => {
    const mark = `left-behind-${process.pid}`;
    const place = hostileShop(`for i in 1 2 3; do setsid sh -c 'sleep 300; : ${mark}' & done`);
    const fix = await propose(place);
    expect(testsOf(fix)?.ok).toBe(true);
    expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).not.toContain(mark);
  });

  it('that print a gigabyte do not fill the memory', async () => {
    const place = hostileShop('head -c 1073741824 /dev/zero');
    const before = process.memoryUsage().rss;
    const fix = await propose(place);
    expect(testsOf(fix)?.ok).toBe(true);
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
  });

  it('that fork without end are stopped', async () => {
    const place = hostileShop('for i in $(seq 1 400); do (sleep 500 &) ; done; sleep 500');
    const fix = await propose(place, { settings: settings({ commands: { timeoutSeconds: 3 } }) });
    expect(fix.decision).not.toBe('open-pr');
    expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).not.toMatch(/^sleep 500$/m);
  });

  it('do not see secrets of the environment', async () => {
    process.env.SHOP_TEST_SECRET = 'do-not-tell';
    const place = hostileShop('env | grep -q do-not-tell && exit 7');
    const fix = await propose(place);
    process.env.SHOP_TEST_SECRET = '';
    expect(testsOf(fix)?.ok).toBe(true);
  });

  apart('cannot reach the network, not even this machine', async () => {
    let hits = 0;
    const url = new URL(
      await httpServer((_request, response) => {
        hits++;
        response.end();
      }),
    );
    const place = hostileShop(
      `bash -c 'echo GET / > /dev/tcp/127.0.0.1/${url.port}' 2>/dev/null && exit 7`,
    );
    const fix = await propose(place);
    expect(testsOf(fix)?.ok).toBe(true);
    expect(hits).toBe(0);
    expect(fix.proof.find(({ step }) => step === 'isolated')).toMatchObject({ ok: true });
  });

  apart('can write nowhere but into their tree, their home and /tmp', async () => {
    const outside = join(import.meta.dirname, '..');
    const mark = join(outside, `written-${process.pid}`);
    const place = hostileShop(
      [
        `touch '${mark}' 2>/dev/null && exit 7`,
        'touch "$HOME/x" /tmp/x ./x || exit 8',
        'mount -o remount,rw / 2>/dev/null && exit 9',
        'kill -9 -1 2>/dev/null',
        'true',
      ].join('\n'),
    );
    const fix = await propose(place);
    expect(testsOf(fix)?.after).not.toMatch(/with [789]/);
    expect(existsSync(mark)).toBe(false);
  });
});
