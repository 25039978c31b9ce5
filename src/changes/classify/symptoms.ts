/**
 * What a failure looks like from outside, as far as logs and metrics can tell it apart. The list
 * follows the failure manifestations of Yuan et al. (OSDI 2014), Gunawi et al. (SoCC 2014, SoCC
 * 2016) and Ghosh et al. (SoCC 2022), and the golden signals of Google's SRE book, ch. 6.
 */
export const SYMPTOMS = [
  // What code does when it breaks.
  'crash',
  'startup-failure',
  'exception',
  'null-reference',
  'type-error',
  'missing-key',
  'bad-index',
  'arithmetic',
  'parse-error',
  'import-error',
  'version-conflict',
  'date-error',
  'encoding-error',
  'assertion',
  // What callers see.
  'server-errors',
  'client-errors',
  'not-found',
  'auth-failure',
  'rate-limited',
  'limit-exceeded',
  'timeout',
  'latency',
  'wrong-data',
  'stale-data',
  // What runs out.
  'cpu',
  'memory',
  'connections',
  'file-handles',
  'threads',
  'disk',
  'queue',
  'lock',
  // What lies around.
  'database',
  'data-conflict',
  'dependency-errors',
  'dependency-load',
  'wrong-target',
  'network',
  'tls',
  'traffic-up',
  'traffic-down',
  'missing-work',
  'log-volume',
] as const;
export type Symptom = (typeof SYMPTOMS)[number];

/** How likely each symptom is, 0..1; what is not named is not expected. */
export type SymptomWeights = Partial<Record<Symptom, number>>;

/** Why harm may begin long after a change went live. */
export type DelayedOnset =
  | 'leak'
  | 'pool'
  | 'cache'
  | 'disk'
  | 'schedule'
  | 'expiry'
  | 'growth'
  | 'load'
  | 'migration';

/**
 * A specific symptom also shows as these: a null reference is an exception, and where nobody
 * catches it, a server error.
 */
const SHOWS_AS: Partial<Record<Symptom, SymptomWeights>> = {
  'null-reference': { exception: 1, 'server-errors': 0.8 },
  'type-error': { exception: 1, 'server-errors': 0.8 },
  'missing-key': { exception: 1, 'server-errors': 0.7 },
  'bad-index': { exception: 1, 'server-errors': 0.8 },
  arithmetic: { exception: 0.8, 'server-errors': 0.6, 'wrong-data': 0.4 },
  'parse-error': { exception: 0.9, 'server-errors': 0.7, 'client-errors': 0.3 },
  'import-error': { exception: 0.9, 'startup-failure': 0.8, 'server-errors': 0.6 },
  'version-conflict': {
    exception: 0.8,
    'type-error': 0.6,
    'import-error': 0.5,
    'startup-failure': 0.5,
  },
  'date-error': { exception: 0.8, 'parse-error': 0.6, 'server-errors': 0.6, 'wrong-data': 0.3 },
  'encoding-error': { exception: 0.8, 'parse-error': 0.6, 'server-errors': 0.6 },
  assertion: { exception: 1, 'server-errors': 0.7 },
  exception: { 'server-errors': 0.8 },
  'startup-failure': { crash: 0.8, 'server-errors': 0.5, 'dependency-errors': 0.2 },
  crash: { 'server-errors': 0.6 },
  'not-found': { 'client-errors': 1 },
  'auth-failure': { 'client-errors': 0.7, 'server-errors': 0.3 },
  'rate-limited': { 'client-errors': 0.7, 'server-errors': 0.2 },
  'limit-exceeded': { 'client-errors': 0.8, exception: 0.5, 'server-errors': 0.4 },
  timeout: { latency: 0.7, 'server-errors': 0.7 },
  connections: { latency: 0.7, timeout: 0.6, 'server-errors': 0.7, queue: 0.6, threads: 0.5 },
  threads: { latency: 0.8, timeout: 0.5 },
  'file-handles': { 'server-errors': 0.6, exception: 0.6 },
  memory: { crash: 0.5, latency: 0.4 },
  disk: { 'server-errors': 0.5, exception: 0.5 },
  cpu: { latency: 0.7, timeout: 0.3 },
  queue: { latency: 0.5 },
  lock: { latency: 0.7, timeout: 0.6, database: 0.3 },
  database: { latency: 0.8, timeout: 0.4, 'dependency-load': 0.6 },
  'data-conflict': { exception: 0.8, 'server-errors': 0.7 },
  'dependency-errors': { 'server-errors': 0.7, exception: 0.5 },
  'dependency-load': { latency: 0.6 },
  'wrong-target': { 'dependency-errors': 0.6, exception: 0.7, 'server-errors': 0.8, database: 0.5 },
  network: { 'dependency-errors': 0.9, 'server-errors': 0.7 },
  tls: { 'dependency-errors': 0.7, network: 0.5, 'server-errors': 0.6 },
};

/** Symptoms together with what they show as; the likelier way wins. */
export function withConsequences(weights: SymptomWeights): SymptomWeights {
  const all: SymptomWeights = { ...weights };
  for (const symptom of SYMPTOMS) {
    const weight = weights[symptom];
    if (weight === undefined) continue;
    for (const [shown, share] of Object.entries(SHOWS_AS[symptom] ?? {})) {
      const name = shown as Symptom;
      all[name] = Math.max(all[name] ?? 0, weight * share);
    }
  }
  return all;
}

/** What a symptom shows as, each with how surely; nothing for one that is only a consequence. */
export function consequencesOf(symptom: Symptom): SymptomWeights {
  return SHOWS_AS[symptom] ?? {};
}
