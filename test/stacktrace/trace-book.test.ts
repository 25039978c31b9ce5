import { describe, expect, it } from 'vitest';
import { TraceCollector } from '#src/stacktrace/extract.ts';
import { maskedMessage } from '#src/stacktrace/fingerprint.ts';

function collect(
  occurrences: readonly { message: string; line?: number; at?: number | null; service?: string }[],
) {
  const collector = new TraceCollector();
  for (const { message, line = 1, at = null, service = 'shop' } of occurrences) {
    collector.add({ text: `Error: ${message}\n    at f (/app/a.js:${line}:2)`, at, service });
  }
  return collector.finish().traces;
}

describe('counting', () => {
  it('counts what differs only by numbers, names in quotes and ids once, with first and last', () => {
    const traces = collect([
      {
        message: 'order 17 of "ann" (6f1c2d3e-0000-4000-8000-1234567890ab) at 10.0.0.1:5432 failed',
        at: 5000,
      },
      {
        message: 'order 4 of "bob" (0a1b2c3d-0000-4000-8000-1234567890ab) at 10.0.0.2:5432 failed',
        at: 1000,
      },
    ]);
    expect(traces).toMatchObject([
      { id: 'K1', count: 2, first: '1970-01-01T00:00:01Z', last: '1970-01-01T00:00:05Z' },
    ]);
  });

  it('tells apart by line, message and service', () => {
    const traces = collect([
      { message: 'refused' },
      { message: 'timed out' },
      { message: 'refused', line: 2 },
      { message: 'refused', service: 'mail' },
      { message: 'refused' },
    ]);
    expect(traces.map(({ id, count, service }) => `${id} ${count} ${service}`)).toEqual([
      'K1 2 shop',
      'K2 1 shop',
      'K3 1 shop',
      'K4 1 mail',
    ]);
  });

  it('sees that a message is free text when it never repeats', () => {
    const words = [
      'ann',
      'bob',
      'cleo',
      'dan',
      'eve',
      'fay',
      'gus',
      'hal',
      'ivy',
      'jon',
      'kim',
      'lea',
    ];
    const traces = collect(words.map((word) => ({ message: `no user ${word}` })));
    expect(traces).toMatchObject([{ count: 12, message: 'no user ann' }]);
  });

  it('orders by first appearance, what has no time last', () => {
    const traces = collect([
      { message: 'c', at: null },
      { message: 'b', at: 9000 },
      { message: 'a', at: 3000 },
    ]);
    expect(traces.map(({ id, message }) => `${id} ${message}`)).toEqual(['K1 a', 'K2 b', 'K3 c']);
  });

  it('keeps what is frequent when there is too much', () => {
    const collector = new TraceCollector();
    const add = (line: number) =>
      collector.add({ text: `Error: x\n    at f (/app/a.js:${line}:2)`, at: line, service: null });
    for (let n = 0; n < 5; n += 1) add(7);
    for (let n = 100; n < 3100; n += 1) add(n);
    const { traces } = collector.finish();
    expect(traces.length).toBeLessThanOrEqual(1000);
    expect(traces[0]).toMatchObject({ count: 5, frames: [{ line: 7 }] });
    expect(traces.at(-1)?.frames[0]?.line).toBe(3099);
  });

  it('knows the code of a service by its prefixes', () => {
    const collector = new TraceCollector({
      ownCode: (service) =>
        service === 'shop' ? ['org.apache.shop.', '/srv/lib/python3.11/own/'] : [],
    });
    collector.add({
      text: 'java.lang.Error: x\n\tat org.apache.shop.A.b(A.java:1)\n\tat org.apache.kafka.C.d(C.java:2)',
      at: 0,
      service: 'shop',
    });
    collector.add({
      text: 'Traceback (most recent call last):\n  File "/srv/lib/python3.11/own/a.py", line 1, in f\nValueError: x',
      at: 1,
      service: 'shop',
    });
    expect(collector.finish().traces.map(({ frames }) => frames.map(({ inApp }) => inApp))).toEqual(
      [[true, false], [true]],
    );
  });

  it('masks what changes', () => {
    expect(maskedMessage("user 'x' took 12.5ms of 0xdeadbeef\nmore")).toBe('user # took # of #');
  });
});
