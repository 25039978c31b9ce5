import type { Signature } from '#src/knowledge/contract.ts';

const HOST = '(?<peer>[a-z0-9][\\w.-]{1,120})';

/** Services, databases, caches and providers that are called. */
export const DEPENDENCIES: readonly Signature[] = [
  {
    id: 'dependency-down',
    title: 'a dependency does not accept connections',
    category: 'dependency',
    remediation: 'failover',
    culprit: 'peer',
    phrases: [
      { pattern: new RegExp(`econnrefused[^\\n]{0,40}?${HOST}`), weight: 0.9 },
      {
        pattern:
          /(?:econnrefused|connection refused|connect: connection refused|connectexception|could not connect to (?:server|redis|the)|failed to connect|no healthy upstream|upstream connect error|serverselectiontimeout|mongoserver(?:selection)?error|mongonetworkerror|no brokers? available|broker.{0,30}(?:not available|disconnected)|brokernotavailable|communications link failure|connection to .{0,60}(?:failed|lost|closed)|server closed the connection unexpectedly|terminating connection due to|not connected to|connection (?:was )?lost|redis.{0,30}(?:loading|connection)|clusterdown|all (?:shards|nodes) failed)/,
        weight: 0.8,
      },
    ],
    signals: [
      { facets: ['dependency-up'], direction: 'down', weight: 1 },
      { facets: ['up', 'presence'], direction: 'down', weight: 0.5 },
    ],
    isSymptom: true,
    isEnvironmental: true,
    nextChecks: [
      'Ask the dependency itself: is it running, since when, what do its logs say?',
      'Fail over to a replica where there is one.',
    ],
    reference: 'Google SRE Book ch. 22; Gunawi et al., SoCC 2016 (cross-service dependencies).',
  },
  {
    id: 'dependency-slow',
    title: 'a dependency answers late or not at all',
    category: 'dependency',
    remediation: 'wait-upstream',
    culprit: 'peer',
    phrases: [
      {
        pattern:
          /(?:timed? ?out|timeout|did(?: not|n't) (?:answer|respond|reply)|no response from|deadline.?exceeded|context deadline|etimedout|esockettimedout|socket hang up|read timeout|readtimeout|sockettimeoutexception|request aborted|gateway time-?out|upstream (?:request )?timeout|504)/,
        weight: 0.6,
      },
      {
        pattern:
          /(?:circuit.{0,20}(?:open|breaker)|hystrix|callnotpermitted|fallback (?:used|triggered|invoked))/,
        weight: 0.6,
      },
    ],
    signals: [{ facets: ['latency'], direction: 'up', weight: 0.5 }],
    isSymptom: true,
    isEnvironmental: true,
    nextChecks: [
      'Compare the latency that the caller sees with what the callee reports for itself.',
    ],
    reference: 'Google SRE Book ch. 22; Dean & Barroso, "The tail at scale", CACM 2013.',
  },
  {
    id: 'provider-slow',
    title: 'a third party answers late or not at all',
    category: 'external',
    remediation: 'wait-upstream',
    culprit: 'peer',
    phrases: [
      {
        pattern:
          /\b(?:provider|third.party|partner|vendor|external (?:api|service))\b.{0,80}(?:timed? ?out|timeout|did(?: not|n't) (?:answer|respond|reply)|no (?:answer|response|reply)|not responding|unreachable|unavailable|hung|deadline)/,
        weight: 0.75,
      },
      {
        pattern:
          /(?:timed? ?out|timeout|no (?:answer|response|reply)|gave up waiting|deadline).{0,60}\b(?:provider|third.party|partner|vendor|external (?:api|service))\b/,
        weight: 0.65,
      },
    ],
    signals: [],
    events: [
      {
        pattern:
          /\b(?:status ?page|provider|degraded|outage|investigating|elevated (?:error|latenc|rate)|partner|vendor|third.party)/,
        weight: 0.8,
      },
    ],
    isSymptom: false,
    isEnvironmental: true,
    nextChecks: [
      'Look at the provider’s status page and call it once by hand, with the time it takes.',
      'Shorten the time limit and serve cached or reduced answers until it is back.',
    ],
    reference:
      'Nygard, Release It! (slow responses, integration points); AWS Builders’ Library "Timeouts, retries and backoff with jitter".',
  },
  {
    id: 'provider-errors',
    title: 'an upstream answers with errors',
    category: 'external',
    remediation: 'wait-upstream',
    culprit: 'peer',
    phrases: [
      {
        pattern:
          /(?<peer>[a-z][\w.-]{2,60}) (?:answered|returned|responded|replied|gave)(?: with)?(?: http)?(?: status)?(?: code)? 5\d\d\b/,
        weight: 0.85,
      },
      {
        pattern:
          /(?:upstream|provider|third.party|external|partner|vendor|gateway|remote|api).{0,60}(?:returned|responded|answered|status|http|code)\D{0,20}5\d\d/,
        weight: 0.8,
      },
      {
        pattern:
          /(?:bad gateway|service unavailable|\b502\b|(?:got|received|status|code|error|http)\W{0,12}503\b|internal server error from|upstream (?:error|returned|responded)|5\d\d (?:server error|from))/,
        weight: 0.5,
      },
    ],
    signals: [],
    events: [
      {
        pattern:
          /\b(?:status ?page|provider|degraded|outage|incident|investigating|elevated (?:error|latenc|rate)|partner|vendor|third.party)/,
        weight: 0.8,
      },
    ],
    needsName: true,
    isSymptom: false,
    isEnvironmental: true,
    nextChecks: [
      'Look at the provider’s status page and call it once by hand.',
      'Serve cached or reduced answers until it is back.',
    ],
    reference:
      'danluu/post-mortems (third-party outages); AWS post-event summaries (Kinesis 2020, S3 2017).',
  },
  {
    id: 'rate-limited',
    title: 'an upstream limits the rate of calls',
    category: 'external',
    remediation: 'wait-upstream',
    culprit: 'peer',
    phrases: [
      {
        pattern:
          /(?:\b429\b|too many requests|rate.?limit(?:ed|ing)?|throttlingexception|throttled by|request limit exceeded|slowdown|slow down|toomanyrequests|retry.?after|provisionedthroughputexceeded|over_query_limit)/,
        weight: 0.95,
      },
    ],
    signals: [{ name: /\b429\b|rate.?limit|throttl/, direction: 'up', weight: 0.8 }],
    events: [
      {
        pattern:
          /\b(?:rate.?limit|throttl|quotas?|fair use|(?:api|usage|price|pricing|free|paid) plan)/,
        weight: 0.7,
      },
    ],
    isSymptom: false,
    isEnvironmental: true,
    nextChecks: [
      'Compare the rate of calls with the limit; see which caller or retry raised it.',
      'Back off with jitter, cache, or ask for a higher limit.',
    ],
    reference:
      'Stripe "Scaling your API with rate limiters"; AWS Builders’ Library "Timeouts, retries and backoff with jitter".',
  },
  {
    id: 'database-failover',
    title: 'database primary changed or became read-only',
    category: 'infrastructure',
    remediation: 'failover',
    culprit: 'peer',
    phrases: [
      {
        pattern:
          /(?:read-only transaction|read.only (?:mode|replica|database|sql)|cannot execute \w{1,20} in a read-only|readonly you can't write|is in read only mode|notwritableprimary|not master|not primary|notprimaryoscondary|notprimary|primarysteppeddown|no primary|stepped down|failover|fail-over|promoted|promotion|(?<![a-z])election|new (?:primary|leader|master)|leader (?:changed|election|not available)|not ?leader|the database system is (?:starting up|shutting down|in recovery)|recovery mode|--read-only|super-read-only)/,
        weight: 0.95,
      },
    ],
    signals: [{ name: /primary|replica.{0,20}role|in_recovery|is_master|leader/, weight: 0.7 }],
    events: [
      {
        pattern:
          /\b(?:fail.?over|promot(?:ed|ing|ion of)|(?:new|old|db|database) primary|primary (?:changed|lost|moved|node)|replica (?:promoted|lost|lag)|standby|multi-az|switch.?over|step(?:ped|ping)?.?down|(?:database|db|storage|postgres|mysql|cluster).{0,40}maintenance|maintenance.{0,40}(?:database|db|storage|postgres|mysql|cluster|instance))\b/,
        weight: 0.9,
      },
    ],
    isSymptom: false,
    isEnvironmental: true,
    nextChecks: [
      'Ask the database which node is primary, and whether clients still hold connections to the old one.',
    ],
    reference: 'GitHub post-incident analysis 2018-10-30; GitLab postmortem 2017-01-31.',
  },
  {
    id: 'replication-lag',
    title: 'replica lag: reads are stale',
    category: 'infrastructure',
    remediation: 'failover',
    culprit: 'peer',
    phrases: [
      {
        pattern:
          /(?:replication (?:lag|delay|slot|is behind)|replica.{0,40}(?:lag|behind|stale)|seconds_behind|stale read|canceling statement due to conflict with recovery|wal.{0,30}(?:lag|retained|removed))/,
        weight: 0.95,
      },
    ],
    signals: [
      {
        name: /replica.{0,20}(?:lag|delay)|seconds_behind|replay_lag|freshness/,
        direction: 'up',
        weight: 0.95,
      },
    ],
    isSymptom: false,
    isEnvironmental: true,
    nextChecks: [
      'Compare the lag of each replica with the write load; find the statement that blocks replay.',
    ],
    reference: 'GitLab postmortem 2017-01-31; GitHub post-incident analysis 2018-10-30.',
  },
  {
    id: 'lock-contention',
    title: 'lock contention or deadlocks in the database',
    category: 'infrastructure',
    remediation: 'none',
    culprit: 'peer',
    phrases: [
      {
        pattern:
          /(?:deadlock|lock wait timeout|could not obtain lock|lock timeout|locknottavailable|canceling statement due to (?:statement|lock) timeout|waiting for .{0,40}lock|could not serialize access|database is locked|writeconflict|row lock)/,
        weight: 0.8,
      },
    ],
    signals: [{ name: /lock|deadlock|blocked/, direction: 'up', weight: 0.8 }],
    isSymptom: false,
    isEnvironmental: true,
    nextChecks: [
      'List the blocking sessions and what they run (a migration, a batch, a forgotten transaction).',
    ],
    reference:
      'PostgreSQL manual ch. 13; postmortems on blocking migrations (danluu/post-mortems: databases).',
  },
  {
    id: 'cache-lost',
    title: 'cache lost or cold: the load falls on the store behind it',
    category: 'infrastructure',
    remediation: 'restart',
    culprit: 'peer',
    phrases: [
      {
        pattern:
          /(?:cache (?:miss|is cold|cold|warm|evict|flush|unavailable|node)|memcache.{0,40}(?:dead|marked|timeout|fail)|redis.{0,60}(?:restart|loading|evict|oom|maxmemory|failover|rdb)|oom command not allowed|loading the dataset in memory|stampede|thundering herd)/,
        weight: 0.8,
      },
    ],
    signals: [
      { facets: ['cache'], weight: 0.9 },
      {
        name: /(?:cache|redis|memcache).{0,40}(?:miss|evict)|hit.?(?:ratio|rate)|keyspace_misses/,
        weight: 0.8,
      },
    ],
    events: [{ pattern: /\b(?:cache|redis|memcached?|elasticache|valkey)\b/, weight: 0.7 }],
    isSymptom: false,
    isEnvironmental: true,
    nextChecks: [
      'Compare hits and misses, and the load on the store behind the cache.',
      'Warm the cache or limit concurrent misses.',
    ],
    reference:
      'Facebook outage 2010-09-23 (cache invalidation storm); Nishtala et al., NSDI 2013 (Memcache).',
  },
];
