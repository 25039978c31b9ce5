import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logSelector } from '#src/evidence/sources/loki/selector.ts';
import { createLokiSource } from '#src/evidence/sources/loki.ts';
import { collectFromLoki, type FakeStream, isLogql } from '../helpers/fake-loki.ts';
import { alertOn, NOW, requestFor, toolsAt, unending } from '../helpers/request.ts';

const nanos = (minutesAgo: number): bigint => BigInt(Math.round((NOW - minutesAgo * 60_000) * 1e6));

const stream = (labels: Record<string, string>, ...lines: [number, string][]): FakeStream => ({
  stream: labels,
  values: lines.map(([minutesAgo, line]) => [nanos(minutesAgo), line]),
});

describe('loki', () => {
  it('gives records with their labels, errors and others, of window and baseline', async () => {
    const { logs, gaps } = await collectFromLoki([
      stream({ service: 'shop', level: 'error' }, [5, 'ERROR boom'], [70, 'ERROR old']),
      stream({ service: 'shop' }, [6, 'all fine'], [200, 'long ago']),
      stream({ service: 'other' }, [5, 'ERROR not ours']),
    ]);
    expect(gaps).toEqual([]);
    expect(logs.toSorted((a, b) => (a.timestamp < b.timestamp ? -1 : 1))).toEqual([
      {
        timestamp: '2026-03-01T10:50:00Z',
        service: 'shop',
        line: 'ERROR old',
        labels: { service: 'shop', level: 'error' },
      },
      {
        timestamp: '2026-03-01T11:54:00Z',
        service: 'shop',
        line: 'all fine',
        labels: { service: 'shop' },
      },
      {
        timestamp: '2026-03-01T11:55:00Z',
        service: 'shop',
        line: 'ERROR boom',
        labels: { service: 'shop', level: 'error' },
      },
    ]);
  });

  it.each(['service', 'app', 'job', 'container', 'compose_service', 'unit'])(
    'finds the streams of a service by the label %s',
    async (label) => {
      const { lines } = await collectFromLoki([stream({ [label]: 'shop' }, [5, 'here'])]);
      expect(lines).toEqual(['here']);
    },
  );

  it('finds them where the name is a word in the value of a label', async () => {
    const { lines } = await collectFromLoki([
      stream({ filename: '/var/log/shop/service.log' }, [5, 'one']),
      stream({ filename: '/var/log/shop/error.log' }, [4, 'two']),
      stream({ filename: '/var/log/shopping/error.log' }, [3, 'not ours']),
      stream({ filename: '/var/log/pet-shop/error.log' }, [3, 'not ours']),
    ]);
    expect(lines.toSorted()).toEqual(['one', 'two']);
  });

  it('finds them by what the alert and the logs have in common', async () => {
    const alert = alertOn('shop');
    alert.labels.pod = 'till-7f9';
    const { lines } = await collectFromLoki([stream({ pod: 'till-7f9' }, [5, 'here'])], undefined, {
      alerts: [alert],
    });
    expect(lines).toEqual(['here']);
  });

  it('keeps to the environment of the alert', async () => {
    const alert = alertOn('shop');
    alert.labels.namespace = 'prod';
    const { lines } = await collectFromLoki(
      ['prod', 'staging'].map((namespace) =>
        stream({ service: 'shop', namespace }, [5, namespace]),
      ),
      undefined,
      { alerts: [alert] },
    );
    expect(lines).toEqual(['prod']);
  });

  it('takes the matchers of the registry as they are', async () => {
    const { lines, asked } = await collectFromLoki(
      [stream({ team: 'a "b" \\c' }, [5, 'here'])],
      [{ name: 'shop', selectors: { loki: { team: 'a "b" \\c' } } }],
    );
    expect(lines).toEqual(['here']);
    expect(asked.every(({ query }) => query.includes('{team="a \\"b\\" \\\\c"}'))).toBe(true);
  });

  it('pages through what fits, also where many lines are of one nanosecond', async () => {
    const values = Array.from({ length: 2600 }, (_, n): [number, string] => [
      n < 400 ? 9 : 8,
      `ERROR ${n}`,
    ]);
    const { lines, gaps, asked } = await collectFromLoki(
      [stream({ service: 'shop' }, ...values)],
      undefined,
      { maxLines: 12_000 },
    );
    // A server gives no more than a page of one instant, and has no way to ask for the rest.
    expect(new Set(lines).size).toBe(lines.length);
    expect(lines.length).toBeGreaterThanOrEqual(1400);
    expect(asked.length).toBeLessThan(20);
    expect(gaps).toEqual([]);
  });

  it('reads the first and the last errors where there are too many, and some of every part of the rest', async () => {
    const errors = Array.from({ length: 5000 }, (_, n): [number, string] => [
      29 - n / 200,
      `ERROR ${n}`,
    ]);
    const others = Array.from({ length: 5000 }, (_, n): [number, string] => [
      29 - n / 200,
      `fine ${n}`,
    ]);
    const { lines, gaps, metrics, asked } = await collectFromLoki(
      [stream({ service: 'shop' }, ...errors, ...others)],
      undefined,
      { maxLines: 1000 },
    );
    expect(lines).toContain('ERROR 0');
    expect(lines).toContain('ERROR 4999');
    expect(lines.length).toBeLessThanOrEqual(1000);
    const fine = lines
      .filter((line) => line.startsWith('fine'))
      .map((line) => Number(line.slice(5)));
    for (let part = 0; part < 5; part++) {
      expect(fine.some((n) => n >= part * 1000 && n < (part + 1) * 1000)).toBe(true);
    }
    expect(gaps).toEqual([
      'shop: 450 of the error lines',
      expect.stringMatching(/^shop: 2\d\d of the other lines$/),
    ]);
    expect(metrics[0]?.values.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(5000);
    for (const { params, query } of asked) {
      if (!query.startsWith('sum(')) expect(Number(params.get('limit'))).toBeLessThanOrEqual(1000);
    }
  });

  it('counts error lines in no more than some hundred steps, and none as nought', async () => {
    for (const hours of [1, 24 * 7]) {
      const window = { start: NOW - hours * 3_600_000, end: NOW };
      const baseline = { start: window.start - 3_600_000, end: window.start };
      const { metrics } = await collectFromLoki(
        [stream({ service: 'shop' }, [5, 'ERROR'])],
        undefined,
        { window, baseline },
      );
      expect(metrics[0]?.values.length).toBeLessThanOrEqual(242);
      expect(metrics[0]?.values[0]?.[1]).toBe('0');
    }
  });

  it('sends tenant and authorization', async () => {
    const { asked } = await collectFromLoki([stream({ service: 'shop' }, [5, 'x'])], undefined, {
      tenant: 'team-a',
      authHeader: 'Basic abc',
    });
    expect(asked.length).toBeGreaterThan(0);
    for (const { tenant, authorization } of asked) {
      expect([tenant, authorization]).toEqual(['team-a', 'Basic abc']);
    }
  });

  it('reads neighbours within half of the budget, and is silent of what they lack', async () => {
    const many = Array.from({ length: 3000 }, (_, n): [number, string] => [
      20 - n / 200,
      `ERROR ${n}`,
    ]);
    const { logs, gaps } = await collectFromLoki(
      [stream({ service: 'shop' }, [5, 'ERROR x']), stream({ service: 'db' }, ...many)],
      [{ name: 'shop' }, { name: 'db' }, { name: 'nowhere' }],
      { maxLines: 1000 },
    );
    expect(logs.filter(({ service }) => service === 'db').length).toBeLessThanOrEqual(250);
    expect(gaps).toEqual([]);
  });

  it('is a gap when there is no stream, no line, or no server in the configuration', async () => {
    expect((await collectFromLoki([stream({ app: 'other' }, [5, 'x'])])).gaps).toEqual([
      'no log stream for shop',
    ]);
    expect((await collectFromLoki([stream({ app: 'shop' }, [500, 'x'])])).gaps).toEqual([
      'no lines of {app="shop"} in this time',
    ]);
    const none = await createLokiSource({ maxLines: 10, timeoutMs: 10 }, toolsAt()).collect(
      requestFor([{ name: 'shop' }]),
      unending(),
    );
    expect(none.gaps).toEqual([
      { source: 'loki', why: 'not configured', hint: 'Set LOKI_URL or loki.url.' },
    ]);
  });
});

describe('LogQL that is made', () => {
  it('parses, and holds any value as it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.array(fc.string(), { minLength: 2, maxLength: 4 }),
        (value, values) => {
          expect(isLogql(logSelector({ a: value, b: values }))).toBe(true);
          const single = /^\{a=("[\s\S]*")\}$/.exec(logSelector({ a: value }))?.[1] ?? '';
          expect(JSON.parse(single)).toBe(value.toWellFormed());
        },
      ),
      { numRuns: 300 },
    );
  });
});
