import { describe, expect, it } from 'vitest';
import type { IncidentSummary } from '#src/domain/incident-record.ts';
import type { RootCause } from '#src/domain/result.ts';
import type { IncidentEvent } from '#src/domain/side-effect.ts';
import { planFix } from '#src/fix/listen/plan.ts';
import { blaming } from '../helpers/shop.ts';

const COMMIT = 'c'.repeat(40);

function investigated(
  cause: Partial<RootCause> = {},
  changes: Partial<IncidentEvent> = {},
): IncidentEvent {
  const incident: IncidentSummary = {
    ...{ id: 'inc-1', title: 't', status: 'investigating', severity: 'high', service: 'shop' },
    ...{ services: ['shop'], alerts: { firing: 1, total: 1 }, detectedAt: '', updatedAt: '' },
    ...{ acknowledgedAt: null, acknowledgedBy: null, resolvedAt: null, isFlapping: false },
    ...{ mergedInto: null, revision: 1, verdict: null },
  };
  return {
    kind: 'investigated',
    at: 0,
    what: '',
    incident,
    result: blaming(COMMIT, cause),
    ...changes,
  };
}

describe('a daemon', () => {
  it('proposes nothing without a rule', () => {
    expect(planFix(investigated(), [])).toEqual([]);
  });

  it('proposes one fix for a cause, under a key that stays', () => {
    const [one] = planFix(investigated(), [{}]);
    expect(one).toMatchObject({ kind: 'pull-request', key: `pull-request/inc-1/${COMMIT}` });
    expect(planFix(investigated(), [{}, {}])).toEqual([one]);
  });

  it.each([
    [{ services: ['shop'] }, 1],
    [{ services: ['other'] }, 0],
    [{ severities: ['high' as const] }, 1],
    [{ services: ['shop'], severities: ['low' as const] }, 0],
  ])('keeps to the rule %j', (rule, count) => {
    expect(planFix(investigated(), [rule])).toHaveLength(count);
  });

  it('proposes nothing without a commit, without a verdict, and on other news', () => {
    expect(planFix(investigated({ commit: null }), [{}])).toEqual([]);
    expect(planFix(investigated({ verdict: 'inconclusive' }), [{}])).toEqual([]);
    expect(planFix(investigated({}, { kind: 'opened' }), [{}])).toEqual([]);
    expect(planFix(investigated({}, { result: null }), [{}])).toEqual([]);
  });
});
