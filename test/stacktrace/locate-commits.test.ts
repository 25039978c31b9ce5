import { describe, expect, it } from 'vitest';
import { locateIn, PYTHON, PYTHON_TRACE, readAt, repositoryOf } from './helpers/locating.ts';

describe('suspect commits', () => {
  it('names the line where it was thrown and the commit that last changed it', async () => {
    const repository = await repositoryOf([
      {
        message: 'begin',
        at: '2025-01-01T00:00:00Z',
        files: {
          'README.md': 'x',
          'sensors/stats.py': PYTHON.replace('total / len(values)', 'total / max(1, len(values))'),
        },
      },
      { message: 'innocent', at: '2026-03-01T08:00:00Z', files: { 'README.md': 'y' } },
      { message: 'guilty', at: '2026-03-01T09:00:00Z', files: { 'sensors/stats.py': PYTHON } },
      { message: 'other', at: '2026-03-01T09:30:00Z', files: { 'sensors/other.py': 'x = 1\n' } },
    ]);
    const located = await locateIn(
      repository,
      await readAt('2026-03-01T10:00:00Z', PYTHON_TRACE(6)),
    );
    expect(located.locations.slice(0, 2)).toEqual([
      { file: 'sensors/stats.py', line: 6, function: 'mean', score: expect.any(Number) },
      { file: 'sensors/stats.py', line: 11, function: 'report', score: expect.any(Number) },
    ]);
    expect(located.locations[0]?.score).toBeGreaterThan(located.locations[1]?.score ?? 1);
    expect(located.commits[0]?.sha).toBe(repository.shas.guilty);
    expect(located.commits[0]?.score).toBeGreaterThan(0.5);
    expect(located.commits[0]?.reasons[0]).toContain('sensors/stats.py:6');
    expect(located.commits.map(({ sha }) => sha)).not.toContain(repository.shas.innocent);
  });

  it('sees by the diff what blame cannot: a guard that was taken away', async () => {
    const guarded = PYTHON.replace(
      '    total = sum',
      '    if not values:\n        return 0\n    total = sum',
    );
    const repository = await repositoryOf([
      { message: 'empty', at: '2024-12-01T00:00:00Z', files: { 'README.md': 'x' } },
      { message: 'begin', at: '2025-01-01T00:00:00Z', files: { 'sensors/stats.py': guarded } },
      {
        message: 'comment',
        at: '2026-02-27T09:00:00Z',
        files: { 'sensors/stats.py': `# sensors\n${guarded}` },
      },
      {
        message: 'guilty',
        at: '2026-03-01T09:00:00Z',
        files: { 'sensors/stats.py': `# sensors\n${PYTHON}` },
      },
    ]);
    const located = await locateIn(
      repository,
      await readAt('2026-03-01T10:00:00Z', PYTHON_TRACE(7)),
    );
    expect(located.commits[0]?.sha).toBe(repository.shas.guilty);
    expect(located.commits[0]?.reasons[0]).toContain('took away');
  });

  it('never accuses a commit that is younger than the first occurrence, nor the first commit of all', async () => {
    const repository = await repositoryOf([
      { message: 'begin', at: '2025-01-01T00:00:00Z', files: { 'sensors/stats.py': PYTHON } },
      {
        message: 'later',
        at: '2026-03-01T11:00:00Z',
        files: { 'sensors/stats.py': PYTHON.replace('len(values)', 'len(values or [])') },
      },
    ]);
    const located = await locateIn(
      repository,
      await readAt('2026-03-01T10:00:00Z', PYTHON_TRACE(6)),
    );
    expect(located.locations[0]).toMatchObject({ file: 'sensors/stats.py', line: 6 });
    expect(located.commits.map(({ sha }) => sha)).not.toContain(repository.shas.later);
  });
});

describe('what was running', () => {
  it('acquits a change that the printed source shows was not running yet', async () => {
    const repository = await repositoryOf([
      { message: 'empty', at: '2025-01-01T00:00:00Z', files: { 'README.md': 'x' } },
      { message: 'begin', at: '2025-02-01T00:00:00Z', files: { 'sensors/stats.py': PYTHON } },
      {
        message: 'not deployed',
        at: '2026-03-01T09:00:00Z',
        files: {
          'sensors/stats.py': PYTHON.replace('total / len(values)', 'total / len(list(values))'),
        },
      },
    ]);
    const located = await locateIn(
      repository,
      await readAt('2026-03-01T10:00:00Z', PYTHON_TRACE(6)),
    );
    expect(located.locations[0]).toMatchObject({ file: 'sensors/stats.py', line: 6 });
    expect(located.commits.map(({ sha }) => sha)).not.toContain(repository.shas['not deployed']);
  });

  it('counts what one file tells against a commit once', async () => {
    const repository = await repositoryOf([
      { message: 'empty', at: '2025-01-01T00:00:00Z', files: { 'README.md': 'x' } },
      { message: 'begin', at: '2026-02-28T00:00:00Z', files: { 'sensors/stats.py': PYTHON } },
      {
        message: 'comment',
        at: '2026-03-01T09:00:00Z',
        files: { 'sensors/stats.py': `${PYTHON}\n\n\n# end\n` },
      },
    ]);
    const located = await locateIn(
      repository,
      await readAt('2026-03-01T10:00:00Z', PYTHON_TRACE(6)),
    );
    expect(located.commits[0]?.sha).toBe(repository.shas.begin);
    expect(located.commits[1]?.sha).toBe(repository.shas.comment);
    expect(located.commits[1]?.score).toBeLessThan(0.2);
  });
});

it('acquits a commit younger than the first occurrence even in the revision that is said to run', async () => {
  const repository = await repositoryOf([
    { message: 'empty', at: '2025-01-01T00:00:00Z', files: { 'README.md': 'x' } },
    {
      message: 'begin',
      at: '2025-02-01T00:00:00Z',
      files: { 'sensors/stats.py': PYTHON.replace('total / len(values)', 'total / n') },
    },
    { message: 'young', at: '2026-03-01T12:00:00Z', files: { 'sensors/stats.py': PYTHON } },
  ]);
  const located = await locateIn(
    repository,
    await readAt('2026-03-01T10:00:00Z', PYTHON_TRACE(6)),
    { revision: repository.shas.young ?? '' },
  );
  expect(located.locations[0]).toMatchObject({ file: 'sensors/stats.py', line: 6 });
  expect(located.commits.map(({ sha }) => sha)).not.toContain(repository.shas.young);
});

it('does not accuse a commit that only indented or moved the culprit line', async () => {
  const indented = PYTHON.replace(
    '    return total / len(values)',
    '    if True:\n        return total / len(values)',
  );
  const repository = await repositoryOf([
    { message: 'empty', at: '2025-01-01T00:00:00Z', files: { 'README.md': 'x' } },
    { message: 'guilty', at: '2026-02-27T00:00:00Z', files: { 'sensors/stats.py': PYTHON } },
    { message: 'indented', at: '2026-03-01T09:00:00Z', files: { 'sensors/stats.py': indented } },
    {
      message: 'comment',
      at: '2026-03-01T09:30:00Z',
      files: { 'sensors/stats.py': `# why\n${indented}` },
    },
  ]);
  const located = await locateIn(repository, await readAt('2026-03-01T10:00:00Z', PYTHON_TRACE(8)));
  const scores = new Map(located.commits.map(({ sha, score }) => [sha, score]));
  expect(located.locations[0]).toMatchObject({ line: 8, function: 'mean' });
  expect(scores.get(repository.shas.comment ?? '')).toBeLessThan(0.05);
  expect(
    located.commits.find(({ sha }) => sha === repository.shas.indented)?.reasons.join(),
  ).toContain('moved or laid out anew');
});
