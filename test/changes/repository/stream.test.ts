import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportRepository } from '#src/changes/repository/export.ts';
import { readFastStream } from '#src/changes/repository/fast-stream.ts';
import { importFastExport } from '#src/changes/repository/import.ts';
import { redactKeepingLines } from '#src/changes/repository/keep-lines.ts';
import { openRepository } from '#src/changes/repository.ts';
import { InputError } from '#src/domain/errors.ts';
import { createGitFixture, type GitFixture, temporaryFolder } from '../git-fixture.ts';

function history(): { fixture: GitFixture; shas: string[] } {
  const fixture = createGitFixture();
  const shas: string[] = [];
  const lines = ['first', 'second', 'third', 'fourth', 'fifth'];
  for (const [index, line] of lines.entries()) {
    fixture.write(
      'log.txt',
      lines
        .slice(0, index + 1)
        .concat('tail\n')
        .join('\n'),
    );
    if (index === 1) fixture.write('pic.bin', Buffer.from([0, 1, 2]));
    shas.push(fixture.commit(`add ${line}`));
  }
  fixture.git('checkout', '-q', '-b', 'side', shas[2] ?? '');
  fixture.write('side.txt', 'side\n');
  shas.push(fixture.commit('add side'));
  fixture.git('checkout', '-q', 'main');
  fixture.git('merge', '-q', '--no-ff', '-m', 'merge side', 'side');
  shas.push(fixture.git('rev-parse', 'HEAD').trim());
  return { fixture, shas };
}

describe('importFastExport', () => {
  it('opens a plain stream with the very shas of the repository, and cleans up', async () => {
    const { fixture, shas } = history();
    const file = join(temporaryFolder(), 'app.fast-export');
    writeFileSync(file, execFileSync('git', ['fast-export', '--all'], { cwd: fixture.dir }));
    const tmp = temporaryFolder();
    const repo = await importFastExport(file, { tmp });
    expect(repo.head).toBe(shas.at(-1));
    expect((await repo.log()).length).toBe(7);
    expect(await repo.readFile('side.txt')).toBe('side\n');
    expect(readdirSync(tmp).length).toBe(1);
    await repo.close();
    expect(readdirSync(tmp)).toEqual([]);
  });

  it('gives original shas where the stream has them', async () => {
    const { fixture, shas } = history();
    const file = join(temporaryFolder(), 'app.fast-export');
    const stream = execFileSync('git', ['fast-export', '--show-original-ids', 'main'], {
      cwd: fixture.dir,
    });
    writeFileSync(file, stream.toString().replaceAll('Ada', 'Eve'));
    const repo = await importFastExport(file, { head: shas[4] });
    expect(repo.head).toBe(shas[4]);
    expect(new Set((await repo.log()).map(({ sha }) => sha))).toEqual(new Set(shas.slice(0, 5)));
    expect((await repo.log())[0]?.parents).toEqual([shas[3]]);
    expect(await repo.resolve((shas[1] ?? '').slice(0, 8))).toBe(shas[1]);
    expect(await repo.resolve(`${shas[1]}~1`)).toBe(shas[0]);
    expect((await repo.blame('log.txt', 2, 2))[0]?.sha).toBe(shas[1]);
    expect(await repo.diff(shas[3] ?? '')).toContain('+fourth');
    await repo.close();
  });

  it.each([
    ['cut in data', 'blob\nmark :1\ndata 100\nabc'],
    ['not a stream', 'hello world\n'],
    [
      'unknown mark',
      'commit refs/heads/main\ncommitter A <a@b> 1 +0000\ndata 1\nx\nM 100644 :9 a\n',
    ],
    ['reads back', 'feature cat-blob\ncat-blob 0123456789012345678901234567890123456789\n'],
    ['writes elsewhere', 'feature export-marks=/tmp/incident-owned\nblob\nmark :1\ndata 1\nx\n'],
    ['empty', ''],
    ['bad ref', 'commit refs/heads/../../x\ncommitter A <a@b> 1 +0000\ndata 1\nx\n'],
    ['long line', 'x'.repeat(2_000_000)],
  ])('refuses a stream that is %s', async (_name, text) => {
    const file = join(temporaryFolder(), 'broken.fast-export');
    writeFileSync(file, text);
    const tmp = temporaryFolder();
    await expect(importFastExport(file, { tmp })).rejects.toThrow(InputError);
    expect(readdirSync(tmp)).toEqual([]);
    expect(existsSync('/tmp/incident-owned')).toBe(false);
  });

  it('refuses a missing file and one beyond the limit', async () => {
    await expect(importFastExport('/nonexistent/x')).rejects.toThrow(InputError);
    const { fixture } = history();
    const file = join(temporaryFolder(), 'app.fast-export');
    writeFileSync(file, execFileSync('git', ['fast-export', '--all'], { cwd: fixture.dir }));
    await expect(importFastExport(file, { maxBytes: 100 })).rejects.toThrow('too large');
  });

  it('keeps links and submodules inside', async () => {
    const file = join(temporaryFolder(), 'app.fast-export');
    writeFileSync(
      file,
      [
        'commit refs/heads/main',
        'committer A <a@b> 1700000000 +0000',
        'data 1\nx',
        'M 120000 inline link\ndata 11\n/etc/passwd',
        `M 160000 ${'1'.repeat(40)} module`,
        'M 100644 inline ok.txt\ndata <<END\nfine\nEND',
        '',
      ].join('\n'),
    );
    const repo = await importFastExport(file);
    expect(await repo.listFiles()).toEqual(['ok.txt']);
    expect(await repo.readFile('link')).toBeNull();
    await repo.close();
  });
});

describe('exportRepository', () => {
  it('cuts the history, keeps shas, blame and text, and says where it was cut', async () => {
    const { fixture, shas } = history();
    const out = join(temporaryFolder(), 'out.fast-export');
    const exported = await exportRepository(fixture.dir, { out, maxCommits: 3 });
    expect(exported).toMatchObject({ head: shas[6], commits: 3, blobsLeftOut: 1 });
    const before = await openRepository(fixture.dir);
    const after = await importFastExport(out);
    expect(after.head).toBe(before.head);
    expect(after.cutAt).toEqual(exported.cutAt);
    const kept = new Set((await before.log({ limit: 3 })).map(({ sha }) => sha));
    const truth = await before.blame('log.txt', 1, 6);
    const copy = await after.blame('log.txt', 1, 6);
    expect(copy.map(({ text }) => text)).toEqual(truth.map(({ text }) => text));
    for (const [index, line] of truth.entries()) {
      if (kept.has(line.sha)) expect(copy[index]).toEqual(line);
      else expect(copy[index]?.boundary).toBe(true);
    }
    for (const sha of kept) expect(await after.diff(sha)).toBe(await before.diff(sha));
    for (const sha of exported.cutAt) expect(await after.diff(sha)).toBeNull();
    expect(
      (await after.log()).filter(({ sha }) => kept.has(sha)).map(({ files }) => files),
    ).toEqual((await before.log({ limit: 3 })).map(({ files }) => files));
    expect(await after.readFile('pic.bin')).toBeNull();
    expect(await after.listFiles()).toEqual(['log.txt', 'side.txt']);
    await before.close();
    await after.close();
  });

  it('redacts contents, messages and names without moving lines', async () => {
    const fixture = createGitFixture();
    fixture.write('conf', 'a\nBEGIN s3cret\ns3cret\nEND\nz\n');
    const sha = fixture.commit('use s3cret');
    const out = join(temporaryFolder(), 'out.fast-export');
    await exportRepository(fixture.dir, {
      out,
      maxCommits: 10,
      redact: (text) =>
        text
          .replace(/BEGIN[\s\S]*?END/g, '[key]')
          .replaceAll('s3cret', '[gone]')
          .replaceAll('Ada', 'A.'),
    });
    expect(readFileSync(out, 'utf8')).not.toMatch(/s3cret|Ada/);
    const repo = await importFastExport(out);
    expect(repo.head).toBe(sha);
    expect(await repo.readFile('conf')).toBe('a\n[key]\n\n\nz\n');
    expect((await repo.log())[0]).toMatchObject({
      message: 'use [gone]\n',
      author: 'A. <ada@example.org>',
    });
    await repo.close();
  });

  it('takes fewer commits when the stream grows too large, and gives up at one', async () => {
    const { fixture } = history();
    const out = join(temporaryFolder(), 'out.fast-export');
    const small = await exportRepository(fixture.dir, { out, maxCommits: 100, maxBytes: 1500 });
    expect(small.commits).toBeLessThan(7);
    await expect(
      exportRepository(fixture.dir, { out, maxCommits: 100, maxBytes: 50 }),
    ).rejects.toThrow('too large');
    expect(existsSync(out)).toBe(false);
  });

  it('exports a shallow clone', async () => {
    const { fixture, shas } = history();
    const shallow = `${fixture.dir}-shallow`;
    execFileSync('git', ['clone', '-q', '--depth', '2', `file://${fixture.dir}`, shallow]);
    const out = join(temporaryFolder(), 'out.fast-export');
    const exported = await exportRepository(shallow, { out, maxCommits: 100 });
    expect(exported.cutAt.length).toBeGreaterThan(0);
    const repo = await importFastExport(out);
    expect(repo.head).toBe(shas[6]);
    for (const sha of exported.cutAt) expect(await repo.diff(sha)).toBeNull();
    await repo.close();
  });
});

describe('readFastStream', () => {
  it('gives back what it read, however it was cut into chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.constant('blob'),
            fc.constant('mark :1'),
            fc.constant(''),
            fc.constant('from :1'),
          ),
        ),
        fc.uint8Array({ maxLength: 200 }),
        fc.integer({ min: 1, max: 17 }),
        async (lines, data, step) => {
          const whole = Buffer.concat([
            Buffer.from(lines.map((line) => `${line}\n`).join('')),
            Buffer.from(`data ${data.length}\n`),
            data,
            Buffer.from('\ndone\n'),
          ]);
          const chunks = async function* (): AsyncGenerator<Buffer> {
            for (let i = 0; i < whole.length; i += step) yield whole.subarray(i, i + step);
          };
          const out: Buffer[] = [];
          for await (const item of readFastStream(chunks())) {
            if (item.kind === 'line') out.push(item.bytes, Buffer.from('\n'));
            else if (item.kind === 'data') out.push(Buffer.from(`data ${item.size}\n`));
            else out.push(item.bytes);
          }
          expect(Buffer.concat(out).equals(whole)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('redactKeepingLines', () => {
  it('keeps the number of lines whatever the redaction does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'key', 'end', '')),
        fc.constantFrom('', 'x', 'x\ny', '\n\n\n'),
        (lines, put) => {
          const text = lines.join('\n');
          const clean = redactKeepingLines(text, (all) => all.replace(/key[\s\S]*?end/, put));
          expect(clean.split('\n').length).toBe(text.split('\n').length);
        },
      ),
    );
  });
});
