import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defuse, fence, foldMarks } from '#src/analysis/agents/fence.ts';
import { placeOf } from '#src/analysis/agents/merge/place-of.ts';

describe('the fence around data', () => {
  it('cannot be closed from inside', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '＜',
      '＞',
      '|',
      'DATA',
      '\n',
      ' ',
      'x',
      '<|im_start|>',
      '[INST]',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const text = fence(parts.join(''));
        expect(text.match(/<<<DATA|DATA>>>/g)).toHaveLength(2);
        expect(text).not.toMatch(/<\||\|>|\[INST\]|[＜﹤]{2}|[＞﹥]{2}/);
      }),
    );
  });

  it('leaves ordinary text as it is, and can be undone', () => {
    for (const text of [
      'a < b && c > d',
      'Object.<anonymous>',
      'Map<String, List<Int>>x',
      '[INFO] ok',
      'x -> y',
    ]) {
      expect(foldMarks(defuse(text))).toBe(text);
    }
    expect(defuse('at Object.<anonymous> [INFO]')).toBe('at Object.<anonymous> [INFO]');
  });

  it('takes time linear in the text', () => {
    const started = performance.now();
    for (const sign of ['<', '>', '[', '<|', '|>', '[/', '⟦', '</s']) fence(sign.repeat(200_000));
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('explanations in an answer', () => {
  it.each([
    ['X1', 0],
    ['x3 because', 2],
    [' H2', 1],
    ['none', -1],
    ['X0', -1],
    ['X', -1],
    ['', -1],
  ])('%s', (said, place) => expect(placeOf(said)).toBe(place));
});
