import { snake } from '#src/metrics/classify/tokens.ts';
import type { Outcome } from '#src/metrics/contract.ts';

/**
 * gRPC codes that OpenTelemetry counts as errors of the server
 * (semantic conventions for gRPC, "status": UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL,
 * UNAVAILABLE, DATA_LOSS); the others are the caller's fault.
 */
const GRPC_SERVER = new Set(['2', '4', '12', '13', '14', '15']);
const GRPC_BY_NAME: Readonly<Record<string, Outcome>> = {
  ok: 'ok',
  unknown: 'server-error',
  deadlineexceeded: 'server-error',
  unimplemented: 'server-error',
  internal: 'server-error',
  unavailable: 'server-error',
  dataloss: 'server-error',
  aborted: 'server-error',
  resourceexhausted: 'client-error',
  canceled: 'client-error',
  cancelled: 'client-error',
  invalidargument: 'client-error',
  notfound: 'client-error',
  alreadyexists: 'client-error',
  permissiondenied: 'client-error',
  unauthenticated: 'client-error',
  failedprecondition: 'client-error',
  outofrange: 'client-error',
};

const BY_WORD: Readonly<Record<string, Outcome>> = {
  success: 'ok',
  successful: 'ok',
  succeeded: 'ok',
  ok: 'ok',
  accepted: 'ok',
  acked: 'ok',
  completed: 'ok',
  complete: 'ok',
  passed: 'ok',
  delivered: 'ok',
  redirection: 'ok',
  informational: 'ok',
  hit: 'ok',
  error: 'server-error',
  err: 'server-error',
  errored: 'server-error',
  errors: 'server-error',
  failure: 'server-error',
  failed: 'server-error',
  fail: 'server-error',
  fatal: 'server-error',
  servererror: 'server-error',
  timeout: 'server-error',
  timedout: 'server-error',
  exception: 'server-error',
  crashed: 'server-error',
  unavailable: 'server-error',
  nacked: 'server-error',
  dead: 'server-error',
  deadletter: 'server-error',
  clienterror: 'client-error',
  rejected: 'client-error',
  invalid: 'client-error',
  throttled: 'client-error',
};

/** Label keys (in snake case) that tell how a request ended. */
const STATUS_KEY =
  /^(?:.{1,24}_)?(?:status|statuscode|status_code|code|response_code|http_status|status_class|code_class|class|outcome|result|classification|grpc_code|grpc_status|reply_code|response_status)$/;
/** Labels that hold the name of an error and are empty (or `None`) for a success. */
const ERROR_KEY =
  /^(?:error|error_type|exception|exception_type|error_code|error_class|failure_reason)$/;
const NO_ERROR = new Set(['', 'none', 'null', 'nil', 'false', '0', 'ok', 'no', '-', 'noerror']);

/**
 * Reads one value of a status label.
 * @param grpc numbers are gRPC codes, not HTTP's
 * @returns null where the value says nothing
 */
export function outcomeOfValue(value: string, grpc = false): Outcome | null {
  const text = value.trim().toLowerCase();
  if (grpc && /^\d{1,2}$/.test(text)) {
    if (text === '0') return 'ok';
    return GRPC_SERVER.has(text) ? 'server-error' : 'client-error';
  }
  const http = /^([1-5])(?:xx|\d\d|\.\.|00s)$/.exec(text);
  if (http) {
    const digit = http[1];
    if (digit === '5') return 'server-error';
    return digit === '4' ? 'client-error' : 'ok';
  }
  const word = text.replace(/[^a-z]/g, '');
  if (grpc && GRPC_BY_NAME[word] !== undefined) return GRPC_BY_NAME[word];
  return BY_WORD[word] ?? GRPC_BY_NAME[word] ?? null;
}

/** True for a label key whose value tells how requests ended. */
export function isOutcomeKey(key: string): boolean {
  const name = snake(key);
  return STATUS_KEY.test(name) || ERROR_KEY.test(name);
}

/**
 * How the requests that a series counts ended, from whichever label tells it. The worst answer
 * wins: `status="200", error="timeout"` failed.
 */
export function outcomeOfLabels(labels: Readonly<Record<string, string>>): Outcome | null {
  let found: Outcome | null = null;
  for (const key in labels) {
    const name = snake(key);
    const value = labels[key] as string;
    let outcome: Outcome | null = null;
    if (ERROR_KEY.test(name)) outcome = outcomeOfError(name, value);
    else if (STATUS_KEY.test(name)) outcome = outcomeOfValue(value, name.includes('grpc'));
    if (outcome === null) continue;
    if (found === null || found === 'ok' || outcome === 'server-error') found = outcome;
  }
  return found;
}

function outcomeOfError(key: string, value: string): Outcome | null {
  const text = value.trim().toLowerCase();
  if (NO_ERROR.has(text)) return 'ok';
  if (text === 'true' || text === '1' || text === 'yes') return 'server-error';
  // OpenTelemetry writes the status code into `error.type`.
  return outcomeOfValue(text) ?? (key === '' ? null : 'server-error');
}

/** The HTTP status code that a series counts, as text, or null. */
export function statusCodeOf(labels: Readonly<Record<string, string>>): string | null {
  for (const key in labels) {
    const value = labels[key] as string;
    if (/^[1-5]\d\d$/.test(value) && STATUS_KEY.test(snake(key))) return value;
  }
  return null;
}
