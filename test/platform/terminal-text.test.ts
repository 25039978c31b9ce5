import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, padEnd, truncate, wrap } from '#src/platform/terminal-text.ts';

/** The slow way: every character by the tables of Unicode. */
const SEGMENTS = new Intl.Segmenter('en', { granularity: 'grapheme' });
const graphemes = (text: string): string[] =>
  [...SEGMENTS.segment(text)].map(({ segment }) => segment);

describe('text for a terminal', () => {
  it('counts columns', () => {
    expect(displayWidth('plain')).toBe(5);
    expect(displayWidth('│ 3 µs … größer → ▁▂█')).toBe(21);
    expect(displayWidth('日本')).toBe(4);
    expect(displayWidth('👩‍👩‍👧 e\u0301')).toBe(4);
  });

  it('takes what looks simple apart as Unicode does', () => {
    const simple = fc
      .array(fc.constantFrom(...'aZ ~¡ßÿāʯ‐…‰⁞€←→∞≤─█│▁'))
      .map((characters) => characters.join(''));
    fc.assert(
      fc.property(simple, (text) => {
        expect(displayWidth(text)).toBe(graphemes(text).length);
      }),
    );
  });

  it('never gives more columns than there are', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 });
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 20 }), (any, columns) => {
        expect(displayWidth(truncate(any, columns))).toBeLessThanOrEqual(columns);
        for (const line of wrap(any, columns)) {
          expect(displayWidth(line)).toBeLessThanOrEqual(columns);
        }
      }),
    );
    expect(padEnd('日', 4)).toBe('日  ');
    expect(truncate('über alles hinaus', 7)).toBe('über a…');
  });
});
