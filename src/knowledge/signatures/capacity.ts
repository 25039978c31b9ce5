import type { Signature } from '#src/knowledge/contract.ts';

/** Pools, queues, quotas and demand. */
export const CAPACITY: readonly Signature[] = [
  {
    id: 'pool-exhausted',
    title: 'connection or worker pool exhausted',
    category: 'infrastructure',
    remediation: 'scale',
    culprit: 'self',
    phrases: [
      {
        pattern:
          /(?:pool (?:is )?(?:exhausted|full|timeout|timed out)|connection pool|timeout (?:waiting|acquiring).{0,40}(?:connection|pool)|connection is not available, request timed out|queuepool limit|unable to (?:acquire|obtain|get).{0,30}connection|could not (?:get|obtain|acquire).{0,30}connection|no (?:free|available) (?:connection|worker|thread)|knex: timeout acquiring|acquireconnection|pool wait|bulkhead.{0,20}full|rejectedexecution|thread pool.{0,30}(?:full|exhaust|reject)|max(?:imum)? (?:number of )?(?:connections|workers|threads|clients)(?: reached)?|maxclients|worker_connections are not enough)/,
        weight: 0.9,
      },
    ],
    signals: [
      { facets: ['connections', 'threads'], direction: 'up', weight: 0.7 },
      { name: /pool|pending|waiting|in_use|checked_?out|acquire/, direction: 'up', weight: 0.6 },
    ],
    isSymptom: true,
    isEnvironmental: true,
    nextChecks: [
      'See who holds the connections and for how long (slow queries, leaks).',
      'Compare the pool size with the number of instances and the server’s limit.',
    ],
    reference:
      'Google SRE Book ch. 22; HikariCP "About pool sizing"; Nygard, Release It! (resource pools).',
  },
  {
    id: 'server-connection-limit',
    title: 'the database or server refuses more connections',
    category: 'infrastructure',
    remediation: 'scale',
    culprit: 'peer',
    phrases: [
      {
        pattern:
          /(?:too many (?:connections|clients)|remaining connection slots|max_connections|max number of clients reached|sorry, too many clients|connection limit exceeded|ora-00018|ora-12516|user .{0,60}has exceeded.{0,40}connections)/,
        weight: 1,
      },
    ],
    signals: [{ facets: ['connections'], direction: 'up', weight: 0.7 }],
    predicts: [
      {
        text: 'connections rise to the limit',
        signal: { facets: ['connections'], direction: 'up' },
      },
    ],
    isSymptom: true,
    isEnvironmental: true,
    nextChecks: ['Count the connections by client and state on the server.'],
    reference: 'PostgreSQL and MySQL manuals (connection limits); Google SRE Book ch. 22.',
  },
  {
    id: 'traffic-surge',
    title: 'more traffic than the service can take',
    category: 'traffic',
    remediation: 'scale',
    culprit: 'outside',
    phrases: [
      {
        pattern:
          /(?:overload(?:ed)?|load shed|shedding|too many requests in (?:flight|queue)|server (?:is )?busy|capacity (?:exceeded|reached)|concurrency limit|request queue (?:is )?full|backpressure|listen queue|somaxconn)/,
        weight: 0.5,
      },
    ],
    signals: [{ facets: ['request-rate'], direction: 'up', weight: 0.9 }],
    events: [
      {
        pattern:
          /\b(?:campaigns?|marketing|newsletters?|push notifications?|product launch|launch day|(?:flash|summer|winter|spring|pre)?.?sales?|black friday|cyber monday|on tv|tv (?:spot|show|ad)|televised|broadcast|on.?sale|promo(?:tion)?s?|press (?:release|coverage)|viral|front page|crawlers?|bots?|scrap(?:er|ing)|ddos|attack|load.?tests?|influencer|kick.?off|premiere)\b/,
        weight: 0.8,
      },
    ],
    predicts: [
      {
        text: 'requests rise before or with the harm',
        signal: { facets: ['request-rate'], direction: 'up' },
      },
    ],
    isSymptom: false,
    isEnvironmental: false,
    nextChecks: [
      'Split the traffic by route, client and user agent; compare with last week.',
      'Add instances or shed the least important load.',
    ],
    reference: 'Google SRE Book ch. 21–22 (overload); Nygard, Release It! (self-denial attacks).',
  },
  {
    id: 'queue-backlog',
    title: 'queue or consumer lag growing',
    category: 'infrastructure',
    remediation: 'scale',
    culprit: 'self',
    phrases: [
      {
        pattern:
          /(?:consumer (?:lag|group.{0,30}(?:rebalanc|lag))|queue (?:is )?(?:full|backlog|depth)|backlog|lag (?:is )?(?:growing|high|exceed)|max.?poll.?interval|commit.{0,20}failed.{0,40}rebalance|messages? (?:unacked|pending))/,
        weight: 0.6,
      },
    ],
    signals: [{ facets: ['queue'], direction: 'up', weight: 0.8 }],
    isSymptom: true,
    isEnvironmental: false,
    nextChecks: [
      'Compare the rates in and out; look for a message that fails again and again, or a consumer that stopped.',
    ],
    reference: 'AWS Builders’ Library "Avoiding insurmountable queue backlogs".',
  },
  {
    id: 'quota-reached',
    title: 'a quota or number range is used up',
    category: 'external',
    remediation: 'scale',
    culprit: 'outside',
    phrases: [
      {
        pattern:
          /(?:quota (?:has been )?(?:exceeded|reached|exhausted)|exceeded (?:your|the) (?:\w{1,20} )?quota|quotaexceeded|limitexceeded|service limit|resourceexhausted|resource_exhausted|insufficient.{0,20}capacity|integer out of range|nextval.{0,40}reached maximum|out of range value for column|duplicate entry '?(?:2147483647|4294967295)|plan limit|license (?:has )?(?:expired|limit|exceeded))/,
        weight: 0.9,
      },
    ],
    signals: [{ name: /quota/, weight: 0.8 }],
    events: [
      {
        pattern:
          /\b(?:quotas?|limit (?:was )?(?:reached|exceeded|increase)|licen[sc]es? (?:expir|limit|reached|seat|key|invalid))/,
        weight: 0.8,
      },
    ],
    isSymptom: false,
    isEnvironmental: true,
    nextChecks: [
      'Look at the use of the quota over time and who uses it.',
      'Ask for a higher quota, or reduce the use.',
    ],
    reference:
      'Google Cloud incident 20013 (quota of the identity service, 2020-12-14); danluu/post-mortems (integer overflow of ids).',
  },
];
