import { describe, expect, it } from 'vitest';
import { assessChanges } from '#src/changes/score.ts';
import { sha } from './case.ts';
import { lineUp } from './line-up.ts';
import { APPEARANCES } from './what-it-looked-like.ts';

describe('telling the guilty change from others that could do harm', () => {
  it('puts it first most of the time, and above the middle nearly always', () => {
    let first = 0;
    let second = 0;
    let cases = 0;
    for (const [index, appearance] of APPEARANCES.entries()) {
      const input = lineUp(appearance, index);
      if (!input) throw new Error(`no such case: ${appearance.name}`);
      cases++;
      const ranked = assessChanges(input).filter(({ kind }) => kind === 'commit');
      const place = ranked.findIndex(({ id }) => id === sha('aa'));
      if (place === 0) first++;
      if (place <= 1) second++;
    }
    expect(first / cases).toBeGreaterThan(0.75);
    expect(second / cases).toBeGreaterThan(0.9);
  });
});
