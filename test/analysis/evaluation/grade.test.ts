import { describe, expect, it } from 'vitest';
import { grade } from '#src/analysis/evaluation/grade.ts';
import { summarize } from '#src/analysis/evaluation/summary.ts';
import type { Result, RootCause } from '#src/domain/result.ts';

const result = (cause: Partial<RootCause>, blastRadius: string[] = []): Result =>
  ({
    triage: { condition: 'failing', blastRadius },
    rootCause: {
      verdict: 'likely',
      confidence: 0.8,
      category: 'code',
      service: 'shop',
      commit: null,
      location: null,
      remediation: 'rollback',
      ...cause,
    },
  }) as unknown as Result;

describe('grade', () => {
  it('asks for every field that is named, and for no other', () => {
    const right = grade('a', result({ commit: 'abcdef1234' }), {
      commit: 'abcdef1234567890',
      category: 'code',
    });
    expect(right.right).toBe(true);
    const wrong = grade('a', result({ commit: 'abcdef1234' }), { category: 'data' });
    expect(wrong.misses).toEqual([{ field: 'category', expected: 'data', got: 'code' }]);
  });

  it('counts an abstention as wrong unless it is expected', () => {
    const abstained = result({ verdict: 'inconclusive', commit: 'abc' });
    expect(grade('a', abstained, { commit: 'abc' })).toMatchObject({
      right: false,
      abstained: true,
    });
    expect(grade('a', abstained, { verdict: 'inconclusive' }).right).toBe(true);
    expect(grade('a', abstained, { mustNotBlame: ['abc'] }).decoyBlamed).toBe(false);
  });

  it('tells a decoy that is blamed and an accusation where no commit did it', () => {
    const accused = result({ commit: 'abc' });
    expect(grade('a', accused, { mustNotBlame: ['abc'] }).decoyBlamed).toBe(true);
    expect(grade('a', accused, { commit: 'none' }).falselyAccused).toBe(true);
    expect(grade('a', result({}), { commit: 'none' }).falselyAccused).toBe(false);
  });

  it('allows a culprit line to be off by the length of a statement', () => {
    const at = (line: number) =>
      grade('a', result({ location: { file: 'srv/src/a.ts', line } }), {
        location: { file: 'src/a.ts', line: 10 },
      }).right;
    expect([at(10), at(13), at(14)]).toEqual([true, true, false]);
  });

  it('compares the blast radius as a set', () => {
    const graded = grade('a', result({}, ['b', 'a']), { blastRadius: ['a', 'b'] });
    expect(graded.right).toBe(true);
    expect(grade('a', result({}, ['a']), { blastRadius: ['a', 'b'] }).right).toBe(false);
  });
});

describe('summarize', () => {
  it('scores confidence of claims only, beside the constant base rate', () => {
    const grades = [
      grade('right', result({ commit: 'abc', confidence: 0.9 }), { commit: 'abc' }),
      grade('wrong', result({ commit: 'abc', confidence: 0.9 }), { commit: 'def' }),
      grade('silent', result({ verdict: 'inconclusive', confidence: 0.1 }), { commit: 'def' }),
    ];
    const summary = summarize(grades);
    expect(summary).toMatchObject({ bundles: 3, right: 1, abstentions: 1 });
    expect(summary.brier).toBeCloseTo((0.01 + 0.81) / 2);
    expect(summary.brierBaseRate).toBeCloseTo(0.25);
    expect(summary.brierInterval[0]).toBeLessThanOrEqual(summary.brierInterval[1]);
  });
});
