import { type Result, resultSchema } from '#src/domain/result.ts';
import type { Subject } from '#src/report/model/material.ts';

const START = Date.parse('2026-03-01T14:00:00Z') / 1000;
const window = { start: '2026-03-01T13:30:00Z', end: '2026-03-01T14:30:00Z' };
const SHA = 'da164d01fbd3ed9b5f44f88be7e33d115052abee';

/** What comes from outside and wants to be more than text. */
export const EVIL =
  '</pre><script>alert(1)</script><img src=x onerror=alert(2)>[a](javascript:alert(3))|`x`\u202e\u0000\u001b[31m & "q" \'s\' @team https://evil.example';

/** A whole result; `word` stands wherever outside text may. */
export function sampleResult(word = 'orders'): Result {
  const evidence = (id: string, kind: string, data: unknown, summary: string) => ({
    id,
    kind,
    source: kind,
    query: `query ${word}`,
    window,
    service: word,
    summary,
    data,
  });
  const points = Array.from({ length: 30 }, (_, at) => [START + at * 60, at < 12 ? 0.001 : 0.2]);
  return resultSchema.parse({
    schema: 'incident-result/v1',
    incident: {
      id: 'inc-0123456789',
      title: `${word} fails`,
      status: 'open',
      severity: 'high',
      service: word,
      alerts: [
        {
          status: 'firing',
          labels: { alertname: word, severity: 'page' },
          annotations: { summary: word },
          startsAt: '2026-03-01T14:15:00Z',
          endsAt: null,
          fingerprint: 'ab',
        },
      ],
      detectedAt: '2026-03-01T14:15:00Z',
      acknowledgedAt: '2026-03-01T14:18:00Z',
      timeline: [
        { at: '2026-03-01T14:15:00Z', what: `${word} fires`, cites: [{ id: 'A1' }] },
        { at: '2026-03-01T14:11:00Z', what: `deploy of ${word}`, cites: [{ id: 'C2' }] },
        { at: '2026-03-01T14:18:00Z', what: 'acknowledged by ana', cites: [] },
      ],
    },
    triage: {
      service: word,
      condition: 'failing',
      severity: 'high',
      errorType: 'api_error',
      summary: 'Requests fail.',
      tags: [word],
      indicators: [{ text: `errors of ${word}`, cites: [{ id: 'M1' }] }],
      onsetAt: '2026-03-01T14:12:00Z',
      firstFailingService: word,
      blastRadius: [word, 'till'],
      nextChecks: [{ text: 'Look at the deploy.', cites: [{ id: 'C2' }] }],
      cites: [{ id: 'A1' }],
    },
    investigation: {
      hypotheses: [
        {
          id: 'H1',
          statement: `the deploy of ${word} broke it`,
          category: 'code',
          status: 'supported',
          score: 0.8,
          supports: [{ id: 'C1', quote: 'pool.max = 1' }],
          contradicts: [{ id: 'L1' }],
          test: 'Roll back one instance.',
        },
      ],
      suspects: {
        services: [{ service: word, metric: 'errors', score: 0.9, cites: [{ id: 'M1' }] }],
        commits: [{ sha: SHA, score: 0.8, reasons: [`touches ${word}`], cites: [{ id: 'C1' }] }],
        locations: [{ file: `src/${word}.ts`, line: 7, function: word, score: 0.5, cites: [] }],
      },
      stackTraces: [
        {
          id: 'K1',
          service: word,
          language: 'javascript',
          type: 'TypeError',
          message: word,
          count: 3,
          first: null,
          last: null,
          frames: [{ file: 'src/pool.ts', line: 7, function: word, inApp: true }],
          causes: [],
        },
      ],
    },
    rootCause: {
      verdict: 'likely',
      confidence: 0.71,
      category: 'code',
      statement: `Commit ${SHA.slice(0, 10)} of ${word} broke it.`,
      service: word,
      commit: SHA,
      location: { file: 'src/pool.ts', line: 7 },
      remediation: 'rollback',
      nextSteps: [{ text: 'Roll back.', cites: [{ id: 'C1', quote: '+pool.max = 1' }] }],
      nextQuery: `rate(${word}[5m])`,
      alternatives: [`ask ${word}`],
      acquitted: [{ suspect: 'b'.repeat(40), why: 'never deployed', cites: [{ id: 'C2' }] }],
      cites: [{ id: 'C1' }, { id: 'M1' }],
    },
    fix: {
      decision: 'show-only',
      strategy: 'revert',
      diff: '-pool.max = 1\n+pool.max = 20',
      files: ['src/pool.ts'],
      proof: [{ step: 'npm test', ok: true, before: '1 failed', after: 'passed', seconds: 3.25 }],
      guards: [{ id: 'size', ok: true, message: word }],
      risk: 'low',
      pullRequest: null,
      why: 'The commit is reverted.',
    },
    evidence: [
      evidence(
        'A1',
        'alert',
        {
          type: 'alert',
          alert: {
            status: 'firing',
            labels: { alertname: word },
            annotations: {},
            startsAt: '2026-03-01T14:15:00Z',
            endsAt: null,
            fingerprint: 'ab',
          },
        },
        `${word} firing`,
      ),
      evidence(
        'M1',
        'metric',
        {
          type: 'series',
          metric: { __name__: word },
          points,
          unit: 'ratio',
          derived: 'error ratio',
          baseline: 0.001,
          peak: 0.2,
          onset: '2026-03-01T14:12:00Z',
        },
        'error ratio went from 0.1 % to 20 %',
      ),
      evidence(
        'L1',
        'log',
        {
          type: 'records',
          count: 1,
          records: [
            { timestamp: '2026-03-01T14:12:01Z', service: word, line: `${word} no connection` },
          ],
        },
        `1 record: ${word}`,
      ),
      evidence(
        'C1',
        'change',
        {
          type: 'change',
          change: {
            type: 'commit',
            sha: SHA,
            author: 'Ana Blamed',
            timestamp: '2026-03-01T13:00:00Z',
            message: word,
            files: ['src/pool.ts'],
            diff: '--- a/src/pool.ts\n+++ b/src/pool.ts\n@@ -1 +1 @@\n-pool.max = 20\n+pool.max = 1',
          },
        },
        `commit of ${word}`,
      ),
      evidence(
        'C2',
        'change',
        {
          type: 'change',
          change: { type: 'deploy', timestamp: '2026-03-01T14:11:00Z', service: word, commit: SHA },
        },
        `deploy of ${word}`,
      ),
      evidence(
        'R1',
        'runbook',
        {
          type: 'text',
          title: word,
          text: `# ${word}\n1. Look at the pool.\n- [ ] Call ${word}\n`,
        },
        `runbook ${word}`,
      ),
      evidence(
        'E1',
        'event',
        {
          type: 'event',
          event: { timestamp: '2026-03-01T14:00:00Z', source: word, title: word },
        },
        `not cited ${word}`,
      ),
    ],
    gaps: [{ source: 'loki', why: 'connection refused', hint: `Set LOKI_URL ${word}` }],
    model: null,
    timings: { collectMs: 1, analyseMs: 1, modelMs: 0, totalMs: 2 },
  });
}

export function sampleSubject(word?: string): Subject {
  return {
    result: sampleResult(word),
    effects: [
      {
        id: 1,
        key: 'k',
        kind: 'notify',
        target: word ?? 'email',
        state: 'done',
        attempts: 1,
        decidedAt: '2026-03-01T14:16:00Z',
        settledAt: '2026-03-01T14:16:01Z',
        receipt: '<id@mail>',
        lastError: null,
      },
    ],
    similar: [
      {
        id: 'inc-1',
        title: word ?? 'before',
        at: '2026-01-01T00:00:00Z',
        score: 0.5,
        why: ['service'],
      },
    ],
  };
}
