import type { Alert } from '#src/domain/alert.ts';
import type { Result } from '#src/domain/result.ts';

/** The result document of an investigation that found a cause, for whoever only passes it on. */
export function resultOf(id: string, service: string, alerts: Alert[] = []): Result {
  return {
    schema: 'incident-result/v1',
    incident: {
      id,
      title: `trouble on ${service}`,
      status: 'investigating',
      severity: 'high',
      service,
      alerts,
      detectedAt: '2026-01-01T00:00:00Z',
      acknowledgedAt: null,
      timeline: [],
    },
    triage: {
      service,
      condition: 'failing',
      severity: 'high',
      errorType: 'service_error',
      summary: `${service} fails`,
      tags: [],
      indicators: [],
      onsetAt: null,
      firstFailingService: service,
      blastRadius: [],
      nextChecks: [],
      cites: [],
    },
    investigation: {
      hypotheses: [],
      suspects: { services: [], commits: [], locations: [] },
      stackTraces: [],
    },
    rootCause: {
      verdict: 'likely',
      confidence: 0.8,
      category: 'code',
      statement: `a change broke ${service}`,
      service,
      commit: null,
      location: null,
      remediation: 'rollback',
      nextSteps: [],
      nextQuery: null,
      alternatives: [],
      acquitted: [],
      cites: [],
    },
    fix: null,
    evidence: [],
    gaps: [],
    model: null,
    timings: { collectMs: 1, analyseMs: 1, modelMs: 0, totalMs: 2 },
  };
}
