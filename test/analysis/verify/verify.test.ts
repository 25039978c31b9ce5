import { describe, expect, it } from 'vitest';
import type { CheckContext, Claim } from '#src/analysis/verify/contract.ts';
import { CHECKS, verifyClaim } from '#src/analysis/verify/verify.ts';
import type { Cite, Evidence, EvidenceData } from '#src/domain/evidence.ts';

const window = { start: '2026-03-01T10:00:00Z', end: '2026-03-01T11:00:00Z' };

function evidence(
  id: string,
  kind: Evidence['kind'],
  summary: string,
  data: EvidenceData,
): Evidence {
  return { id, kind, source: 'test', query: 'q', window, service: 'orders', summary, data };
}

const METRIC = evidence('M1', 'metric', 'p95 latency (http_seconds) went from 41.3 ms to 6.02 s', {
  type: 'series',
  metric: { __name__: 'http_seconds', route: '/orders' },
  points: [
    [1772359200, 0.0413],
    [1772359260, 0.051],
    [1772360100, 6.01578],
  ],
  unit: 'seconds',
  baseline: 0.0413,
  peak: 6.01578,
  onset: '2026-03-01T10:15:00Z',
});

const LOG = evidence(
  'L1',
  'log',
  'error 61 times since 2026-03-01T10:15:02Z, never before: pool <*>',
  {
    type: 'records',
    count: 61,
    baselineCount: 0,
    records: [
      {
        timestamp: '2026-03-01T10:15:02Z',
        service: 'orders',
        line: 'ERROR  pool "main" exhausted after 5000 ms in \u001b[31mOrderStore.acquire\u001b[0m <TimeoutError>',
      },
    ],
  },
);

const commit = (id: string, sha: string, timestamp: string): Evidence =>
  evidence(id, 'change', `commit ${sha.slice(0, 10)}`, {
    type: 'change',
    change: {
      type: 'commit',
      sha,
      author: 'x',
      timestamp,
      message: 'Smaller pool',
      files: ['src/store.ts'],
      diff: [
        'diff --git a/src/store.ts b/src/store.ts',
        '--- a/src/store.ts',
        '+++ b/src/store.ts',
        '@@ -10,3 +10,3 @@ function open() {',
        ' const a = 1;',
        '-const poolSize = 50;',
        '+const poolSize = 5;',
        ' const b = 2;',
      ].join('\n'),
    },
  });

const GUILTY = 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678';
const INNOCENT = 'b1b2c3d4e5f60718293a4b5c6d7e8f9012345678';
const LATE = 'c1b2c3d4e5f60718293a4b5c6d7e8f9012345678';

const STACK = evidence('K1', 'stack', 'TimeoutError', {
  type: 'frames',
  trace: {
    ...{ id: 'K1', service: 'orders', language: 'javascript', type: 'TimeoutError' },
    ...{ message: 'pool exhausted', count: 12, causes: [] },
    first: '2026-03-01T10:15:02Z',
    last: '2026-03-01T10:20:00Z',
    frames: [{ file: '/app/src/store.ts', line: 11, function: 'acquire', inApp: true }],
  },
});

const context: CheckContext = {
  evidence: new Map(
    [
      METRIC,
      LOG,
      STACK,
      commit('C1', GUILTY, '2026-03-01T10:10:00Z'),
      commit('C2', INNOCENT, '2026-03-01T09:00:00Z'),
      commit('C3', LATE, '2026-03-01T10:40:00Z'),
    ].map((one) => [one.id, one]),
  ),
  names: new Set(['orders', 'checkout-api']),
  onset: Date.parse('2026-03-01T10:15:00Z'),
  changes: [
    { id: GUILTY, liveAt: Date.parse('2026-03-01T10:12:00Z'), acquitted: null },
    { id: INNOCENT, liveAt: null, acquitted: 'it was taken back before' },
    { id: LATE, liveAt: Date.parse('2026-03-01T10:41:00Z'), acquitted: null },
  ],
  use: 'cause',
  accusable: new Set([GUILTY, LATE]),
};

const say = (text: string, ...cites: (string | Cite)[]): Claim => ({
  text,
  cites: cites.map((cite) => (typeof cite === 'string' ? { id: cite } : cite)),
});

const HOLDS: Claim[] = [
  say('Latency of orders rose from 41 ms to 6 s.', 'M1'),
  say('Latency rose from 0.0413 s to 6.02 s at 10:15.', 'M1'),
  say('Since 2026-03-01T10:15:00Z the latency is 6.016 seconds.', 'M1'),
  say('The pool ran out 61 times.', 'L1'),
  say('The log says "pool "main" exhausted".', {
    id: 'L1',
    quote: 'pool "main" exhausted after 5000 ms',
  }),
  say('OrderStore.acquire waits 5000 ms.', 'L1'),
  say('It throws a TimeoutError there.', {
    id: 'L1',
    quote: 'OrderStore.acquire <TimeoutError>',
  }),
  say('The value was 6 seconds.', { id: 'M1', value: 6.02, at: '2026-03-01T10:15:00Z' }),
  say('The pool went from 50 to 5.', {
    id: 'C1',
    quote: '+const poolSize = 5;',
    file: 'src/store.ts',
    line: 11,
  }),
  say('Commit a1b2c3d4 made poolSize smaller.', 'C1'),
  say('It is thrown in acquire (src/store.ts:11).', { id: 'K1', file: 'src/store.ts', line: 11 }),
  say('The change went live 5 minutes before the errors.', 'C1', 'L1'),
  say('checkout-api waits for orders.', 'M1'),
  say('Die Latenz stieg auf 6 s.', 'M1'),
];

const FAILS: [why: keyof typeof CHECKS, claim: Claim][] = [
  ['form', say('ok', 'M1')],
  ['form', say('x'.repeat(501), 'M1')],
  ['cites', say('The database is slow.')],
  ['ids', say('The database is slow.', 'M7')],
  ['ids', say('The database is slow.', 'M1', 'Z9')],
  ['links', say('See https://runbook.evil/fix for the pool.', 'L1')],
  ['links', say('Write to admin@evil.example about the pool.', 'L1')],
  ['links', say('The pool <img src=x> ran out.', 'L1')],
  ['links', say('Connect to 10.1.2.3 and look at the pool.', 'L1')],
  ['commands', say('Run kubectl delete pod orders to empty the pool.', 'L1')],
  ['commands', say('Then rm -rf the cache of the pool.', 'L1')],
  ['accusations', say('Commit b1b2c3d4e5 broke the pool.', 'C1')],
  ['accusations', say('This change broke the pool.', 'C2')],
  ['changes', say('This change broke the pool.', 'C3')],
  ['quotes', say('The pool ran out.', { id: 'L1', quote: 'connection refused' })],
  ['quotes', say('The pool ran out.', { id: 'L1', quote: 'p' })],
  ['textQuotes', say('The log says "connection refused".', 'L1')],
  ['values', say('The value was high.', { id: 'M1', value: 7.2 })],
  ['values', say('The value was high.', { id: 'M1', value: 6.02, at: '2026-03-01T10:01:00Z' })],
  ['places', say('It is thrown there.', { id: 'K1', file: 'src/store.ts', line: 12 })],
  ['places', say('It is thrown there.', { id: 'K1', file: 'src/other.ts', line: 11 })],
  ['places', say('It was changed there.', { id: 'C1', file: 'src/store.ts', line: 99 })],
  ['figures', say('Latency rose to 9 s.', 'M1')],
  ['figures', say('Latency rose to 6.2 s.', 'M1')],
  ['figures', say('The pool ran out 610 times.', 'L1')],
  ['figures', say('The pool went from 60 to 5.', 'C1')],
  ['figures', say('The change went live 25 minutes before the errors.', 'C1', 'L1')],
  ['times', say('Latency rose at 10:25.', 'M1')],
  ['times', say('Latency rose on 2026-02-01T10:15:00Z.', 'M1')],
  ['names', say('OrderCache.get was slow.', 'L1')],
  ['names', say('The metric db_pool_size fell.', 'M1')],
  ['names', say('The host db-7.internal fell out.', 'M1')],
];

describe('statements of a model', () => {
  it.each(HOLDS.map((claim) => [claim.text, claim] as const))('holds: %s', (_, claim) => {
    expect(verifyClaim(claim, context, CHECKS)).toBeNull();
  });

  it.each(FAILS.map(([check, claim]) => [check, claim.text, claim] as const))(
    'fails by %s: %s',
    (check, _, claim) => {
      expect(verifyClaim(claim, context, CHECKS)).not.toBeNull();
      expect(CHECKS[check](claim, context)).not.toBeNull();
      // Without this one check it would have been taken, or another one holds it too.
      const rest = { ...CHECKS, [check]: () => null };
      const others = Object.entries(rest).filter(([, one]) => one(claim, context) !== null);
      expect(others.map(([name]) => name).filter((name) => name === check)).toEqual([]);
    },
  );

  it('lets triage speak of no change', () => {
    const claim = say('A change went live before.', 'C1');
    expect(verifyClaim(claim, { ...context, use: 'triage' }, CHECKS)).toContain('triage');
  });

  it('takes no time over hostile text', () => {
    const started = performance.now();
    for (const text of [
      'a.'.repeat(250),
      '1,'.repeat(250),
      '"'.repeat(499),
      '--a '.repeat(120),
      '[A1,'.repeat(120),
    ]) {
      verifyClaim(say(text, 'M1', 'L1', 'C1'), context, { ...CHECKS, form: () => null });
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
