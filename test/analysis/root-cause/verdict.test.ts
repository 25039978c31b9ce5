import { describe, expect, it } from 'vitest';
import type { Candidate, Reason } from '#src/analysis/hypotheses/candidate.ts';
import { weigh } from '#src/analysis/hypotheses/weigh.ts';
import { oddsOf } from '#src/analysis/hypotheses/weights.ts';
import { confidenceOf } from '#src/analysis/root-cause/confidence.ts';
import { decide } from '#src/analysis/root-cause/verdict.ts';
import type { ChangeAssessment } from '#src/changes/contract.ts';
import { CATALOGUE } from '#src/knowledge/catalogue.ts';

const reason = (
  weight: number,
  cites: string[] = [],
  about: Reason['about'] = 'other',
): Reason => ({
  about,
  weight,
  text: 'because',
  cites: cites.map((id) => ({ id })),
});

const candidate = (
  kind: Candidate['kind'],
  key: string,
  reasons: Reason[],
  more = {},
): Candidate => ({
  key,
  kind,
  statement: key,
  category: kind === 'change' ? 'code' : 'infrastructure',
  remediation: 'none',
  service: 'shop',
  commit: kind === 'change' ? key : null,
  location: null,
  odds: oddsOf(kind, reasons),
  reasons,
  test: '',
  nextSteps: [],
  ...more,
});

const assessed = (
  factors: [ChangeAssessment['factors'][number]['id'], number][],
): ChangeAssessment => ({
  kind: 'commit',
  id: 'abc',
  service: 'shop',
  liveAt: 0,
  score: 0.5,
  factors: factors.map(([id, weight]) => ({ id, weight, text: '', cites: [] })),
  acquitted: null,
  classes: [],
  symptoms: {},
  location: null,
});

const signature = (id: string) => {
  const found = CATALOGUE.find((one) => one.id === id);
  if (!found) throw new Error(`no class ${id}`);
  return found;
};

describe('decide', () => {
  it('confirms what two kinds of evidence carry far ahead of all else', () => {
    const change = candidate('change', 'abc', [reason(5, ['C1', 'K1'])]);
    const decision = decide(weigh([change, candidate('outside', 'x', [])]));
    expect(decision.verdict).toBe('confirmed');
    expect(decision.conclusion?.best.commit).toBe('abc');
  });

  it('does not confirm on one kind of evidence, however strong', () => {
    const change = candidate('change', 'abc', [reason(6, ['C1'])]);
    expect(decide(weigh([change])).verdict).toBe('likely');
  });

  it('abstains between two changes that fit as well', () => {
    const changes = ['abc', 'def'].map((sha) => candidate('change', sha, [reason(4, ['C1'])]));
    expect(decide(weigh(changes)).verdict).toBe('inconclusive');
  });

  it('abstains where nothing is known', () => {
    expect(decide([])).toEqual({ verdict: 'inconclusive', confidence: 0, conclusion: null });
  });

  it('does not take a symptom for the cause while a change may be it', () => {
    const symptom = candidate('outside', 'pool', [reason(4, ['M1'], 'fit')], {
      signature: signature('pool-exhausted'),
    });
    const change = candidate('change', 'abc', [reason(2, ['C1'])]);
    expect(decide(weigh([symptom, change])).verdict).toBe('inconclusive');
  });
});

describe('weigh', () => {
  const world = () =>
    candidate('outside', 'cache', [reason(3, ['M1'], 'fit')], {
      signature: signature('cache-lost'),
    });

  it('makes a failure of the world a coincidence where a change of the same looks came just then', () => {
    const fitting = candidate('change', 'abc', [reason(2)], {
      change: assessed([
        ['time', 1.3],
        ['kind', 0.9],
      ]),
    });
    const other = candidate('change', 'abc', [reason(2)], { change: assessed([['time', 1.3]]) });
    const oddsOfWorld = (change: Candidate): number =>
      weigh([world(), change]).find(({ key }) => key === 'cache')?.odds ?? Number.NaN;
    expect(oddsOfWorld(fitting)).toBeLessThan(oddsOfWorld(other));
  });

  it('leaves belief for what nobody has thought of', () => {
    const shares = weigh([candidate('change', 'abc', [reason(0)])]);
    expect(shares[0]?.share).toBeLessThan(0.5);
  });

  it('takes one class seen by several services as one explanation', () => {
    const twice = ['a', 'b'].map((key) => ({ ...world(), key: `cache:${key}` }));
    expect(weigh(twice)).toHaveLength(1);
  });
});

describe('confidenceOf', () => {
  it('grows with the share and is never certain', () => {
    const values = [0.05, 0.3, 0.5, 0.8, 0.999].map(confidenceOf);
    expect([...values].sort((a, b) => a - b)).toEqual(values);
    expect(values.at(-1)).toBeLessThan(1);
  });
});
