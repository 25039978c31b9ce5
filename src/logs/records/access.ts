import type { Fields, FieldValue } from './parsed-line.ts';

/** What a line says about one HTTP request. */
export type HttpAccess = {
  method: string | null;
  /** Path without the query, with ids replaced by `{}`. */
  route: string | null;
  status: number;
  latencyMs: number | null;
};

const REQUEST =
  /\b(GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS) "?(https?:\/\/[^\s/"]{1,255})?(\/[^\s"]{0,2000})(?: HTTP\/[\d.]{1,3})?"?/;
const STATUS_AFTER = /^[\s|:,-]{1,6}(?:status[ =:]{1,3})?([1-5]\d\d)(?!\d)/i;
const STATUS_NAMED = /\bstatus(?:[_ ]?code)?["']?[ =:]{1,3}([1-5]\d\d)(?!\d)/i;
const STATUS_BEFORE = /(?:^|[\s|])([1-5]\d\d)[\s|]{1,6}$/;
/** HAProxy's and load balancers': the status, a size and more before the request. */
const STATUS_FAR_BEFORE = /(?:^|\s)([1-5]\d\d) \d{1,12} \S/;
/** IIS's: status, sub-status, Windows' status and milliseconds at the end. */
const STATUS_AT_END = /\s([1-5]\d\d) \d{1,5} \d{1,10} (\d{1,9})\s{0,4}$/;
const LATENCY = /(?:^|[\s(=|"])(\d{1,9}(?:\.\d{1,9})?) ?(ns|us|µs|ms|s|sec|seconds)(?=$|[\s,;)|"])/;
const LATENCY_NAMED =
  /\b(?:request_time|rt|urt|upstream_response_time|response_time|duration|took|elapsed|time|latency)(_ms|Ms)?["']?[ =:]{1,3}"?(\d{1,9}(?:\.\d{1,9})?) ?(ns|us|µs|ms|s)?(?=$|[\s,;)|"])/i;
const TAIL_SECONDS = /\s"?(\d{1,4}\.\d{3,6})"?(?:\s"?[\d.-]{1,12}"?)?$/;

/** Reads a request from a line of any access log, or null when there is none. */
export function accessOfText(text: string): HttpAccess | null {
  const head = text.length > 4000 ? text.slice(0, 4000) : text;
  const request = REQUEST.exec(head);
  if (!request) return null;
  const after = head.slice(request.index + request[0].length);
  const before = head.slice(Math.max(0, request.index - 80), request.index);
  const status =
    STATUS_AFTER.exec(after)?.[1] ??
    STATUS_NAMED.exec(after)?.[1] ??
    beforeStatus(before) ??
    STATUS_AT_END.exec(after)?.[1];
  if (status === undefined) return null;
  return {
    method: request[1] as string,
    route: routeOf(request[3] as string),
    status: Number(status),
    latencyMs: latencyOf(after, before),
  };
}

/** `| 200 | 1.2ms | 10.0.0.1 | GET "/"`: the status stands some columns before the request. */
function beforeStatus(before: string): string | undefined {
  const columns = before.split('|');
  for (let i = columns.length - 1; i >= 0; i--) {
    const text = (columns[i] as string).trim();
    if (columns.length > 2 && /^[1-5]\d\d$/.test(text)) return text;
  }
  return STATUS_BEFORE.exec(before)?.[1] ?? STATUS_FAR_BEFORE.exec(before)?.[1];
}

function latencyOf(after: string, before: string): number | null {
  const named = LATENCY_NAMED.exec(after);
  if (named) return toMillis(Number(named[2]), named[3] ?? (named[1] ? 'ms' : 's'));
  const plain = LATENCY.exec(after) ?? LATENCY.exec(before);
  if (plain) return toMillis(Number(plain[1]), plain[2] as string);
  const atEnd = STATUS_AT_END.exec(after);
  if (atEnd) return Number(atEnd[2]);
  const tail = TAIL_SECONDS.exec(after);
  return tail ? toMillis(Number(tail[1]), 's') : null;
}

function toMillis(value: number, unit: string): number {
  if (unit === 'ns') return value / 1e6;
  if (unit === 'us' || unit === 'µs') return value / 1e3;
  return unit === 'ms' ? value : value * 1e3;
}

const STATUS_FIELDS = [
  'status',
  'statusCode',
  'status_code',
  'res.statusCode',
  'response.status',
  'http.status_code',
  'http.response.status_code',
  'http_status',
  'httpRequest.status',
  'code',
  'DownstreamStatus',
  'response_code',
  'attributes.http.status_code',
];
const METHOD_FIELDS = [
  'method',
  'req.method',
  'request.method',
  'http.method',
  'http.request.method',
  'http_method',
  'request_method',
  'httpRequest.requestMethod',
  'verb',
  'RequestMethod',
];
const PATH_FIELDS = [
  'route',
  'http.route',
  'path',
  'url',
  'uri',
  'req.url',
  'request.uri',
  'request.url',
  'http.target',
  'http.url',
  'url.path',
  'request_uri',
  'httpRequest.requestUrl',
  'RequestPath',
];
const MILLIS_FIELDS = [
  'responseTime',
  'response_time_ms',
  'duration_ms',
  'durationMs',
  'latency_ms',
  'latencyMs',
  'elapsed_ms',
  'elapsedMs',
  'took_ms',
  'http.response_time_ms',
  'time_ms',
  'ms',
];
const SECONDS_FIELDS = [
  'request_time',
  'duration',
  'latency',
  'elapsed',
  'response_time',
  'took',
  'httpRequest.latency',
  'upstream_response_time',
  'duration_s',
];

/** Reads a request from a structured record's fields, or null when it tells of none. */
export function accessOfFields(fields: Fields): HttpAccess | null {
  const status = Number(pick(fields, STATUS_FIELDS) ?? Number.NaN);
  if (!Number.isInteger(status) || status < 100 || status > 599) return null;
  const method = pick(fields, METHOD_FIELDS);
  const path = pick(fields, PATH_FIELDS);
  if (method === null && path === null) return null;
  return {
    method: method === null ? null : String(method).toUpperCase(),
    route: path === null ? null : routeOf(String(path).replace(/^https?:\/\/[^/]{1,255}/, '')),
    status,
    latencyMs: latencyOfFields(fields),
  };
}

function latencyOfFields(fields: Fields): number | null {
  const millis = pick(fields, MILLIS_FIELDS);
  if (millis !== null && Number.isFinite(Number(millis))) return Number(millis);
  const value = pick(fields, SECONDS_FIELDS);
  if (value === null) return null;
  if (typeof value === 'number' || /^\d+(?:\.\d+)?$/.test(String(value)))
    return Number(value) * 1000;
  const match = LATENCY.exec(String(value));
  return match ? toMillis(Number(match[1]), match[2] as string) : null;
}

function pick(fields: Fields, names: readonly string[]): FieldValue {
  for (const name of names) {
    const value = fields[name];
    if (value !== undefined && value !== null && value !== '') return value;
  }
  return null;
}

const ID_SEGMENT = /\d|^[A-Za-z0-9_-]{24,}$/;

/** `/v1/orders/17?x=1` → `/v1/orders/{}`: at most eight segments, ids blanked, the version kept. */
export function routeOf(path: string): string {
  const cut = path.search(/[?#;]/);
  const segments = (cut < 0 ? path : path.slice(0, cut)).split('/').slice(0, 9);
  return segments
    .map((segment) =>
      /^v\d{1,2}$/.test(segment) || !ID_SEGMENT.test(segment) ? segment.slice(0, 60) : '{}',
    )
    .join('/');
}
