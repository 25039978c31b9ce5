import { describe, expect, it } from 'vitest';
import { regexCost } from '#src/changes/classify/regex-cost.ts';

describe('regexCost', () => {
  it.each([
    '(a+)+$',
    '(?:a+)+$',
    '^(?:[\\p{L}\\p{N}-]+[\\s,.]*)+$',
    '^(\\w+\\s?)*$',
    '(a|a)*b',
    '^([a-z]+)*$',
    '(?<word>\\w+)+!',
    '^(a\\w*)+$',
    '(?:\\p{L}+-?)+$',
    '^(([a-z])+.)+[A-Z]$',
  ])('%s can take exponential time', (pattern) => expect(regexCost(pattern)).toBe(2));

  it.each([
    '^\\d{4}-\\d{2}$',
    '^(?:\\w+\\s+)*$',
    '^(?:,\\d*)+$',
    '^[a-z0-9]+(?:-[a-z0-9]+)*$',
    '^(?:\\w+,)+\\w+$',
    '^(?=.{1,20}$)\\w+$',
    '(?:abc)+',
    '^\\p{L}+$',
  ])('%s takes linear time', (pattern) => expect(regexCost(pattern)).toBe(0));

  it('reads any pattern in linear time', () => {
    const started = performance.now();
    for (const pattern of ['('.repeat(5000), '(a+'.repeat(2000), '\\p{'.repeat(3000)]) {
      regexCost(pattern);
    }
    expect(performance.now() - started).toBeLessThan(500);
  });
});
