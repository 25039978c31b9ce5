import { describe, expect, it } from 'vitest';
import type { MetricClue } from '#src/changes/contract.ts';
import { symptomsOfText } from '#src/changes/seen/log-symptoms.ts';
import { symptomsOfMetric } from '#src/changes/seen/metric-symptoms.ts';
import { seenSymptoms } from '#src/changes/seen/seen-symptoms.ts';
import { termsOf } from '#src/changes/vocabulary.ts';

describe('symptomsOfText', () => {
  it.each([
    ["TypeError: Cannot read property 'x' of undefined", 'null-reference'],
    ["undefined method `name' for nil:NilClass", 'null-reference'],
    ["KeyError: 'region'", 'missing-key'],
    ['IndexError: list index out of range', 'bad-index'],
    ['json: cannot unmarshal string into Go struct field', 'parse-error'],
    ["ModuleNotFoundError: No module named 'x'", 'import-error'],
    ['java.lang.OutOfMemoryError: Java heap space', 'memory'],
    ['dial tcp 10.0.0.1:5432: connect: connection refused', 'dependency-errors'],
    ['lookup db on 10.0.0.10:53: no such host', 'network'],
    ['x509: certificate has expired or is not yet valid', 'tls'],
    ['FATAL: password authentication failed for user "app"', 'auth-failure'],
    ['HTTP 429 Too Many Requests', 'rate-limited'],
    ['context deadline exceeded', 'timeout'],
    ['too many open files', 'file-handles'],
    ['write /var/log/x: no space left on device', 'disk'],
    ['Deadlock found when trying to get lock', 'lock'],
    ['duplicate key value violates unique constraint "users_email_key"', 'data-conflict'],
    ['QueuePool limit of size 5 overflow 10 reached', 'connections'],
    ['Liveness probe failed: HTTP probe failed with statuscode: 503', 'crash'],
    ['Error creating bean with name', 'startup-failure'],
    ['RejectedExecutionException: Task rejected from ThreadPoolExecutor', 'threads'],
    ['consumer lag is 120000', 'queue'],
    ['relation "orders" does not exist', 'database'],
    ["can't compare offset-naive and offset-aware datetimes", 'date-error'],
    ["'ascii' codec can't encode character", 'encoding-error'],
  ])('%s says %s', (text, symptom) => expect(symptomsOfText(text)).toContain(symptom));

  it.each(['GET /health 200 3ms', 'order 4711 shipped', 'listening on :8080', 'user logged in'])(
    'finds nothing in "%s"',
    (text) => expect(symptomsOfText(text)).toEqual([]),
  );
});

describe('symptomsOfMetric', () => {
  const metric = (
    signal: MetricClue['signal'],
    direction: 'up' | 'down',
    name: string,
  ): MetricClue => ({
    ...{ service: 'api', signal, direction, name, at: null, weight: 1 },
  });
  it.each([
    [metric('errors', 'up', 'http_requests_total{status="500"}'), ['server-errors']],
    [metric('errors', 'up', 'http_requests_4xx'), ['client-errors']],
    [metric('errors', 'down', 'errors'), []],
    [metric('latency', 'up', 'p99'), ['latency']],
    [metric('traffic', 'down', 'rps'), ['traffic-down']],
    [metric('up', 'down', 'up'), ['crash']],
    [metric('saturation', 'up', 'process_open_fds'), ['file-handles']],
    [metric('saturation', 'up', 'jvm_memory_used_bytes'), ['memory']],
    [metric('saturation', 'up', 'hikaricp_connections_pending'), ['connections']],
    [metric('saturation', 'up', 'nodejs_eventloop_lag_seconds'), ['threads']],
    [metric('saturation', 'up', 'kafka_consumer_lag'), ['queue']],
    [metric('other', 'up', 'kube_pod_container_status_restarts_total'), ['crash']],
    [metric('dependency', 'down', 'dependency_up'), ['dependency-errors']],
  ])('%j', (clue, expected) => expect(symptomsOfMetric(clue)).toEqual(expected));
});

describe('seenSymptoms', () => {
  it('keeps the clearest sign of each and where it shows', () => {
    const seen = seenSymptoms({
      logs: [
        { text: 'request timed out', service: 'a', at: 1, weight: 0.3, id: 'L1' },
        { text: 'timed out waiting', service: 'b', at: 2, weight: 0.9, id: 'L2' },
      ],
      metrics: [],
    });
    const timeout = seen.find(({ symptom }) => symptom === 'timeout');
    expect(timeout?.weight).toBe(0.9);
    expect(timeout?.cite.id).toBe('L2');
    expect([...(timeout?.services ?? [])].sort()).toEqual(['a', 'b']);
  });
});

describe('termsOf', () => {
  it('gives names whole and in parts, without what names nothing', () => {
    const terms = termsOf(
      'ERROR failed to load orders.unit_price for 9f86d081884c7d65 at /api/v2/quotes',
    );
    expect([...terms.keys()]).toEqual(
      expect.arrayContaining(['orders.unit_price', 'unit_price', 'order', 'quotes', 'quote']),
    );
    for (const word of ['error', 'failed', '9f86d081884c7d65', 'the', 'api'])
      expect(terms.has(word)).toBe(false);
    expect(terms.get('unit_price')).toBeGreaterThan(terms.get('quotes') ?? 1);
  });
});
