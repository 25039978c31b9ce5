import { describe, expect, it } from 'vitest';
import { withCodeBehindFlags } from '#src/analysis/hypotheses/behind-flags.ts';
import type { Candidate } from '#src/analysis/hypotheses/candidate.ts';
import type { Commit } from '#src/domain/bundle.ts';

const flag = (name: string): Candidate => ({
  key: `change:flag:${name}:shop`,
  kind: 'change',
  statement: '',
  category: 'configuration',
  remediation: 'feature-flag-disable',
  service: 'shop',
  commit: null,
  location: null,
  odds: 0,
  reasons: [{ about: 'time', weight: 1.3, text: '', cites: [] }],
  test: '',
  nextSteps: [],
  change: {
    kind: 'flag',
    id: name,
    service: 'shop',
    liveAt: 1,
    score: 0.5,
    factors: [],
    acquitted: null,
    classes: [],
    symptoms: {},
    location: null,
  },
});

const commit = (sha: string, line: string): Commit => ({
  sha,
  author: 'a',
  timestamp: '2026-03-01T10:00:00Z',
  message: `change ${sha}`,
  files: ['a.ts'],
  diff: `--- a/a.ts\n+++ b/a.ts\n@@ -1 +1,2 @@\n same\n${line}\n`,
  service: 'shop',
});

describe('withCodeBehindFlags', () => {
  it.each([
    ['by its name', "+if (flags.on('checkout.quick_pay')) return quick();"],
    ['by its last part', "+  if isEnabled('quick_pay') {"],
    ['in camel case', '+  if (features.quickPay) pay();'],
  ])('takes the commit for the cause whose code asks for the flag %s', (_, line) => {
    const [, made] = withCodeBehindFlags([flag('checkout.quick_pay')], [], [commit('abc', line)]);
    expect(made).toMatchObject({
      commit: 'abc',
      category: 'code',
      remediation: 'feature-flag-disable',
    });
  });

  it.each([
    ['only takes the line away', "-if (flags.on('checkout.quick_pay')) return quick();"],
    ['speaks of another', "+if (flags.on('checkout.gift_card')) return gift();"],
  ])('leaves a commit alone that %s', (_, line) => {
    const given = [flag('checkout.quick_pay')];
    expect(withCodeBehindFlags(given, [], [commit('abc', line)])).toEqual(given);
  });

  it('accuses none of many that speak of it', () => {
    const line = "+flags.on('checkout.quick_pay')";
    const many = ['a', 'b', 'c'].map((sha) => commit(sha, line));
    expect(withCodeBehindFlags([flag('checkout.quick_pay')], [], many)).toHaveLength(1);
  });
});
