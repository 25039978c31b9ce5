import type { Mechanism } from '#src/changes/classify/mechanisms.ts';

/**
 * Mechanisms of what is kept: caches and what they are asked by, and what is taken away in time or
 * piles up. Yuan et al. (OSDI 2014) find clean-up among what is tested least.
 */
export const KEEPING_MECHANISMS = {
  // AWS Builders' Library, "Caching challenges and strategies"; Huang et al., "Metastable failures
  // in the wild" (OSDI 2022).
  'cache-removed': {
    says: 'no longer uses a cache',
    symptoms: {
      'dependency-load': 0.85,
      latency: 0.8,
      database: 0.75,
      cpu: 0.5,
      'rate-limited': 0.4,
      connections: 0.4,
      timeout: 0.4,
    },
    delayed: ['load'],
    risk: 0.65,
    kind: 'code',
  },
  'cache-key-changed': {
    says: 'changes the key of a cache',
    symptoms: {
      'dependency-load': 0.7,
      latency: 0.65,
      database: 0.6,
      'wrong-data': 0.5,
      memory: 0.4,
      'stale-data': 0.3,
    },
    delayed: ['cache'],
    risk: 0.6,
    kind: 'code',
  },
  'cache-shorter': {
    says: 'lets cached values live shorter or the cache be smaller',
    symptoms: {
      'dependency-load': 0.8,
      latency: 0.7,
      database: 0.7,
      'rate-limited': 0.4,
      cpu: 0.35,
      connections: 0.3,
    },
    delayed: ['cache', 'load'],
    risk: 0.55,
    kind: 'configuration',
  },
  'cache-longer': {
    says: 'lets cached values live longer or the cache be larger',
    symptoms: { 'stale-data': 0.85, memory: 0.6, 'wrong-data': 0.4, 'auth-failure': 0.15 },
    delayed: ['cache', 'leak'],
    risk: 0.4,
    kind: 'configuration',
  },
  'cache-added': {
    says: 'answers from a cache what was fresh before',
    symptoms: { 'stale-data': 0.8, memory: 0.6, 'wrong-data': 0.5, 'auth-failure': 0.1 },
    delayed: ['cache', 'leak'],
    risk: 0.35,
    kind: 'code',
  },
  'identity-changed': {
    says: 'changes when two values count as the same',
    symptoms: {
      'dependency-load': 0.75,
      database: 0.65,
      connections: 0.45,
      latency: 0.5,
      memory: 0.45,
      'wrong-data': 0.5,
      'data-conflict': 0.5,
      'stale-data': 0.3,
      cpu: 0.3,
    },
    delayed: ['cache', 'growth'],
    risk: 0.55,
    kind: 'code',
  },
  'cleanup-skipped': {
    says: 'no longer takes away, or not always, what was stored',
    symptoms: {
      disk: 0.85,
      memory: 0.3,
      'file-handles': 0.2,
      database: 0.25,
      queue: 0.25,
      'stale-data': 0.3,
    },
    delayed: ['disk', 'growth'],
    risk: 0.55,
    kind: 'code',
  },
  'unbounded-growth': {
    says: 'keeps things in memory without ever letting go',
    symptoms: { memory: 0.95, crash: 0.5, latency: 0.45, cpu: 0.35 },
    delayed: ['leak'],
    risk: 0.65,
    kind: 'code',
  },
} as const satisfies Record<string, Mechanism>;
