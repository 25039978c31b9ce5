import { describe, expect, it } from 'vitest';
import { type LinkCase, linkWeight } from '#src/analysis/agents/merge/links.ts';
import type { Weighed } from '#src/analysis/hypotheses/weigh.ts';
import type { Commit } from '#src/domain/bundle.ts';
import type { Evidence } from '#src/domain/evidence.ts';

const window = { start: '2026-03-01T10:00:00Z', end: '2026-03-01T11:00:00Z' };
const START = Date.parse(window.start);

function commit(sha: string, file: string, line: string): Commit {
  const diff = `diff --git a/${file} b/${file}\n--- a/${file}\n+++ b/${file}\n@@ -10,2 +10,3 @@\n a\n+${line}\n b\n`;
  return {
    sha,
    author: '',
    timestamp: window.start,
    message: '',
    files: [file],
    diff,
    service: 'shop',
  };
}

const COMMITS = [
  commit('a'.repeat(40), 'src/basket.js', 'const total = applyVoucher(basket);'),
  commit('b'.repeat(40), 'src/banner.js', 'const banner = springBanner();'),
];

function candidate(index: number, more: Partial<Weighed> = {}): Weighed {
  const sha = COMMITS[index]?.sha ?? null;
  return {
    ...{
      key: `change:${sha}`,
      kind: 'change',
      statement: 's',
      category: 'code',
      remediation: 'rollback',
    },
    ...{
      service: 'shop',
      commit: sha,
      location: null,
      odds: 0,
      share: 0.3,
      reasons: [],
      test: 't',
      nextSteps: [],
    },
    change: { liveAt: START + 60_000, acquitted: null, factors: [] },
    ...more,
  } as unknown as Weighed;
}

const given: LinkCase = {
  hypotheses: [candidate(0), candidate(1)],
  commits: COMMITS,
  usual: ['GET /usualThing 200'],
  windowStart: START,
};

function trace(
  file: string,
  line: number,
  first = '2026-03-01T10:05:00Z',
  message = 'broken',
): Evidence {
  const at = { first, last: first, count: 3, causes: [] };
  const frames = [{ file, line, function: 'f', inApp: true }];
  return {
    ...{ id: 'K1', kind: 'stack', source: 's', query: 'q', window, service: 'shop', summary: 'x' },
    data: {
      type: 'frames',
      trace: { id: 'K1', service: 'shop', language: 'js', type: 'Error', message, ...at, frames },
    },
  };
}

function records(line: string, baselineCount = 0, timestamp = '2026-03-01T10:05:00Z'): Evidence {
  return {
    ...{ id: 'L1', kind: 'log', source: 's', query: 'q', window, service: 'shop', summary: 'x' },
    data: {
      type: 'records',
      count: 3,
      baselineCount,
      records: [{ timestamp, service: 'shop', line }],
    },
  };
}

const weight = (index: number, evidence: Evidence, supports = true, more: Partial<Weighed> = {}) =>
  linkWeight({ candidate: candidate(index, more), evidence, supports }, given)?.weight ?? null;

describe('what a pointer of a model weighs', () => {
  it('something where code sees what tells the change from its rivals', () => {
    expect(weight(0, trace('/app/src/basket.js', 12))).toBe(0.8);
    expect(weight(0, records('ERROR applyVoucher is not defined'))).toBe(0.5);
  });

  it.each([
    ['a trace elsewhere', 0, trace('/app/src/other.js', 12)],
    ['a trace far from the change', 0, trace('/app/src/basket.js', 90)],
    ['a trace in the rival’s lines', 1, trace('/app/src/basket.js', 12)],
    ['a trace from before the change', 0, trace('/app/src/basket.js', 12, '2026-03-01T10:00:30Z')],
    [
      'a trace from before the incident',
      0,
      trace('/app/src/basket.js', 12, '2026-03-01T09:00:00Z'),
    ],
    [
      'an error of the world around',
      0,
      trace('/app/src/basket.js', 12, undefined, 'connect ECONNREFUSED 10.0.0.1:5432'),
    ],
    ['a line that was there before', 0, records('ERROR applyVoucher is not defined', 4)],
    ['a line that names nothing of it', 0, records('ERROR it is broken')],
    ['a line with a name of any day', 0, records('ERROR usualThing')],
    ['the number of a commit', 0, records(`ERROR ${'a'.repeat(40)} did it`)],
  ])('nothing for %s', (_, index, evidence) => expect(weight(index, evidence)).toBeNull());

  it('nothing where the rules have weighed it already, or have acquitted', () => {
    const change = {
      liveAt: START + 60_000,
      acquitted: null,
      factors: [{ id: 'trace', weight: 1 }],
    };
    expect(weight(0, trace('/app/src/basket.js', 12), true, { change } as never)).toBeNull();
    const acquitted = { liveAt: null, acquitted: 'no', factors: [] };
    expect(
      weight(0, trace('/app/src/basket.js', 12), true, { change: acquitted } as never),
    ).toBeNull();
  });

  it('something against it, where a new trouble began before it was live', () => {
    const change = { liveAt: START + 20 * 60_000, acquitted: null, factors: [] };
    expect(weight(0, records('ERROR other'), false, { change } as never)).toBe(-0.5);
    expect(weight(0, records('ERROR other', 3), false, { change } as never)).toBeNull();
    expect(
      weight(0, records('ERROR other', 0, '2026-03-01T10:25:00Z'), false, { change } as never),
    ).toBeNull();
  });
});
