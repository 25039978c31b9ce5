import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonValuesIn, withoutReasoning } from '#src/model/json-in-text.ts';

const first = (text: string, mayRepair = true): unknown =>
  jsonValuesIn(text, mayRepair).next().value;

describe('jsonValuesIn', () => {
  it.each([
    ['bare', '{"a":1}'],
    ['with space around', '\n  {"a":1}\n'],
    ['between prose', 'Sure! Here you go: {"a":1} Hope that helps.'],
    ['in a fence', 'Answer:\n```json\n{"a":1}\n```\nDone.'],
    ['in a fence without a language', '```\n{"a":1}\n```'],
    ['after reasoning', '<think>{"a":0}, or no</think>{"a":1}'],
    ['after reasoning whose beginning the template held', 'so {"a":0}…</think>\n{"a":1}'],
    ['after an example, which comes first', 'Form: {"a":0}. Mine: {"a":1}'],
    ['with a trailing comma', '{"a":1,}'],
    ['with comments', '{"a":1 /* sure */}'],
    ['in single quotes', "{'a':1}"],
    ['with Python words', '{"a":1,"b":None}'],
    ['with a stray quote in a text', 'He said "hm. {"a":1}'],
  ])('finds JSON %s', (_how, text) => {
    expect([...jsonValuesIn(text)]).toContainEqual(expect.objectContaining({ a: 1 }));
  });

  it('prefers what the model ended with', () => {
    expect(first('Form: {"a":0}. Mine: {"a":1}')).toEqual({ a: 1 });
    expect(first('```json\n{"a":0}\n```\nno:\n```json\n{"a":1}\n```')).toEqual({ a: 1 });
  });

  it('leaves tags alone that stand in a text of whole JSON', () => {
    expect(first('{"quote":"see </think> in the log"}')).toEqual({
      quote: 'see </think> in the log',
    });
  });

  it('does not close what was cut off', () => {
    expect([...jsonValuesIn('{"a":[{"b":1},{"b":2', false)]).toEqual([]);
    expect([...jsonValuesIn('{"a":1}, and {"b":', false)]).toEqual([{ a: 1 }]);
  });

  it('finds nothing in prose, in nothing, or in numbers', () => {
    for (const text of ['', '   ', 'I do not know.', '42', '"text"', '<think>{"a":1}']) {
      expect([...jsonValuesIn(text)]).toEqual([]);
    }
  });

  it('finds every JSON object again that is put between prose', () => {
    const prose = fc.stringMatching(/^[a-z .,!\n]{0,80}$/);
    fc.assert(
      fc.property(
        prose,
        fc.dictionary(fc.string(), fc.jsonValue()),
        prose,
        (before, value, after) => {
          const text = `${before}\n${JSON.stringify(value)}\n${after}`;
          expect([...jsonValuesIn(text)]).toContainEqual(JSON.parse(JSON.stringify(value)));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('never throws', () => {
    const nasty = fc.string({
      unit: fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        '"',
        '`',
        '\\',
        ',',
        ':',
        'a',
        '1',
        '\n',
        "'",
        '</think>',
        '/*',
      ),
    });
    fc.assert(
      fc.property(nasty, (text) => void [...jsonValuesIn(text)]),
      { numRuns: 300 },
    );
  });

  it.each([
    ['braces', '{'],
    ['brackets and braces', '[{'],
    ['empty objects', '{}'],
    ['fences', '```'],
    ['quotes', '{"'],
    ['tags', '<think>'],
    ['closing tags', '</think>'],
    ['backslashes', '{"\\'],
    ['half comments', '{/*'],
    ['commas', '[,'],
  ])('reads 1 MB of %s in linear time', (_what, unit) => {
    const text = unit.repeat((1024 * 1024) / unit.length);
    const started = performance.now();
    void [...jsonValuesIn(text)];
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('the repair', () => {
  it.each(['"x" y, ', '{"a":1,},', '["a"+', '{"a":"he said "no", ok",'])(
    'of many %s is bounded in time',
    (unit) => {
      const text = `{"a":[${unit.repeat(16_000 / unit.length)}]}`;
      const started = performance.now();
      void [...jsonValuesIn(text)];
      expect(performance.now() - started).toBeLessThan(2500);
    },
  );
});

describe('withoutReasoning', () => {
  it('keeps what stands outside, and nothing of a block that is not closed', () => {
    expect(withoutReasoning('a<think>b<think>c</think>d</think>e')).toBe('ae');
    expect(withoutReasoning('a</THINKING>b')).toBe('b');
    expect(withoutReasoning('a<think>b</think>c</think>d')).toBe('d');
    expect(withoutReasoning('a<reasoning>b')).toBe('a');
  });
});
