import type { Symptom } from '#src/changes/classify/symptoms.ts';
import { wordsOf } from '#src/changes/classify/words.ts';
import type { MetricClue } from '#src/changes/contract.ts';

/** Words of series names and labels that say what is short or busy. First match wins for a saturation signal. */
const NAMED: readonly (readonly [Symptom, RegExp])[] = [
  ['rate-limited', / (?:429|throttled|throttle|throttling|ratelimit|rate limit|limited|rejected) /],
  ['auth-failure', / (?:401|403|unauthorized|forbidden|auth|login) /],
  ['not-found', / (?:404|not found) /],
  ['client-errors', / (?:4xx|400|422|409|413|client error|bad request) /],
  ['connections', / (?:pool|connections?|conns?|hikaricp|pending|idle|checkout|sockets?|clients) /],
  ['file-handles', / (?:fds?|file descriptors?|open files|handles) /],
  [
    'queue',
    / (?:queue|queued|backlog|depth|unacked|ready|dead letter|inflight|in flight|outstanding|mailbox|buffer|(?:consumer|group|partition|offset|replication|records) lag|lag max) /,
  ],
  ['lock', / (?:locks?|deadlocks?|blocked|contention|mutex|wait events?) /],
  [
    'threads',
    / (?:threads?|goroutines?|workers?|event ?loop|eventloop|executor|busy|fibers?|procs) /,
  ],
  ['disk', / (?:disk|filesystem|volume|inodes?|space|storage|avail|wal|segment) /],
  [
    'memory',
    / (?:memory|mem|heap|rss|gc|oom|resident|working set|swap|metaspace|allocated|bytes used|buffers) /,
  ],
  ['cpu', / (?:cpu|load|throttled periods|cfs|user seconds|utilization|run queue) /],
  [
    'database',
    / (?:query|queries|sql|statements?|rows|scan|scans|deadlocks?|transactions?|tuples|db|database|mongodb|mysql|postgres|pg) /,
  ],
  ['dependency-load', / (?:cache misses?|miss|misses|hit ratio|hits|evictions?|redis|memcached) /],
  ['log-volume', / (?:log|logs|log lines|log messages) /],
  ['tls', / (?:tls|ssl|certificate|cert|handshake) /],
];

/** Symptoms that a shifted metric shows. */
export function symptomsOfMetric(clue: MetricClue): Symptom[] {
  const text = ` ${wordsOf(clue.name).join(' ')} `;
  const named = NAMED.filter(([, pattern]) => pattern.test(text)).map(([symptom]) => symptom);
  switch (clue.signal) {
    case 'errors': {
      if (clue.direction === 'down') return [];
      const client = named.filter((symptom) =>
        /^(?:rate-limited|auth-failure|not-found|client-errors)$/.test(symptom),
      );
      if (/ timeouts? /.test(text)) return ['timeout', 'server-errors'];
      if (/ (?:exceptions?|panics?|crash|crashes) /.test(text))
        return ['exception', 'server-errors'];
      return client.length > 0 ? client : ['server-errors'];
    }
    case 'latency':
      if (clue.direction === 'down') return [];
      return named.includes('database') ? ['latency', 'database'] : ['latency'];
    case 'traffic':
      return [clue.direction === 'up' ? 'traffic-up' : 'traffic-down'];
    case 'up':
      return clue.direction === 'down' ? ['crash'] : [];
    case 'dependency':
      return clue.direction === 'down' || / (?:errors?|failures?|failed|up) /.test(text)
        ? ['dependency-errors']
        : ['dependency-load'];
    default: {
      if (/ restarts? /.test(text)) return ['crash'];
      return named.slice(0, 2);
    }
  }
}
