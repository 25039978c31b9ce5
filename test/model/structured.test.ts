import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readAnswer, repairMessages } from '#src/model/structured.ts';

const schema = z.strictObject({
  verdict: z.enum(['likely', 'not-likely']),
  confidence: z.number().min(0).max(1),
  line: z.number().int().optional(),
  isCode: z.boolean().default(false),
  cites: z.array(z.object({ id: z.string(), quote: z.string().optional() })),
});
const good = { verdict: 'likely', confidence: 0.5, isCode: false, cites: [{ id: 'L1' }] };

const reads = (value: unknown): unknown => {
  const read = readAnswer(typeof value === 'string' ? value : JSON.stringify(value), schema);
  return read.ok ? read.value : read.problems;
};

describe('readAnswer', () => {
  it('reads what has the form', () => {
    expect(reads(good)).toEqual(good);
  });

  it.each([
    ['a null for what may be absent', { ...good, line: null, isCode: null }],
    ['a number in quotes', { ...good, confidence: '0.5' }],
    ['a word in other letters', { ...good, verdict: 'LIKELY' }],
    ['one thing for a list', { ...good, cites: { id: 'L1' } }],
    ['a list in a string', { ...good, cites: '[{"id":"L1"}]' }],
    ['a boolean in quotes', { ...good, isCode: 'False' }],
    ['a number where text belongs', { ...good, cites: [{ id: 'L1', quote: null }] }],
    ['fields nobody asked for', { ...good, reason: 'x' }],
    ['a list around it', [good]],
    ['a tool call', { name: 'answer', arguments: good }],
    ['a tool call with arguments as text', { name: 'answer', arguments: JSON.stringify(good) }],
  ])('mends %s', (_what, value) => {
    expect(reads(value)).toEqual(good);
  });

  it('reads a tool call in tags', () => {
    expect(
      reads(`<tool_call>\n{"name":"answer","parameters":${JSON.stringify(good)}}\n</tool_call>`),
    ).toEqual(good);
  });

  it.each([
    ['a wrong word', { ...good, verdict: 'certain' }, 'verdict: '],
    ['a number out of range', { ...good, confidence: 7 }, 'confidence: '],
    [
      'a share in percent, which could mean two things',
      { ...good, confidence: '50%' },
      'confidence: ',
    ],
    ['a missing field', { verdict: 'likely' }, 'confidence: '],
    ['a wrong type', { ...good, cites: 7 }, 'cites.0: '],
  ])('names %s', (_what, value, beginning) => {
    const problems = reads(value);
    expect(problems).toEqual(
      expect.arrayContaining([expect.stringMatching(new RegExp(`^${beginning}`))]),
    );
  });

  it('says when there was nothing, no JSON, or the end is missing', () => {
    expect(reads(' ')).toEqual(['the answer was empty']);
    expect(reads('I am sorry.')).toEqual(['there was no JSON value in the answer']);
    const cut = JSON.stringify(good).slice(0, -4);
    expect(readAnswer(cut, schema, true)).toEqual({
      ok: false,
      problems: ['the answer was cut off before its end'],
    });
  });

  it('does not put names into a prototype', () => {
    const read = readAnswer(
      '{"__proto__":{"polluted":1},"constructor":{"x":1}}',
      z.object({}).loose(),
    );
    expect(read.ok).toBe(true);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('survives an answer of megabytes that does not fit, in bounded time', () => {
    const text = JSON.stringify({
      ...good,
      cites: Array.from({ length: 150_000 }, () => ({ id: 5, x: 1 })),
    });
    const started = performance.now();
    readAnswer(text, schema);
    expect(performance.now() - started).toBeLessThan(3000);
    expect(text.length).toBeGreaterThan(2_000_000);
  });
});

describe('repairMessages', () => {
  it('repeats the answer, bounded, says what was wrong, and shows the form', () => {
    const [answer, request] = repairMessages('x'.repeat(9000), schema, ['confidence: too big']);
    expect(answer?.role).toBe('assistant');
    expect(answer?.content.length).toBeLessThan(4100);
    expect(request?.content).toContain('- confidence: too big');
    expect(request?.content).toContain('"verdict": "likely" | "not-likely"');
  });
});
