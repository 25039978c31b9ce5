import fc from 'fast-check';
import { expect, it } from 'vitest';
import { brokenParts } from '#src/intake/watch/broken-parts.ts';

it.each<[string, unknown, string[]]>([
  [
    'Spring Boot',
    {
      status: 'DOWN',
      components: {
        db: { status: 'DOWN', details: { error: 'refused' } },
        diskSpace: { status: 'UP' },
        redis: { status: 'UP' },
      },
    },
    ['db'],
  ],
  [
    'health+json',
    {
      status: 'fail',
      checks: {
        'cassandra:responseTime': [{ status: 'pass' }, { status: 'fail', output: 'timeout' }],
        uptime: [{ status: 'pass' }],
      },
    },
    ['cassandra'],
  ],
  ['.NET', { status: 'Unhealthy', entries: { sql: { status: 'Unhealthy' } } }, ['sql']],
  [
    'words',
    { status: 'degraded', dependencies: { mongodb: 'disconnected', cache: 'ok' } },
    ['mongodb'],
  ],
  [
    'a list',
    {
      ok: false,
      checks: [
        { name: 'queue', ok: false },
        { name: 'db', ok: true },
      ],
    },
    ['queue'],
  ],
  [
    'flags',
    { status: 'error', mongo: { connected: false }, cache: { connected: true } },
    ['mongo'],
  ],
  ['the service itself', { status: 'down', message: 'error', state: 'failed' }, []],
  ['fine', { status: 'UP', components: { db: { status: 'UP' } } }, []],
])('finds what is down in %s', (_name, body, parts) => {
  expect(brokenParts(JSON.stringify(body))).toEqual(parts);
});

it('takes any answer', () => {
  for (const text of ['', 'OK', '[', 'null', '"down"', '5', '[[[]]]', '{"a":null}']) {
    expect(brokenParts(text)).toEqual([]);
  }
  fc.assert(fc.property(fc.json(), (text) => brokenParts(text).length <= 20));
  const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
  expect(brokenParts(deep)).toEqual([]);
});
