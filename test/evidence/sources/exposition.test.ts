import fc from 'fast-check';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { parseExposition } from '#src/evidence/sources/metrics-page/exposition.ts';

const parse = (text: string) => parseExposition(text, 1000).samples;

describe('the text format of metrics', () => {
  it('reads what a real client library writes', async () => {
    const registry = new Registry();
    const shared = { registers: [registry], help: 'help with "quotes" and \\ backslash' };
    new Counter({ ...shared, name: 'requests_total', labelNames: ['path'] }).inc(
      { path: '/a"b\\c\nd' },
      3,
    );
    new Gauge({ ...shared, name: 'temperature' }).set(-1.5e-7);
    new Histogram({ ...shared, name: 'seconds', buckets: [0.1, 1] }).observe(0.5);
    const { samples, types } = parseExposition(await registry.metrics(), 1000);
    expect(samples).toEqual([
      { name: 'requests_total', labels: { path: '/a"b\\c\nd' }, value: '3' },
      { name: 'temperature', labels: {}, value: '-1.5e-7' },
      { name: 'seconds_bucket', labels: { le: '0.1' }, value: '0' },
      { name: 'seconds_bucket', labels: { le: '1' }, value: '1' },
      { name: 'seconds_bucket', labels: { le: '+Inf' }, value: '1' },
      { name: 'seconds_sum', labels: {}, value: '0.5' },
      { name: 'seconds_count', labels: {}, value: '1' },
    ]);
    expect([...types]).toEqual([
      ['requests_total', 'counter'],
      ['temperature', 'gauge'],
      ['seconds', 'histogram'],
    ]);
  });

  it.each([
    ['a 1', { name: 'a', labels: {}, value: '1' }],
    ['a{} 1', { name: 'a', labels: {}, value: '1' }],
    ['a{b="c",} 1 1700000000000', { name: 'a', labels: { b: 'c' }, value: '1' }],
    ['a { b = "c" , d="e" } +Inf', { name: 'a', labels: { b: 'c', d: 'e' }, value: '+Inf' }],
    ['a nan', { name: 'a', labels: {}, value: 'NaN' }],
    ['a -inf', { name: 'a', labels: {}, value: '-Inf' }],
    [
      'a_bucket{le="1"} 2 # {trace_id="x"} 0.7 1.5',
      { name: 'a_bucket', labels: { le: '1' }, value: '2' },
    ],
    ['a{b="}"} 1\r', { name: 'a', labels: { b: '}' }, value: '1' }],
    ['a 1.5e+09', { name: 'a', labels: {}, value: '1.5e+09' }],
    ['{"a.b",c="d"} 1', { name: 'a.b', labels: { c: 'd' }, value: '1' }],
    ['a{"c.d"="e"} 1', { name: 'a', labels: { 'c.d': 'e' }, value: '1' }],
  ])('reads %j', (line, sample) => {
    expect(parse(line)).toEqual([sample]);
  });

  it.each([
    '',
    '# comment',
    'a',
    'a{b="c" 1',
    'a{b=c} 1',
    'a{b="c"} x',
    '<html>',
    '1a 2',
    'a{="x"} 1',
  ])('passes over %j', (line) => {
    expect(parse(`${line}\nok 1`)).toEqual([{ name: 'ok', labels: {}, value: '1' }]);
  });

  it('reads back any labels and values that are written by the rules', () => {
    const name = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,20}$/);
    const number = fc.double({ noNaN: true });
    fc.assert(
      fc.property(
        name,
        fc.dictionary(name, fc.string({ unit: 'binary' }), { maxKeys: 5 }),
        number,
        (metric, labels, value) => {
          const text = Object.entries(labels)
            .map(
              ([key, label]) =>
                `${key}="${label.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/"/g, '\\"')}"`,
            )
            .join(',');
          const written =
            value === Infinity ? '+Inf' : value === -Infinity ? '-Inf' : String(value);
          expect(parse(`${metric}{${text}} ${written}\n`)).toEqual([
            { name: metric, labels: { ...labels }, value: written },
          ]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is quick on hostile pages and keeps no more than asked', () => {
    const hostile = [
      `a{${'b="c",'.repeat(200_000)}`,
      `a{${' '.repeat(1_000_000)}`,
      'a'.repeat(1_000_000),
      `a ${'1'.repeat(1_000_000)}`,
      `a{b="${'\\'.repeat(1_000_000)}`,
      'a{b="c"} 1\n'.repeat(100_000),
    ];
    for (const text of hostile) {
      const started = performance.now();
      expect(parseExposition(text, 5000).samples.length).toBeLessThanOrEqual(5000);
      expect(performance.now() - started).toBeLessThan(1500);
    }
  });
});
