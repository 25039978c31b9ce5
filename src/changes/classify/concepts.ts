/** What a named value controls, by the words of its name and of what holds it. */
export type Concept =
  | 'probe'
  | 'retry-delay'
  | 'retry'
  | 'session-expiry'
  | 'rate-limit'
  | 'cache'
  | 'timeout'
  | 'pool'
  | 'pool-lifetime'
  | 'gc'
  | 'memory'
  | 'cpu'
  | 'disk'
  | 'replicas'
  | 'concurrency'
  | 'batch'
  | 'queue'
  | 'retention'
  | 'schedule'
  | 'interval'
  | 'log-level'
  | 'tls'
  | 'credential'
  | 'image'
  | 'command'
  | 'route'
  | 'endpoint'
  | 'permission'
  | 'flag'
  | 'minimum'
  | 'limit';

// First match wins: the specific before the general. Words stand between blanks, in lower case.
const CONCEPTS: readonly (readonly [Concept, RegExp])[] = [
  [
    'pool-lifetime',
    / (?:max lifetime|connection lifetime|conn lifetime|conn max lifetime|max idle time|conn max idle time|pool recycle|max age seconds|max connection age|connection max age) /,
  ],
  [
    'probe',
    / (?:liveness|readiness|startup|probe|healthcheck|health check|initial delay|failure threshold|success threshold|unhealthy threshold|healthy threshold|termination grace|grace period|pre stop|max unavailable|max surge|drain|deregistration|shutdown|graceful) /,
  ],
  [
    'retry-delay',
    / (?:backoff|back off|jitter|(?:retry|retries|reconnect|redelivery) (?:\w+ )?(?:delay|interval|wait|after|period|timeout|sleep|ms|seconds)) /,
  ],
  [
    'retry',
    / (?:retry|retries|retrying|attempts?|tries|redeliver|redeliveries|requeue|reconnects?|max attempts|num retries) /,
  ],
  [
    'session-expiry',
    / (?:token|session|jwt|cookie|refresh|otp|password|key|cert|signed url|url) (?:\w+ )?(?:ttl|expiry|expires?|expiration|lifetime|max age|valid|validity|timeout|age|duration)(?: \w+)? /,
  ],
  [
    'rate-limit',
    / (?:rate limits?|rate limiter|ratelimit|ratelimiter|limiter|rps|qps|tps|requests per|req per|per second|per minute|per sec|throttle|throttling|limit req|burst|rate|quota|tokens per) /,
  ],
  [
    'cache',
    / (?:cache|caches|cached|caching|memo|memoize|memoized|lru|ttl|max age|maxage|lifetime|expires?|expiry|expiration|expire after|evict|eviction|stale|revalidate|s maxage) /,
  ],
  [
    'timeout',
    / (?:timeouts?|deadline|time out|timelimit|time limit|max wait|wait time|wait timeout|await|max time|keepalive|keep alive|lease|linger|patience|max execution time|max duration) /,
  ],
  [
    'pool',
    / (?:pool|pools|pool size|conns?|connections?|max conns?|max connections?|max clients|max open|max idle|min idle|idle conns?|max active|max overflow|max sockets|maxclients|overflow) /,
  ],
  [
    'gc',
    / (?:gc|gogc|garbage|g1|zgc|shenandoah|new ratio|newsize|jit|survivor|semi space|tiered|compaction|nursery) /,
  ],
  [
    'memory',
    / (?:memory|mem|heap|xmx|xms|old space|max old|metaspace|ram|stack size|work mem|shared buffers|buffer pool|maxmemory|direct memory) /,
  ],
  ['cpu', / (?:cpu|cpus|cores|vcpu|gomaxprocs|millicores|nproc) /],
  ['disk', / (?:storage|disk|volume|ephemeral storage|volume size|iops) /],
  [
    'replicas',
    / (?:replicas?|replica count|instances?|instance count|min instances|max instances|desired count|desired capacity|scale|autoscaling|min replicas|max replicas|num nodes|node count|utilization) /,
  ],
  [
    'concurrency',
    / (?:workers?|threads?|concurrency|concurrent|parallel|parallelism|processes|procs|max procs|prefetch|executors?|goroutines|in flight|inflight|semaphore|permits|max jobs|consumers) /,
  ],
  [
    'batch',
    / (?:batch|batches|batch size|chunk|chunks|chunk size|page size|per page|pagesize|fetch size|bulk|max poll records|max records|page limit) /,
  ],
  [
    'queue',
    / (?:queue|queues|backlog|somaxconn|buffer|buffers|buffer size|channel size|chan|capacity|high water|low water|watermark|max pending|depth|max length) /,
  ],
  [
    'retention',
    / (?:retention|retain|keep|keep last|rotate|rotation|backup count|max history|max files|max backups|history limit|log size|max size mb|purge|cleanup|vacuum|archive) /,
  ],
  ['schedule', / (?:cron|crontab|schedule|scheduled|on calendar|run at|daily|nightly|hourly) /],
  [
    'interval',
    / (?:interval|intervals|period|poll|polling|every|frequency|freq|refresh|heartbeat|scrape|tick|ticker|flush|sleep|delay|fixed rate|fixed delay|debounce|cooldown|window) /,
  ],
  [
    'log-level',
    / (?:log level|loglevel|logging|log|verbosity|verbose|debug|trace|level|root level|log lvl) /,
  ],
  [
    'tls',
    / (?:tls|ssl|cert|certs|certificate|certificates|ca|cacert|verify|cipher|ciphers|mtls|truststore|keystore|trust store|key store|insecure|sslmode|sni|min version|protocols) /,
  ],
  [
    'credential',
    / (?:secret|secrets|secret name|secret ref|secret key|password|passwd|pwd|credential|credentials|api key|apikey|private key|access key|client id|client secret|username|user|token|auth token) /,
  ],
  ['image', / (?:image|tag|image tag|digest) /],
  ['command', / (?:command|cmd|args|entrypoint|exec start|execstart|start script|main class|run) /],
  [
    'route',
    / (?:path|paths|route|routes|prefix|path prefix|location|rewrite|redirect|proxy pass|backend|backends|weight|subset|destination|match|ingress|upstream|service name|target port|balance|balancing|lb policy|affinity) /,
  ],
  [
    'endpoint',
    / (?:host|hosts|hostname|url|urls|uri|endpoint|endpoints|addr|address|port|ports|dsn|domain|brokers?|bootstrap servers|servers?|nameserver|resolver|dns|region|zone|bucket|cluster|namespace|db|database|topic|exchange|stream|connection string|base url|proxy|registry) /,
  ],
  [
    'permission',
    / (?:role|roles|permission|permissions|policy|policies|acl|acls|scope|scopes|rbac|privilege|privileged|run as|run as user|service account|service account name|iam|allow|allowed|deny|denied|cors|origin|origins|whitelist|allowlist|audience|issuer|principal|verbs|cidr|firewall|security group|actions?|effect|grants?|principals) /,
  ],
  [
    'flag',
    / (?:feature|features|flag|flags|toggle|toggles|experiment|experiments|rollout|rollouts|variant|beta|canary|percentage|percent|use new|new|enable|enabled|enables|disable|disabled|is enabled|active|on|off|legacy|v2) /,
  ],
  ['minimum', / (?:min|minimum|floor|at least|lower) /],
  [
    'limit',
    / (?:limit|limits|max|maximum|cap|threshold|upper|ceiling|bound|size|length|allowed|most|count|total|budget|nofile|ulimit) /,
  ],
];

const GENERAL: ReadonlySet<Concept> = new Set([
  'limit',
  'minimum',
  'flag',
  'interval',
  'log-level',
]);

/**
 * What a value controls. The nearest words (its own name) decide; where they only say `max` or
 * `size`, what holds it does.
 */
export function conceptOf(own: readonly string[], parents: readonly string[] = []): Concept | null {
  const near = match(own.slice(-4));
  if (near && TIMED.has(near) && match(parents.slice(-3)) === 'probe') return 'probe';
  if (near && !GENERAL.has(near)) return near;
  const wide = match([...parents.slice(-2), ...own]) ?? match([...parents, ...own].slice(-10));
  if (near && (!wide || GENERAL.has(wide))) return near;
  return wide;
}

/** What a health check has numbers for. */
const TIMED: ReadonlySet<Concept> = new Set(['timeout', 'interval', 'retry', 'limit', 'minimum']);

/** Words that are written together: `maxconn`, `poolsize`, `timeoutms`. */
const GLUED =
  /^(max|min|num|total|default)?(conns?|connections?|pool|clients?|open|idle|active|threads?|workers?|queue|batch|heap|memory|retry|retries|attempts|timeout|wait|age|length|replicas|rate|requests|buffer|cache|poll|records|sockets?|keepalive|read|write|connect|backlog|chunk|page|stack|ttl|interval|delay|body|file|message)(size|timeout|limit|count|ms|secs?|seconds|interval|ttl|bytes)?$/;

function unglued(word: string): string {
  const [, head = '', stem = '', tail = ''] = GLUED.exec(word) ?? [];
  return stem === '' ? word : [head, stem, tail].filter((part) => part !== '').join(' ');
}

function match(words: readonly string[]): Concept | null {
  const text = ` ${words.join(' ')}  ${words.map(unglued).join(' ')} `;
  return CONCEPTS.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}
