import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { selector, withoutThreshold } from '#src/evidence/sources/prometheus/promql.ts';
import { collectFrom, series } from '../helpers/fake-prometheus.ts';
import { parsePromql } from '../helpers/promql-grammar.ts';

describe('PromQL that is made', () => {
  it('holds any label value as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (value, other) => {
        const { isValid, selectors } = parsePromql(selector('m', { a: value, b: other }));
        expect(isValid).toBe(true);
        expect(selectors).toEqual([
          {
            name: 'm',
            matchers: [
              { label: 'a', op: '=', value },
              { label: 'b', op: '=', value: other },
            ],
          },
        ]);
      }),
      { numRuns: 500 },
    );
  });

  it('matches exactly the values of a list', () => {
    const hostile = fc.stringMatching(/^[a-z.*+?^${}()|[\]\\" \n]{1,12}$/);
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 2, maxLength: 4 }), hostile, (values, other) => {
        const parsed = parsePromql(selector(null, { a: values }));
        expect(parsed.isValid).toBe(true);
        const expression = new RegExp(`^(?:${parsed.selectors[0]?.matchers[0]?.value})$`);
        for (const value of values) expect(expression.test(value)).toBe(true);
        expect(expression.test(other)).toBe(values.includes(other));
      }),
    );
  });

  it('parses whatever services, metrics and labels are called', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 1, unit: 'binary' }),
        fc.string({ minLength: 1 }),
        async (name, metric) => {
          fc.pre(!/[\ud800-\udfff]/.test(name + metric));
          // The grammar looks its keywords up in a plain object.
          fc.pre(!(metric in Object.prototype));
          const { asked, matches, gaps } = await collectFrom(
            {
              series: [
                series(metric, { service: name, 'a.b': 'c' }),
                series('requests_total', { service: name }),
              ],
            },
            [{ name }],
          );
          for (const { query, parsed } of asked) expect(parsed.isValid, query).toBe(true);
          for (const match of matches) expect(parsePromql(match).isValid, match).toBe(true);
          expect(gaps).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each([
    ['up == 0', 'up', 0],
    ['rate(x{a=">"}[5m]) > 0.1', 'rate(x{a=">"}[5m])', 0.1],
    [
      'sum(rate(a[1m])) / sum(rate(b[1m])) >= bool 0.05',
      'sum(rate(a[1m])) / sum(rate(b[1m]))',
      0.05,
    ],
    ['a > 1 and b > 2', 'a > 1 and b > 2', null],
    ['time() - t > 3600', 'time() - t', 3600],
    ['absent(up{job="x"})', 'absent(up{job="x"})', null],
    ['a > b', 'a > b', null],
    ['x > 1e3', 'x', 1000],
  ])('takes the threshold off %s', (expression, query, threshold) => {
    expect(withoutThreshold(expression)).toEqual({ query, threshold });
    expect(parsePromql(query).isValid).toBe(true);
  });
});
