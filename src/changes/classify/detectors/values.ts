import { type Concept, conceptOf } from '#src/changes/classify/concepts.ts';
import { type Detector, type Finding, findingOf } from '#src/changes/classify/finding.ts';
import type { MechanismId } from '#src/changes/classify/mechanisms.ts';
import { isQuietLine } from '#src/changes/classify/quiet.ts';
import type { ValueChange } from '#src/changes/classify/value-change.ts';
import { wordsOf } from '#src/changes/classify/words.ts';

/** What a smaller and a larger value of a concept do. */
const DIRECTIONS: Partial<Record<Concept, readonly [MechanismId, MechanismId]>> = {
  timeout: ['timeout-shorter', 'timeout-longer'],
  pool: ['pool-smaller', 'pool-larger'],
  // Connections that live shorter are opened more often; there are no fewer of them.
  'pool-lifetime': ['interval-shorter', 'interval-longer'],
  concurrency: ['pool-smaller', 'pool-larger'],
  replicas: ['resources-lower', 'resources-higher'],
  memory: ['resources-lower', 'resources-higher'],
  cpu: ['resources-lower', 'resources-higher'],
  disk: ['resources-lower', 'resources-higher'],
  retry: ['retry-removed', 'retry-added'],
  'retry-delay': ['retry-added', 'retry-removed'],
  cache: ['cache-shorter', 'cache-longer'],
  'session-expiry': ['auth-changed', 'auth-changed'],
  'rate-limit': ['rate-limit-tighter', 'rate-limit-looser'],
  queue: ['batch-smaller', 'limit-looser'],
  batch: ['batch-smaller', 'batch-larger'],
  interval: ['interval-shorter', 'interval-longer'],
  retention: ['retention-changed', 'retention-changed'],
  probe: ['probe-changed', 'probe-changed'],
  gc: ['runtime-tuned', 'runtime-tuned'],
  limit: ['limit-tighter', 'limit-looser'],
  // A higher floor lets less through.
  minimum: ['limit-looser', 'limit-tighter'],
};

/** What a change of a concept means when it has no direction. */
const UNDIRECTED: Partial<Record<Concept, MechanismId>> = {
  endpoint: 'endpoint-changed',
  route: 'routing-changed',
  tls: 'tls-changed',
  credential: 'credential-changed',
  permission: 'permission-changed',
  image: 'image-changed',
  command: 'command-changed',
  schedule: 'schedule-changed',
  'log-level': 'log-level',
  flag: 'flag-flipped',
  cache: 'setting-changed',
  retention: 'retention-changed',
  probe: 'probe-changed',
  gc: 'runtime-tuned',
  'session-expiry': 'auth-changed',
};

const SWITCH = /^(?:true|false|on|off|yes|no|enabled?|disabled?|0|1)$/i;
const ABSENT = /^(?:null|nil|none|undefined|never|unlimited|infinity|inf|-1)$/i;
const LEVELS = [
  'off',
  'fatal',
  'critical',
  'error',
  'warn',
  'warning',
  'notice',
  'info',
  'debug',
  'trace',
  'verbose',
  'all',
];

/**
 * Values that became smaller or larger, switches that were turned, names that point elsewhere: the
 * wrong parameters of Yin et al. (SOSP 2011) and the constant-value faults of Liu et al. (HotOS 2019).
 */
export const detectValues: Detector = function* ({ values }) {
  for (const value of values) {
    if (value.old && value.new && isQuietLine(value.old, value.new, value.file)) continue;
    yield* findingsOf(value);
  }
};

type Report = (mechanism: MechanismId, weight: number) => Finding;

function* findingsOf(value: ValueChange): Generator<Finding> {
  if (value.isSameAmount) return;
  if (isDiagnosticOnly(value)) {
    yield findingOf('setting-changed', 0.2, value.file, value.old, value.new);
    return;
  }
  // A name that says nothing, such as `bind` or `args`, leaves it to the words of the value.
  const concept =
    conceptOf(value.words, value.parents) ??
    (value.isConfig ? conceptOf(wordsOf(value.after).slice(0, 6)) : null);
  const at: Report = (mechanism, weight) =>
    findingOf(mechanism, Math.max(0, Math.min(1, weight)), value.file, value.old, value.new);
  if (isLevel(value.before) && isLevel(value.after) && !SWITCH.test(value.before)) {
    yield at('log-level', isLouder(value) ? 0.9 : 0.3);
  } else if (isSwitch(value, concept)) yield* switchFindings(concept, at);
  else if (value.quantities && value.quantities.before.unit !== value.quantities.after.unit) {
    // `30` became `30s`: whether that is the same depends on who reads it.
    yield at('unit-changed', 0.5);
  } else yield* amountFindings(value, concept, at);
}

/** Options that only tell more of a crash or of what the runtime does. */
const DIAGNOSTIC =
  /^-{1,2}(?:XX:[+-]?(?:HeapDump\w{0,40}|ExitOnOutOfMemoryError|CrashOnOutOfMemoryError|OnOutOfMemoryError|Print\w{0,40}|NativeMemoryTracking|UnlockDiagnosticVMOptions|ErrorFile|ShowCodeDetailsInExceptionMessages|FlightRecorder\w{0,40}|StartFlightRecording)\b.*|Xlog\b.*|verbose:gc|Xloggc\b.*|enable-source-maps|trace-(?:warnings|uncaught|deprecation)|stack-trace-limit\b.*|report-\w.*|heapsnapshot\b.*|abort-on-uncaught-exception)$/;

function isDiagnosticOnly({ before, after }: ValueChange): boolean {
  const [old, now] = [before, after].map((text) => text.split(/\s+/, 200));
  if (!old || !now) return false;
  const known = new Set(old);
  const kept = new Set(now);
  const fresh = now.filter((word) => !known.has(word));
  return (
    fresh.length > 0 &&
    fresh.every((word) => DIAGNOSTIC.test(word)) &&
    old.every((word) => word === '' || kept.has(word))
  );
}

function isLouder(value: ValueChange): boolean {
  return LEVELS.indexOf(value.after.toLowerCase()) > LEVELS.indexOf(value.before.toLowerCase());
}

/** Words for on and off; 0 and 1 only where the name does not count something. */
function isSwitch(value: ValueChange, concept: Concept | null): boolean {
  if (!SWITCH.test(value.before) || !SWITCH.test(value.after)) return false;
  const isNumber = /^[01]$/.test(value.after);
  if (isNumber && !value.isConfig && (concept === null || SWITCHED[concept] === undefined))
    return false;
  const counts = concept !== null && concept !== 'cache' && DIRECTIONS[concept] !== undefined;
  return !(value.quantities && counts);
}

function* amountFindings(
  value: ValueChange,
  concept: Concept | null,
  at: Report,
): Generator<Finding> {
  const direction = directionOf(value, concept);
  const pair = concept ? DIRECTIONS[concept] : undefined;
  const plain = concept ? UNDIRECTED[concept] : undefined;
  if (pair && direction !== 0) {
    yield at(direction < 0 ? pair[0] : pair[1], magnitude(value) * (value.isConfig ? 1 : 0.95));
    yield* unitFindings(value, at);
  } else if (pair && !value.quantities && /^\d/.test(value.after) && !value.isConfig) {
    // Computed before, fixed now: fewer is the likelier fault.
    yield at(pair[0], 0.55);
  } else if (value.after === 'unlimited' || value.before === 'unlimited') {
    // A bound of something that nobody bounds is no bound.
  } else if (plain && (value.isConfig || isNaming(value))) yield at(plain, 0.8);
  else {
    yield* unitFindings(value, at);
    if (value.quantities) yield at(value.isConfig ? 'setting-changed' : 'constant-changed', 0.6);
    else if (value.isConfig) yield at('setting-changed', 0.7);
  }
}

const SWITCHED: Partial<Record<Concept, MechanismId>> = {
  flag: 'flag-flipped',
  tls: 'tls-changed',
  permission: 'auth-changed',
  credential: 'auth-changed',
  'log-level': 'log-level',
};

function* switchFindings(concept: Concept | null, at: Report): Generator<Finding> {
  yield at((concept ? SWITCHED[concept] : undefined) ?? 'switch-flipped', 0.85);
  if (concept === 'cache') yield at('cache-removed', 0.5);
  if (concept === 'retry') yield at('retry-removed', 0.4);
  if (concept === 'pool') yield at('acquired-per-call', 0.3);
}

/** A factor that is the ratio of two units: seconds were taken for milliseconds, kilobytes for bytes. */
function* unitFindings(value: ValueChange, at: Report): Generator<Finding> {
  if (!value.quantities) return;
  const { before, after } = value.quantities;
  if (before.value <= 0 || after.value <= 0) return;
  const ratio = Math.max(before.value, after.value) / Math.min(before.value, after.value);
  if (
    [60, 1000, 1024, 3600, 60_000, 86_400, 1_000_000, 1024 ** 2].includes(
      Math.round(ratio * 1e6) / 1e6,
    )
  ) {
    yield at('unit-changed', 0.55);
  }
}

function directionOf(value: ValueChange, concept: Concept | null): -1 | 0 | 1 {
  // No limit at all is the largest one; a time-out of zero usually waits for ever.
  const unboundedBefore =
    ABSENT.test(value.before) || (value.before === '0' && concept === 'timeout');
  // Go's channel without a size has room for nothing.
  if (value.after === 'unlimited' && value.words.includes('chan')) return -1;
  const unboundedAfter = ABSENT.test(value.after) || (value.after === '0' && concept === 'timeout');
  if (unboundedBefore !== unboundedAfter) return unboundedAfter ? 1 : -1;
  if (!value.quantities) return 0;
  return value.quantities.after.value < value.quantities.before.value ? -1 : 1;
}

/** A value cut to a tenth says more than one cut by a tenth. */
function magnitude(value: ValueChange): number {
  if (!value.quantities) return 0.8;
  const { before, after } = value.quantities;
  if (before.value <= 0 || after.value <= 0) return 0.9;
  const doublings = Math.abs(Math.log2(after.value / before.value));
  return Math.min(1, 0.35 + 0.3 * doublings);
}

function isLevel(text: string): boolean {
  return LEVELS.includes(text.toLowerCase());
}

/** A string that names something: an address, a path, an image; not a sentence for people. */
function isNaming(value: ValueChange): boolean {
  return /^[^\s]{1,300}$/.test(value.before) && /^[^\s]{1,300}$/.test(value.after);
}
