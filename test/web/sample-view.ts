import type { Cite, Evidence, EvidenceData, EvidenceKind } from '#src/domain/evidence.ts';
import type {
  EffectState,
  IncidentList,
  IncidentSummary,
  IncidentView,
} from '#src/domain/incident-record.ts';
import type { Result } from '#src/domain/result.ts';
import type { StackTrace } from '#src/domain/stack-trace.ts';

const AT = '2026-03-04T10:00:00Z';
const LATER = '2026-03-04T10:05:00Z';
const SHA = 'a'.repeat(40);
const WINDOW = { start: '2026-03-04T09:30:00Z', end: '2026-03-04T10:30:00Z' };

const alert = {
  status: 'firing' as const,
  labels: { alertname: 'ServerErrors', service: 'cart' },
  annotations: { summary: 'cart answers with errors' },
  startsAt: AT,
  endsAt: null,
  fingerprint: 'f1',
  generatorURL: 'http://prometheus:9090/graph',
};

const trace = (causes: StackTrace[] = []): StackTrace => ({
  id: 'K1',
  service: 'cart',
  language: 'java',
  type: 'TimeoutException',
  message: 'no answer',
  count: 3,
  first: AT,
  last: LATER,
  frames: [
    { file: 'Cart.java', line: 7, function: 'cart.Cart.add', inApp: true },
    { file: 'Thread.java', line: null, function: 'java.lang.Thread.run', inApp: false },
  ],
  causes,
});

const piece = (id: string, kind: EvidenceKind, data: EvidenceData): Evidence => ({
  id,
  kind,
  source: `source of ${id}`,
  query: `query of ${id}`,
  window: WINDOW,
  service: 'cart',
  summary: `summary of ${id} at ${AT}`,
  data,
});

/** One piece of evidence of every kind. */
export const EVIDENCE: Evidence[] = [
  piece('A1', 'alert', { type: 'alert', alert }),
  piece('M1', 'metric', {
    type: 'series',
    metric: { __name__: 'http_requests_total', code: '500' },
    points: Array.from({ length: 60 }, (_unused, index) => [
      1_772_616_600 + index * 60,
      index < 30 ? 0 : 0.4,
    ]),
    signal: 'errors',
    unit: 'ratio',
    derived: 'error ratio',
    baseline: 0,
    peak: 0.4,
    onset: AT,
  }),
  piece('L1', 'log', {
    type: 'records',
    template: 'no stock for <*>',
    count: 40,
    baselineCount: 1,
    perMinute: [[1_772_618_400, 40]],
    records: [
      { timestamp: AT, service: 'cart', line: 'ERROR no stock for 7\n\tat Cart.add' },
      { timestamp: LATER, service: 'cart', line: 'ERROR no stock for 8' },
    ],
  }),
  piece('K1', 'stack', { type: 'frames', trace: trace([trace()]) }),
  piece('T1', 'trace', {
    type: 'spans',
    spans: [
      {
        traceId: 't',
        spanId: 's',
        service: 'cart',
        name: 'POST /cart',
        start: AT,
        durationMs: 12,
        status: 'ERROR',
      },
    ],
  }),
  piece('H1', 'health', {
    type: 'check',
    checks: [
      { timestamp: AT, service: 'cart', url: 'http://cart/health', status: 200, latencyMs: 4 },
      { timestamp: LATER, service: 'cart', url: 'http://cart/health', error: 'refused' },
    ],
  }),
  piece('C1', 'change', {
    type: 'change',
    change: {
      type: 'commit',
      sha: SHA,
      author: 'Ann',
      timestamp: AT,
      message: 'Count stock anew\n\nIt was wrong.',
      files: ['src/Cart.java'],
      diff: 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old\n+new\n same\n',
    },
  }),
  piece('C2', 'change', {
    type: 'change',
    change: { type: 'deploy', timestamp: AT, service: 'cart', commit: SHA, version: '1.2.3' },
  }),
  piece('C3', 'change', {
    type: 'change',
    change: { type: 'flag', timestamp: AT, name: 'new-stock', from: 'off', to: 'on' },
  }),
  piece('E1', 'event', {
    type: 'event',
    event: { timestamp: AT, source: 'calendar', title: 'Sale', body: 'all day' },
  }),
  piece('S1', 'source', {
    type: 'source',
    file: 'src/Cart.java',
    startLine: 5,
    lines: ['class Cart {', '  void add() {', '    stock.take();'],
    revision: SHA,
  }),
  piece('R1', 'runbook', { type: 'text', title: 'cart.md', text: '# Cart\nRestart it.' }),
  piece('P1', 'past', { type: 'text', title: 'before', text: 'it was the stock' }),
  piece('M2', 'metric', { type: 'series', metric: {}, points: [], onset: null }),
];

const cites: Cite[] = EVIDENCE.filter(({ id }) => id !== 'M2').map(({ id }) => ({
  id,
  ...(id === 'L1' ? { quote: 'no stock for 7' } : {}),
  ...(id === 'R1' ? { quote: 'Restart it.' } : {}),
  ...(id === 'M1' ? { value: 0.4, at: AT } : {}),
  ...(id === 'S1' ? { file: 'src/Cart.java', line: 7 } : {}),
}));
const statement = (text: string) => ({ text, cites: [{ id: 'X9' }, ...cites] });

/** What an investigation found, with something in every field. */
export const RESULT: Result = {
  schema: 'incident-result/v1',
  incident: {
    id: 'inc-0123456789',
    title: 'cart answers with errors',
    status: 'investigating',
    severity: 'critical',
    service: 'cart',
    alerts: [alert],
    detectedAt: LATER,
    acknowledgedAt: LATER,
    timeline: [
      { at: AT, what: 'cart departs from normal', cites },
      { at: LATER, what: 'ServerErrors fires', cites: [] },
    ],
  },
  triage: {
    service: 'cart',
    condition: 'failing',
    severity: 'critical',
    errorType: 'service_error',
    summary: `errors rose since ${AT}`,
    tags: ['errors'],
    indicators: [statement('errors rose'), statement('lines are new')],
    onsetAt: AT,
    firstFailingService: 'stock',
    blastRadius: ['shop', 'app'],
    nextChecks: [statement('look at stock')],
    cites,
  },
  investigation: {
    hypotheses: [
      {
        id: 'h1',
        statement: 'the commit broke it',
        category: 'code',
        status: 'supported',
        score: 0.7,
        supports: cites,
        contradicts: cites,
        test: 'run without it',
      },
    ],
    suspects: {
      services: [{ service: 'stock', metric: 'errors', score: 0.6, cites }],
      commits: [{ sha: SHA, score: 0.9, reasons: ['it is new'], cites }],
      locations: [{ file: 'Cart.java', line: 7, function: 'add', score: 0.5, cites }],
    },
    stackTraces: [trace()],
  },
  rootCause: {
    verdict: 'likely',
    confidence: 0.72,
    category: 'code',
    statement: 'a change broke cart',
    service: 'cart',
    commit: SHA,
    location: { file: 'src/Cart.java', line: 7 },
    remediation: 'rollback',
    nextSteps: [statement('roll back')],
    nextQuery: 'sum(rate(x[5m]))',
    alternatives: ['look elsewhere'],
    acquitted: [{ suspect: 'b'.repeat(40), why: 'only words changed', cites }],
    cites,
  },
  fix: {
    decision: 'open-pr',
    strategy: 'revert',
    diff: '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-new\n+old\n',
    files: ['src/Cart.java'],
    proof: [{ step: 'tests', ok: true, before: '1 failed', after: '0 failed', seconds: 2.5 }],
    guards: [{ id: 'size', ok: false, message: 'too large' }],
    risk: 'small',
    pullRequest: { url: 'https://code.example/pull/7', number: 7, branch: 'fix', draft: true },
    why: 'the commit is proven',
  },
  evidence: EVIDENCE,
  gaps: [{ source: 'loki', why: 'refused', hint: 'start it' }],
  model: {
    provider: 'ollama',
    name: 'mistral-nemo',
    calls: 2,
    inputTokens: 10,
    outputTokens: 20,
    droppedStatements: 1,
  },
  timings: { collectMs: 10, analyseMs: 20, modelMs: 5, totalMs: 35 },
};

export const SUMMARY: IncidentSummary = {
  id: 'inc-0123456789',
  title: 'cart answers with errors',
  status: 'investigating',
  severity: 'critical',
  service: 'cart',
  services: ['cart', 'shop'],
  alerts: { firing: 1, total: 2 },
  detectedAt: LATER,
  updatedAt: LATER,
  acknowledgedAt: LATER,
  acknowledgedBy: 'Ann',
  resolvedAt: null,
  isFlapping: true,
  mergedInto: null,
  revision: 7,
  verdict: { verdict: 'likely', confidence: 0.72, category: 'code', statement: 'a change' },
};

const effect = (state: EffectState['state'], id: number): EffectState => ({
  id,
  key: `key-${id}`,
  kind: 'notify',
  target: 'chat',
  state,
  attempts: 2,
  decidedAt: AT,
  settledAt: state === 'waiting' ? null : LATER,
  receipt: state === 'done' ? 'https://chat.example/message/1' : null,
  lastError: state === 'dead' ? 'channel not found' : null,
});

export const VIEW: IncidentView = {
  summary: SUMMARY,
  incident: RESULT.incident,
  result: RESULT,
  job: { state: 'dead', runs: 1, attempts: 5, dueAt: null, lastError: 'out of memory' },
  effects: [effect('done', 1), effect('dead', 2), effect('waiting', 3), effect('cancelled', 4)],
  similar: [{ id: 'inc-past', title: 'cart was slow', at: AT, score: 0.8, why: ['same service'] }],
};

export const LIST: IncidentList = {
  incidents: [
    SUMMARY,
    { ...SUMMARY, id: 'inc-over', status: 'resolved', resolvedAt: LATER, verdict: null },
  ],
  filter: { open: false, failed: false, service: 'cart' },
  isCut: true,
  deadEffects: [{ ...effect('dead', 9), incidentId: 'inc-0123456789' }],
};

/** Words that code switches on; they are checked when a result is read, so they cannot be foreign. */
const FIXED =
  /^(?:type|kind|status|state|severity|verdict|category|condition|remediation|decision|strategy|signal|unit|errorType|schema)$/;

/** The same with every text replaced but what code switches on; `keep` says which other keys stay. */
export function replaceTexts<T>(value: T, text: string, keep: RegExp = /^$/): T {
  const walk = (one: unknown, key: string): unknown => {
    if (typeof one === 'string') return FIXED.test(key) || keep.test(key) ? one : text;
    if (Array.isArray(one)) return one.map((inner) => walk(inner, key));
    if (typeof one !== 'object' || one === null) return one;
    const isLabels = /^(?:labels|annotations|metric)$/.test(key);
    return Object.fromEntries(
      Object.entries(one).map(([name, inner], index) =>
        isLabels ? [`${text}${index}`, text] : [name, walk(inner, name)],
      ),
    );
  };
  return walk(value, '') as T;
}
