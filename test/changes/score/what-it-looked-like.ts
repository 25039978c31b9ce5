import type { MetricClue } from '#src/changes/contract.ts';

/** How some of the guilty changes looked from outside: the case's name, log lines, and metrics. */
export type Appearance = {
  name: string;
  logs: readonly string[];
  metrics: readonly Pick<MetricClue, 'signal' | 'direction' | 'name'>[];
};

const errors = { signal: 'errors', direction: 'up', name: 'http_server_errors_total' } as const;
const slow = { signal: 'latency', direction: 'up', name: 'request_duration_seconds_p99' } as const;
const memory = {
  signal: 'saturation',
  direction: 'up',
  name: 'container_memory_working_set_bytes',
} as const;
const cpu = {
  signal: 'saturation',
  direction: 'up',
  name: 'container_cpu_usage_seconds_total',
} as const;

export const APPEARANCES: readonly Appearance[] = [
  {
    name: 'python null check dropped',
    logs: ["AttributeError: 'NoneType' object has no attribute 'discount'"],
    metrics: [errors],
  },
  {
    name: 'typescript optional chaining dropped',
    logs: ["TypeError: Cannot read properties of undefined (reading 'address')"],
    metrics: [errors],
  },
  {
    name: 'java Optional unwrapped',
    logs: ['java.util.NoSuchElementException: No value present'],
    metrics: [errors],
  },
  {
    name: 'go error check dropped',
    logs: ['panic: runtime error: invalid memory address or nil pointer dereference'],
    metrics: [errors],
  },
  {
    name: 'ruby safe navigation dropped',
    logs: ["NoMethodError (undefined method `carrier' for nil:NilClass)"],
    metrics: [errors],
  },
  {
    name: 'go fatal in request path',
    logs: ['tenant: unknown host', 'container restarted, exit code 1'],
    metrics: [{ signal: 'up', direction: 'down', name: 'up' }],
  },
  {
    name: 'java new throw',
    logs: ['IllegalStateException: unsupported currency GBP'],
    metrics: [errors],
  },
  { name: 'unguarded division', logs: ['ZeroDivisionError: division by zero'], metrics: [errors] },
  {
    name: 'seconds and milliseconds',
    logs: [
      'Get "http://stock/items": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
    ],
    metrics: [errors],
  },
  {
    name: 'naive time',
    logs: ["TypeError: can't compare offset-naive and offset-aware datetimes"],
    metrics: [errors],
  },
  {
    name: 'encoding lost',
    logs: ["UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 14"],
    metrics: [errors],
  },
  {
    name: 'catastrophic regex',
    logs: [],
    metrics: [
      cpu,
      slow,
      { signal: 'saturation', direction: 'up', name: 'nodejs_eventloop_lag_seconds' },
    ],
  },
  {
    name: 'n plus one in django',
    logs: [],
    metrics: [slow, { signal: 'dependency', direction: 'up', name: 'db_queries_total' }],
  },
  {
    name: 'query in go loop',
    logs: ['slow request: 214 queries'],
    metrics: [slow, { signal: 'saturation', direction: 'up', name: 'pg_stat_activity_count' }],
  },
  {
    name: 'limit dropped from SQL',
    logs: [],
    metrics: [
      slow,
      memory,
      { signal: 'latency', direction: 'up', name: 'db_query_duration_seconds' },
    ],
  },
  {
    name: 'cache lookup dropped',
    logs: [],
    metrics: [
      slow,
      { signal: 'traffic', direction: 'up', name: 'mongodb_op_counters_total' },
      { signal: 'saturation', direction: 'up', name: 'mongodb_connections' },
    ],
  },
  {
    name: 'map never emptied',
    logs: ['FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory'],
    metrics: [memory],
  },
  {
    name: 'connection not released',
    logs: [
      'Error: timeout exceeded when trying to connect',
      'remaining connection slots are reserved',
    ],
    metrics: [{ signal: 'saturation', direction: 'up', name: 'pg_pool_waiting_count' }, slow],
  },
  {
    name: 'sync read on event loop',
    logs: [],
    metrics: [slow, { signal: 'saturation', direction: 'up', name: 'nodejs_eventloop_lag_p99' }],
  },
  {
    name: 'semaphore dropped',
    logs: ['429 Too Many Requests from origin', 'OSError: [Errno 24] Too many open files'],
    metrics: [memory],
  },
  {
    name: 'lock order',
    logs: ['watchdog: thread worker-3 blocked for 30 s waiting for lock'],
    metrics: [slow],
  },
  {
    name: 'http inside transaction',
    logs: ['QueuePool limit of size 5 overflow 10 reached, connection timed out'],
    metrics: [slow],
  },
  { name: 'circuit breaker dropped', logs: ['HTTP 503 from recommendations'], metrics: [errors] },
  { name: 'response key renamed', logs: ["KeyError: 'total_price'"], metrics: [errors] },
  {
    name: 'route renamed',
    logs: ['GET /v1/customers/8812 404'],
    metrics: [{ signal: 'errors', direction: 'up', name: 'http_requests_4xx' }],
  },
  {
    name: 'topic renamed',
    logs: ['UNKNOWN_TOPIC_OR_PARTITION: order-created'],
    metrics: [{ signal: 'traffic', direction: 'down', name: 'orders_consumed_total' }],
  },
  {
    name: 'jwt audience required',
    logs: ['JsonWebTokenError: jwt audience invalid'],
    metrics: [{ signal: 'errors', direction: 'up', name: 'http_401_total' }],
  },
  {
    name: 'env name changed',
    logs: ['connect ECONNREFUSED 127.0.0.1:5432', 'dbUrl is undefined'],
    metrics: [errors],
  },
  {
    name: 'env newly required',
    logs: ["KeyError: 'SIGNING_KEY'", 'worker failed to boot'],
    metrics: [{ signal: 'up', direction: 'down', name: 'up' }],
  },
  {
    name: 'validation added',
    logs: [
      'MethodArgumentNotValidException: Field error in object orderRequest on field phone: must not be null',
    ],
    metrics: [{ signal: 'errors', direction: 'up', name: 'http_400' }],
  },
  { name: 'yaml timeout', logs: ['ReadTimeoutException after 300ms'], metrics: [errors] },
  {
    name: 'properties pool',
    logs: ['HikariPool-1 - Connection is not available, request timed out after 30000ms'],
    metrics: [slow],
  },
  {
    name: 'k8s memory',
    logs: ['OOMKilled'],
    metrics: [
      { signal: 'up', direction: 'down', name: 'kube_pod_container_status_restarts_total' },
    ],
  },
  {
    name: 'nginx rate limit',
    logs: ['limiting requests, excess: 20.5 by zone "api"'],
    metrics: [{ signal: 'errors', direction: 'up', name: 'http_requests_total status 503' }],
  },
  { name: 'env endpoint', logs: ['getaddrinfo ENOTFOUND redis.prod.internal'], metrics: [errors] },
  {
    name: 'secret renamed',
    logs: ['Error: secret "api-database" not found', 'CreateContainerConfigError'],
    metrics: [{ signal: 'up', direction: 'down', name: 'up' }],
  },
  {
    name: 'tls version',
    logs: ['tls: client offered only unsupported versions'],
    metrics: [errors],
  },
  {
    name: 'cache ttl',
    logs: [],
    metrics: [slow, { signal: 'traffic', direction: 'up', name: 'catalog_db_queries' }],
  },
  {
    name: 'log level',
    logs: ['no space left on device'],
    metrics: [{ signal: 'saturation', direction: 'up', name: 'node_filesystem_used_bytes' }],
  },
  {
    name: 'npm major',
    logs: [
      'MongoServerError: unsupported option keepAlive',
      'TypeError: collection.update is not a function',
    ],
    metrics: [errors],
  },
  {
    name: 'migration drops column',
    logs: ['PG::UndefinedColumn: ERROR: column users.legacy_id does not exist'],
    metrics: [errors],
  },
  { name: 'migration locks', logs: ['canceling statement due to lock timeout'], metrics: [slow] },
  { name: 'bulk update', logs: ['balance mismatch: ledger 1200 account 120000'], metrics: [] },
  {
    name: 'start command',
    logs: [
      'ModuleNotFoundError: no module named gunicorn.app',
      'Back-off restarting failed container',
    ],
    metrics: [{ signal: 'up', direction: 'down', name: 'up' }],
  },
];
