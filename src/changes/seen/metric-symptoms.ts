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

/** Series of which less is worse. */
const SCARCE = / (?:avail|available|availability|free|idle|remaining|headroom|left|hits?|ratio) /;
/** Symptoms of something that runs out: more of it is the trouble, or less of what is left. */
const RUNS_OUT: ReadonlySet<Symptom> = new Set([
  'cpu',
  'memory',
  'connections',
  'file-handles',
  'threads',
  'disk',
  'queue',
  'lock',
  'rate-limited',
]);

/**
 * Symptoms that a shifted metric shows. `isDriven` says that the service does more work because of
 * who calls it, while they are asked no more than before: then more traffic is load.
 */
export function symptomsOfMetric(clue: MetricClue, isDriven = false): Symptom[] {
  const text = ` ${wordsOf(clue.name).join(' ')} `;
  const named = NAMED.filter(([, pattern]) => pattern.test(text)).map(([symptom]) => symptom);
  switch (clue.signal) {
    case 'errors':
      if (clue.direction === 'down') return [];
      return clue.measures === 'client-error-ratio'
        ? refusedSymptoms(named)
        : errorSymptoms(text, named);
    case 'latency':
      if (clue.direction === 'down') return [];
      return named.includes('database') ? ['latency', 'database'] : ['latency'];
    case 'traffic': {
      if (clue.direction === 'down') return ['traffic-down'];
      if (named.includes('database')) return ['dependency-load', 'database'];
      return [isDriven ? 'dependency-load' : 'traffic-up'];
    }
    case 'up':
      return clue.direction === 'down' ? ['crash'] : [];
    case 'dependency':
      return clue.direction === 'down' || / (?:errors?|failures?|failed|up) /.test(text)
        ? ['dependency-errors']
        : ['dependency-load'];
    default:
      return shortageSymptoms(clue, text, named);
  }
}

/** What runs out or is busy. */
function shortageSymptoms(clue: MetricClue, text: string, named: readonly Symptom[]): Symptom[] {
  if (/ restarts? /.test(text) || clue.measures === 'restart') return ['crash'];
  const measured = MEASURED[clue.measures ?? ''];
  const all = [...new Set(measured ? [measured, ...named] : named)];
  const isWorse = SCARCE.test(text) === (clue.direction === 'down');
  return all.filter((symptom) => isWorse || !RUNS_OUT.has(symptom)).slice(0, 2);
}

/** Requests that were refused: by what the series speaks of, else just refused. */
function refusedSymptoms(named: readonly Symptom[]): Symptom[] {
  const told = named.filter((symptom) => REFUSED.has(symptom));
  return told.length > 0 ? told : ['client-errors'];
}

const REFUSED: ReadonlySet<Symptom> = new Set(['rate-limited', 'auth-failure', 'not-found']);

/** What a series measures as a symptom of its own. */
const MEASURED: Readonly<Record<string, Symptom | undefined>> = {
  connections: 'connections',
  threads: 'threads',
  'file-descriptors': 'file-handles',
  memory: 'memory',
  gc: 'memory',
  cpu: 'cpu',
  throttling: 'cpu',
  disk: 'disk',
  queue: 'queue',
};

function errorSymptoms(text: string, named: readonly Symptom[]): Symptom[] {
  if (/ timeouts? /.test(text)) return ['timeout', 'server-errors'];
  if (/ (?:exceptions?|panics?|crash|crashes) /.test(text)) return ['exception', 'server-errors'];
  const client = named.filter((symptom) =>
    /^(?:rate-limited|auth-failure|not-found|client-errors)$/.test(symptom),
  );
  return client.length > 0 ? client : ['server-errors'];
}
