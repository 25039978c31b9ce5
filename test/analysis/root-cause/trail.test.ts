import { describe, expect, it } from 'vitest';
import type { Weighed } from '#src/analysis/hypotheses/weigh.ts';
import type { Findings } from '#src/analysis/investigation/investigate.ts';
import { withTrail } from '#src/analysis/root-cause/trail.ts';
import type { RootCause } from '#src/domain/result.ts';

const SHA = 'a'.repeat(40);

function lead(more: Partial<Weighed>): Weighed {
  return {
    share: 0.3,
    commit: null,
    location: null,
    service: 'shop',
    test: 'Look.',
    ...more,
  } as Weighed;
}

function findings(files: string[], ...hypotheses: Weighed[]): Findings {
  return { hypotheses, known: { commits: [{ sha: SHA, files }] } } as unknown as Findings;
}

const CAUSE = {
  ...{
    verdict: 'likely',
    category: 'code',
    commit: SHA,
    location: null,
    service: 'shop',
    confidence: 0.7,
  },
  ...{ statement: 'It was the change.', remediation: 'rollback', alternatives: [] },
} as unknown as RootCause;

const files = (count: number, folder = 'src'): string[] =>
  Array.from({ length: count }, (_, index) => `${folder}/part-${index}.ts`);

describe('a trail', () => {
  it('through more than five files is not followed to an end', () => {
    const cause = withTrail(CAUSE, findings(files(6), lead({ commit: SHA })));
    expect(cause).toMatchObject({
      verdict: 'inconclusive',
      category: 'unknown',
      remediation: 'none',
    });
    expect(cause.statement).toContain('6 files');
    expect(cause.alternatives).toEqual(['Look.', expect.stringContaining('as a whole in shop')]);
    expect(cause.commit).toBe(SHA);
  });

  it('through more than two subsystems neither', () => {
    const wide = ['src/a.ts', 'deploy/b.yaml', 'proxy/c.conf'];
    expect(withTrail(CAUSE, findings(wide, lead({ commit: SHA }))).verdict).toBe('inconclusive');
    const open = { ...CAUSE, verdict: 'inconclusive', commit: null } as RootCause;
    const leads = ['shop', 'stock', 'till'].map((service) =>
      lead({ service, test: `Ask ${service}.` }),
    );
    expect(withTrail(open, findings([], ...leads)).alternatives).toEqual([
      'Ask shop.',
      'Ask stock.',
      'Ask till.',
    ]);
  });

  it.each([
    ['of five files', CAUSE, files(5)],
    [
      'with tests and documents beside',
      CAUSE,
      [...files(4), ...files(3, 'test'), 'docs/a.md', 'package-lock.json'],
    ],
    [
      'to a line',
      { ...CAUSE, location: { file: 'src/part-1.ts', line: 3 } } as RootCause,
      files(9),
    ],
    ['to no change', { ...CAUSE, commit: null, category: 'external' } as RootCause, files(9)],
    [
      'of somebody who is well',
      { ...CAUSE, category: 'none', verdict: 'inconclusive' } as RootCause,
      files(9),
    ],
  ])('%s leaves the cause as it is', (_, cause, touched) => {
    expect(withTrail(cause, findings(touched, lead({ commit: SHA })))).toBe(cause);
  });
});
