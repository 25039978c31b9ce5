import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportRepository } from '#src/changes/repository/export.ts';
import { importFastExport } from '#src/changes/repository/import.ts';
import { assessChanges } from '#src/changes/score.ts';
import type { Commit } from '#src/domain/bundle.ts';
import { parseTime } from '#src/domain/time.ts';
import { createGitFixture, temporaryFolder } from './git-fixture.ts';
import { makeCase } from './score/case.ts';

describe('from a repository to a suspect', () => {
  it('finds the commit behind a stack trace in a recorded history', async () => {
    const fixture = createGitFixture();
    const file = (read: string): string =>
      `import db\n\n\ndef rate(country):\n    row = db.fetch(country)\n    ${read}\n\n\ndef total(order):\n    return order.sum * rate(order.country)\n`;
    fixture.write('rates.py', file('return row.value if row else 0'));
    fixture.write('README.md', 'rates\n');
    fixture.commit('start');
    fixture.write('rates.py', file('return row.value'));
    const guilty = fixture.commit('simplify');
    fixture.write('README.md', 'rates of countries\n');
    fixture.commit('explain');
    fixture.write('names.py', 'NAMES = {"de": "Germany"}\n');
    fixture.commit('add names');
    const out = join(temporaryFolder(), 'shop.fast-export');
    await exportRepository(fixture.dir, { out, maxCommits: 10 });
    const repo = await importFastExport(out);
    const log = await repo.log();
    const commits: Commit[] = await Promise.all(
      log.map(async ({ sha, author, timestamp, message, files }) => ({
        ...{ sha, author, timestamp, message, files },
        diff: await repo.diff(sha),
      })),
    );
    const [line] = await repo.blame('rates.py', 6, 6);
    await repo.close();
    const onset = (parseTime(log[0]?.timestamp ?? '') ?? 0) + 20 * 60_000;
    const result = assessChanges(
      makeCase({
        commits,
        onsets: [{ service: 'shop', at: onset }],
        topology: [{ name: 'shop', dependsOn: [] }],
        logs: [
          {
            text: "AttributeError: 'NoneType' object has no attribute 'value'",
            service: 'shop',
            at: onset,
            weight: 0.9,
          },
        ],
        locations: [{ file: 'rates.py', line: 6, function: 'rate', service: 'shop', score: 1 }],
        blame: [{ sha: line?.sha ?? '', score: 0.9, why: 'it last changed the culprit line' }],
      }),
    );
    expect(result[0]).toMatchObject({
      id: guilty,
      acquitted: null,
      location: { file: 'rates.py', line: 6 },
    });
    expect(result[0]?.score).toBeGreaterThan(0.85);
    expect(result.filter(({ score }) => score > 0.5).length).toBe(1);
  });

  it('reads many large commits in bounded time', () => {
    const body = Array.from(
      { length: 800 },
      (_, index) => `${index % 2 ? '+' : '-'}  call_${index % 7}(x${index}, ${index})`,
    ).join('\n');
    const diff = `diff --git a/a.py b/a.py\n--- a/a.py\n+++ b/a.py\n@@ -1,400 +1,400 @@\n${body}\n`;
    const commits = Array.from(
      { length: 600 },
      (_, index): Commit => ({
        ...{
          sha: index.toString(16).padStart(40, 'a'),
          author: '',
          message: 'm',
          files: ['a.py'],
          diff,
        },
        timestamp: new Date(1_700_000_000_000 + index * 1000).toISOString(),
      }),
    );
    const started = performance.now();
    const result = assessChanges(
      makeCase({ commits, onsets: [{ service: 'a', at: 1_700_001_000_000 }] }),
    );
    expect(result.length).toBe(500);
    expect(performance.now() - started).toBeLessThan(40_000);
  });
});
