import type { Cite, Evidence } from '../../src/domain/evidence.ts';
import type { Result } from '../../src/domain/result.ts';
import type { Subject } from '../../src/report/model/material.ts';

const START = Date.parse('2026-03-01T12:00:00Z');
const window = { start: '2026-03-01T12:00:00Z', end: '2026-03-01T14:00:00Z' };

/** A result with so many pieces of evidence, all of them cited: a third each of series, logs and commits. */
export function bigSubject(count: number): Subject {
  const evidence = Array.from({ length: count }, (_, at) => pieceOf(at));
  const cites: Cite[] = evidence.map(({ id }) => ({ id }));
  const result: Result = {
    schema: 'incident-result/v1',
    incident: {
      id: 'inc-bench',
      title: 'Checkout answers with errors',
      status: 'open',
      severity: 'high',
      service: 'checkout',
      alerts: [],
      detectedAt: '2026-03-01T13:05:00Z',
      acknowledgedAt: null,
      timeline: evidence.slice(0, 60).map(({ id, summary }, at) => ({
        at: new Date(START + at * 60_000).toISOString(),
        what: summary,
        cites: [{ id }],
      })),
    },
    triage: {
      service: 'checkout',
      condition: 'failing',
      severity: 'high',
      errorType: 'api_error',
      summary: 'Requests fail.',
      tags: [],
      indicators: evidence.map(({ id, summary }) => ({ text: summary, cites: [{ id }] })),
      onsetAt: '2026-03-01T13:00:00Z',
      firstFailingService: 'checkout',
      blastRadius: [],
      nextChecks: [],
      cites: cites.slice(0, 5),
    },
    investigation: null,
    rootCause: null,
    fix: null,
    evidence,
    gaps: [],
    model: null,
    timings: { collectMs: 0, analyseMs: 0, modelMs: 0, totalMs: 0 },
  };
  return { result, effects: null, similar: [] };
}

function pieceOf(at: number): Evidence {
  const base = { source: 'bench', query: `query ${at}`, window, service: `service-${at % 9}` };
  if (at % 3 === 0) {
    const points = Array.from({ length: 240 }, (_, step): [number, number] => [
      START / 1000 + step * 30,
      step < 120 ? 0.001 : 0.2 + ((at * step) % 7) / 100,
    ]);
    const data = {
      type: 'series' as const,
      metric: { __name__: `requests_${at}` },
      points,
      unit: 'ratio',
      derived: 'error ratio',
      baseline: 0.001,
      peak: 0.2,
      onset: '2026-03-01T13:00:00Z',
    };
    return { ...base, id: `M${at}`, kind: 'metric', summary: `error ratio ${at} went up`, data };
  }
  if (at % 3 === 1) {
    const records = Array.from({ length: 20 }, (_, line) => ({
      timestamp: new Date(START + line * 1000).toISOString(),
      service: 'checkout',
      line: `ERROR request ${at * line} failed: connection refused by 10.0.0.${line}`,
    }));
    const data = { type: 'records' as const, count: 20, records };
    return { ...base, id: `L${at}`, kind: 'log', summary: `20 errors of kind ${at}`, data };
  }
  const diff = Array.from(
    { length: 40 },
    (_, line) => `${line % 2 ? '-' : '+'}const limit${line} = ${at};`,
  );
  const change = {
    type: 'commit' as const,
    sha: at.toString(16).padStart(40, '0'),
    author: '',
    timestamp: '2026-03-01T11:00:00Z',
    message: `Change ${at}`,
    files: ['src/limits.ts'],
    diff: `--- a/src/limits.ts\n+++ b/src/limits.ts\n@@ -1,40 +1,40 @@\n${diff.join('\n')}`,
  };
  return {
    ...base,
    id: `C${at}`,
    kind: 'change',
    summary: `commit ${at} changes the limits`,
    data: { type: 'change', change },
  };
}
