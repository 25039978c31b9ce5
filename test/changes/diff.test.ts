import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundDiff } from '#src/changes/bound-diff.ts';
import { type FileDiff, parseDiff, pathOf } from '#src/changes/diff.ts';
import { temporaryFolder } from './git-fixture.ts';

const shape = (files: readonly FileDiff[]): unknown[] =>
  files.map((file) => [
    file.status,
    file.oldPath,
    file.newPath,
    file.hunks.flatMap(({ lines }) =>
      lines
        .filter(({ kind }) => kind !== 'context')
        .map(({ kind, text, oldLine, newLine }) => `${kind} ${oldLine ?? newLine} ${text}`),
    ),
  ]);

describe('parseDiff', () => {
  it('reads a git diff with its line numbers and the function of each hunk', () => {
    const files = parseDiff(`commit abc
Author: x

diff --git a/src/a.ts b/src/a.ts
index 1..2 100644
--- a/src/a.ts
+++ b/src/a.ts
@@ -10,4 +10,5 @@ export function total(): number {
 keep
-old
+new
+more
 keep
 keep
`);
    expect(shape(files)).toEqual([
      ['modified', 'src/a.ts', 'src/a.ts', ['removed 11 old', 'added 11 new', 'added 12 more']],
    ]);
    expect(files[0]?.hunks[0]?.section).toBe('export function total(): number {');
    expect(files[0]?.hunks[0]?.lines.at(-1)).toEqual({
      kind: 'context',
      text: 'keep',
      oldLine: 13,
      newLine: 14,
    });
  });

  it.each([
    [
      'new, deleted, renamed, copied, mode-only and binary files',
      `diff --git a/new b/new
new file mode 100755
index 0000000..1 
--- /dev/null
+++ b/new
@@ -0,0 +1 @@
+x
diff --git a/gone b/gone
deleted file mode 100644
index 1..0
--- a/gone
+++ /dev/null
@@ -1 +0,0 @@
-x
diff --git a/from b/to
similarity index 100%
rename from from
rename to to
diff --git a/one b/two
similarity index 90%
copy from one
copy to two
diff --git a/run.sh b/run.sh
old mode 100644
new mode 100755
diff --git a/empty b/empty
new file mode 100644
index 0000000..e69de29
diff --git a/p.png b/p.png
index 1..2 100644
Binary files a/p.png and b/p.png differ
`,
      [
        ['added', null, 'new', ['added 1 x']],
        ['deleted', 'gone', null, ['removed 1 x']],
        ['renamed', 'from', 'to', []],
        ['copied', 'one', 'two', []],
        ['modified', 'run.sh', 'run.sh', []],
        ['added', null, 'empty', []],
        ['modified', 'p.png', 'p.png', []],
      ],
    ],
    [
      'plain diffs with times and Subversion headers',
      `Index: lib/x.c
===================================================================
--- lib/x.c\t(revision 1)
+++ lib/x.c\t(revision 2)
@@ -1 +1 @@
-a
+b
--- old/y.c\t2020-01-01 00:00:00.000 +0000
+++ new/y.c\t2020-01-02 00:00:00.000 +0000
@@ -5 +5,2 @@
 a
+b
`,
      [
        ['modified', 'lib/x.c', 'lib/x.c', ['removed 1 a', 'added 1 b']],
        ['modified', 'old/y.c', 'new/y.c', ['added 6 b']],
      ],
    ],
    [
      'quoted, blank-holding and prefixed names',
      `diff --git "a/caf\\303\\251\\n.txt" "b/caf\\303\\251\\n.txt"
--- "a/caf\\303\\251\\n.txt"
+++ "b/caf\\303\\251\\n.txt"
@@ -1 +1 @@
-a
+b
diff --git a/with blank b/with blank
old mode 100644
new mode 100755
diff --git i/a/b w/a/b
--- i/a/b
+++ w/a/b
@@ -1 +1 @@
-a
+b
diff --git x.txt x.txt
--- x.txt
+++ x.txt
@@ -1 +1 @@
-a
+b
`,
      [
        ['modified', 'café\n.txt', 'café\n.txt', ['removed 1 a', 'added 1 b']],
        ['modified', 'with blank', 'with blank', []],
        ['modified', 'a/b', 'a/b', ['removed 1 a', 'added 1 b']],
        ['modified', 'x.txt', 'x.txt', ['removed 1 a', 'added 1 b']],
      ],
    ],
    [
      'removed and added lines that look like headers',
      `--- a/q.sql
+++ b/q.sql
@@ -1,3 +1,3 @@
 x
--- a comment
+++ b comment
 y
--- a/z
+++ b/z
@@ -1 +1 @@
-a
+b
`,
      [
        ['modified', 'q.sql', 'q.sql', ['removed 2 -- a comment', 'added 2 ++ b comment']],
        ['modified', 'z', 'z', ['removed 1 a', 'added 1 b']],
      ],
    ],
    [
      'combined diffs',
      `diff --cc m.js
index 1,2..3
--- a/m.js
+++ b/m.js
@@@ -1,3 -1,3 +1,3 @@@
  keep
- one
 -two
++both
  end
`,
      [['modified', 'm.js', 'm.js', ['removed 2 one', 'removed null two', 'added 2 both']]],
    ],
    [
      'wrong counts and blanks that an editor cut',
      `--- a/x
+++ b/x
@@ -1,9 +1,1 @@
 a

-b
+c
--- a/y
+++ b/y
@@ -3 +3 @@
 a
-b
+c
`,
      [
        ['modified', 'x', 'x', ['removed 3 b', 'added 3 c']],
        ['modified', 'y', 'y', ['removed 4 b', 'added 4 c']],
      ],
    ],
    [
      'a file that ends bare',
      `--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n`,
      [['modified', 'x', 'x', ['removed 1 a', 'added 1 a']]],
    ],
    ['nothing', '', []],
    ['prose', 'This is -- not\n+a diff\n@@ hm @@\n', []],
  ])('reads %s', (_name, text, expected) => {
    expect(shape(parseDiff(text))).toEqual(JSON.parse(JSON.stringify(expected)));
  });

  it('tells which side ends without a newline', () => {
    const [file] = parseDiff(
      `--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n`,
    );
    expect([file?.hunks[0]?.oldEndsBare, file?.hunks[0]?.newEndsBare]).toEqual([true, false]);
  });

  it('gives back both sides of what git diff writes', () => {
    const dir = temporaryFolder();
    const text = fc.array(
      fc.constantFrom(
        '',
        ' ',
        'a',
        'b',
        '-- x',
        '++ y',
        '@@ -1 +1 @@',
        'diff --git a b',
        '\\ x',
        '\tz\r',
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(text, text, (before, after) => {
        writeFileSync(join(dir, 'old'), before.map((line) => `${line}\n`).join(''));
        writeFileSync(join(dir, 'new'), after.map((line) => `${line}\n`).join(''));
        let diff = '';
        try {
          execFileSync('git', ['diff', '--no-index', '-U99', 'old', 'new'], {
            cwd: dir,
            encoding: 'utf8',
          });
        } catch (error) {
          diff = (error as { stdout: string }).stdout;
        }
        const [file] = parseDiff(diff);
        if (diff === '' || !file || file.hunks.length === 0) return;
        const lines = file.hunks[0]?.lines ?? [];
        expect(file.hunks.length).toBe(1);
        expect(lines.filter(({ kind }) => kind !== 'added').map(({ text: line }) => line)).toEqual(
          before,
        );
        expect(
          lines.filter(({ kind }) => kind !== 'removed').map(({ text: line }) => line),
        ).toEqual(after);
        expect(
          lines.filter(({ kind }) => kind !== 'removed').map(({ newLine }) => newLine),
        ).toEqual(after.map((_, index) => index + 1));
      }),
      { numRuns: 60 },
    );
  });

  it('never throws and never invents lines', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'diff --git a/x b/x',
        '--- a/x',
        '+++ b/x',
        '@@ -1,2 +1,2 @@',
        '@@@ -1 -1 +1 @@@',
        '+a',
        '-b',
        ' c',
        '\\',
        '',
        'rename from',
        'Binary files a and b differ',
        '"',
        'diff --git "a',
        '@@ -999999999,999999999 +1,9 @@',
      ),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const files = parseDiff(lines.join('\n'));
        const read = files.flatMap(({ hunks }) => hunks.flatMap((hunk) => hunk.lines));
        expect(read.length).toBeLessThanOrEqual(lines.length);
        for (const file of files) expect(pathOf(file)).not.toBe('');
      }),
    );
  });

  it('takes linear time on long input', () => {
    const many = `--- a/x\n+++ b/x\n@@ -1,400000 +1,1 @@\n${'-x\n'.repeat(400_000)}`;
    const started = performance.now();
    expect(parseDiff(many)[0]?.hunks[0]?.lines.length).toBe(400_000);
    expect(parseDiff(`diff --git ${'a/ '.repeat(200_000)}`).length).toBe(1);
    expect(parseDiff(`diff --git "${'\\'.repeat(200_000)}`).length).toBe(1);
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});

describe('boundDiff', () => {
  it('cuts the largest files and keeps the small ones whole', () => {
    const part = (name: string, lines: number): string =>
      `diff --git a/${name} b/${name}\n--- a/${name}\n+++ b/${name}\n@@ -0,0 +1,${lines} @@\n${'+line\n'.repeat(lines)}`;
    const diff = part('big', 5000) + part('small', 3) + part('other', 4000);
    const cut = boundDiff(diff, 20_000, 10_000);
    expect(cut.length).toBeLessThanOrEqual(10_000);
    expect(parseDiff(cut).map(pathOf)).toEqual(['big', 'small', 'other']);
    expect(cut).toContain(part('small', 3));
    expect(boundDiff(diff, 1_000_000, 1_000_000)).toBe(diff);
  });
});
