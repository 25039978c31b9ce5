import type { Mechanism } from '#src/changes/classify/mechanisms.ts';

/**
 * What goes wrong with a library of a kind that moved to another version: it fails in what it is
 * for. Raemaekers, van Deursen, Visser (SCAM 2014) find breaking changes in a third of all releases
 * of Maven Central, minor and patch releases among them.
 */
export const LIBRARY_MECHANISMS = {
  'library-of-access': {
    says: 'moves a library of tokens, sessions or permissions to another version',
    symptoms: { 'auth-failure': 0.75, 'client-errors': 0.5, exception: 0.3, 'type-error': 0.25 },
    delayed: ['expiry'],
    risk: 0.35,
    kind: 'dependency',
  },
  'library-of-data': {
    says: 'moves a driver or mapper of a database or cache to another version',
    symptoms: {
      database: 0.6,
      connections: 0.6,
      lock: 0.3,
      timeout: 0.35,
      latency: 0.4,
      'dependency-errors': 0.4,
      'data-conflict': 0.3,
      'dependency-load': 0.3,
      'date-error': 0.2,
      'type-error': 0.3,
      memory: 0.2,
    },
    delayed: ['pool'],
    risk: 0.35,
    kind: 'dependency',
  },
  'library-of-calls': {
    says: 'moves a library that calls other services to another version',
    symptoms: {
      'dependency-errors': 0.55,
      timeout: 0.45,
      tls: 0.45,
      network: 0.4,
      connections: 0.35,
      'client-errors': 0.35,
      'file-handles': 0.3,
      'parse-error': 0.25,
    },
    delayed: ['pool'],
    risk: 0.35,
    kind: 'dependency',
  },
  'library-of-formats': {
    says: 'moves a library that reads, writes or checks data to another version',
    symptoms: {
      'parse-error': 0.75,
      'missing-key': 0.5,
      'encoding-error': 0.45,
      'date-error': 0.4,
      'type-error': 0.4,
      'wrong-data': 0.4,
      'client-errors': 0.4,
      'limit-exceeded': 0.2,
      cpu: 0.2,
    },
    delayed: [],
    risk: 0.35,
    kind: 'dependency',
  },
  'library-of-serving': {
    says: 'moves a server or web framework to another version',
    symptoms: {
      threads: 0.5,
      latency: 0.45,
      connections: 0.35,
      'client-errors': 0.35,
      'not-found': 0.3,
      'limit-exceeded': 0.4,
      'server-errors': 0.35,
      crash: 0.3,
      memory: 0.3,
    },
    delayed: ['load'],
    risk: 0.3,
    kind: 'dependency',
  },
  'library-of-messages': {
    says: 'moves a library of queues or jobs to another version',
    symptoms: {
      queue: 0.6,
      'missing-work': 0.6,
      'dependency-errors': 0.3,
      connections: 0.3,
      'parse-error': 0.2,
    },
    delayed: [],
    risk: 0.35,
    kind: 'dependency',
  },
  'library-of-media': {
    says: 'moves a library that works on pictures, documents or archives to another version',
    symptoms: {
      memory: 0.6,
      cpu: 0.6,
      latency: 0.5,
      crash: 0.45,
      disk: 0.25,
      'file-handles': 0.25,
    },
    delayed: ['load'],
    risk: 0.35,
    kind: 'dependency',
  },
} as const satisfies Record<string, Mechanism>;
