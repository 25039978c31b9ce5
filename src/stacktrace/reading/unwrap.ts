import { parseTime } from '#src/domain/time.ts';

/** What a container runtime, a log shipper or a JSON logger wrapped a line in. */
export type Unwrapped = {
  text: string;
  /** Tells streams apart that share a file: stdout and stderr, process, thread. */
  stream: string;
  at: number | null;
  /** The runtime cut the line here and goes on in the next record. */
  isPartial: boolean;
  /** The JSON record, when the line is one. */
  fields: Readonly<Record<string, unknown>> | null;
};

const CRI = /^(\d{4}-\d\d-\d\dT[\d:.,+Z-]{8,30}) (stdout|stderr) ([FP])(?::[^ ]{0,20})? ?/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character begins a colour code
const ANSI = /\u001b\[[0-9;?]{0,24}[A-Za-z]/g;
/** Docker cuts lines at 16 KiB; a shorter line without a line break was trimmed by a shipper. */
const DOCKER_CUT = 16_000;
const MAX_JSON = 1 << 20;
const MAX_LAYERS = 3;

/** Takes the wrappers off one line: colours, rsyslog's escapes, CRI, Docker's JSON, journald, JSON loggers. */
export function unwrap(line: string): Unwrapped {
  let found: Unwrapped = {
    text: plain(line),
    stream: '',
    at: null,
    isPartial: false,
    fields: null,
  };
  for (let layer = 0; layer < MAX_LAYERS; layer += 1) {
    const inner = criLine(found.text) ?? syslogLine(found.text) ?? jsonLine(found.text);
    if (!inner) break;
    found = {
      ...inner,
      stream: found.stream + inner.stream,
      at: inner.at ?? found.at,
      isPartial: found.isPartial || inner.isPartial,
      fields: inner.fields ?? found.fields,
    };
    // A JSON record may be the message of another one.
    if (inner.fields && !inner.text.startsWith('{')) break;
  }
  return found;
}

/** The text without the codes that colour it on a terminal. */
export function withoutColours(text: string): string {
  return text.includes('\u001b') ? text.replace(ANSI, '') : text;
}

function plain(line: string): string {
  let text = withoutColours(line.endsWith('\r') ? line.slice(0, -1) : line);
  // rsyslog writes control characters as octal: `#011` a tab, `#012` a line break.
  if (text.includes('#011')) text = text.replaceAll('#011', '\t');
  if (text.includes('#012')) text = text.replaceAll('#012', '\n');
  return text;
}

function criLine(text: string): Unwrapped | null {
  const match = CRI.exec(text);
  if (!match) return null;
  return {
    text: text.slice(match[0].length),
    stream: match[2] ?? '',
    at: parseTime(match[1] ?? ''),
    isPartial: match[3] === 'P',
    fields: null,
  };
}

/** RFC 3164 and journald's `short` form: time, host, `program[pid]:`. */
const SYSLOG_3164 =
  /^(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|(\d{4}-\d\d-\d\dT[\d:.,+-]{8,30}Z?)) (\S{1,255} [\w./@-]{1,128}(?:\[\d{1,10}\])?): ?/;
/** RFC 5424: priority, version, time, host, program, pid, message id, structured data. */
const SYSLOG_5424 =
  /^<\d{1,3}>\d{1,2} (\S{1,64}) (\S{1,255} \S{1,48} \S{1,128}) \S{1,32} (?:-|(?:\[[^\]]{0,2000}\]){1,8}) ?\ufeff?/;

function syslogLine(text: string): Unwrapped | null {
  const match = SYSLOG_3164.exec(text) ?? SYSLOG_5424.exec(text);
  if (!match) return null;
  return {
    text: text.slice(match[0].length),
    stream: match[2] ?? '',
    at: match[1] === undefined ? null : parseTime(match[1]),
    isPartial: false,
    fields: null,
  };
}

function jsonLine(text: string): Unwrapped | null {
  const open = text.indexOf('{');
  const record = jsonObject(text, open);
  if (!record) return null;
  const front = text.slice(0, open);
  const { log, stream, time, MESSAGE } = record;
  if (typeof log === 'string' && (typeof stream === 'string' || typeof time === 'string')) {
    const isWhole = log.endsWith('\n');
    return {
      text: plain(isWhole ? log.slice(0, -1) : log),
      stream: typeof stream === 'string' ? stream : '',
      at: typeof time === 'string' ? parseTime(time) : null,
      isPartial: !isWhole && log.length >= DOCKER_CUT,
      fields: null,
    };
  }
  if (MESSAGE !== undefined) return journalLine(record);
  return {
    text: front + messageOf(record),
    stream: streamOf(record, [
      'pid',
      'thread',
      'thread_name',
      'threadName',
      'process',
      'hostname',
      'stream',
      'pod',
      'container',
    ]),
    at: null,
    isPartial: false,
    fields: record,
  };
}

/** An entry of `journalctl -o json`; a message that is not UTF-8 is an array of bytes. */
function journalLine(record: Readonly<Record<string, unknown>>): Unwrapped {
  const { MESSAGE: message, __REALTIME_TIMESTAMP: micros } = record;
  const bytes = Array.isArray(message) ? message.filter((byte) => typeof byte === 'number') : [];
  const millis = Math.floor(Number(micros) / 1000);
  return {
    text: plain(typeof message === 'string' ? message : Buffer.from(bytes).toString('utf8')),
    stream: streamOf(record, [
      '_PID',
      'SYSLOG_PID',
      'SYSLOG_IDENTIFIER',
      'CONTAINER_NAME',
      '_SYSTEMD_UNIT',
    ]),
    at: Number.isSafeInteger(millis) && millis > 0 ? millis : null,
    isPartial: false,
    fields: null,
  };
}

/** A JSON object that is the line, or that follows a prefix without braces. */
function jsonObject(text: string, open: number): Readonly<Record<string, unknown>> | null {
  if (text.length > MAX_JSON) return null;
  if (open < 0 || open > 200 || text[text.trimEnd().length - 1] !== '}') return null;
  if (!/^\{\s{0,8}"/.test(text.slice(open, open + 12))) return null;
  try {
    const value: unknown = JSON.parse(text.slice(open));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

const MESSAGE_KEYS = [
  'message',
  'msg',
  'log',
  'text',
  'body',
  'line',
  'event',
  '@m',
  'textPayload',
  'short_message',
];

/** The field of a JSON record that holds its message; null when there is none. */
export function messageKey(record: Readonly<Record<string, unknown>>): string | null {
  return MESSAGE_KEYS.find((key) => typeof record[key] === 'string') ?? null;
}

function messageOf(record: Readonly<Record<string, unknown>>): string {
  const value = record[messageKey(record) ?? ''];
  return typeof value === 'string' ? plain(value) : '';
}

function streamOf(record: Readonly<Record<string, unknown>>, keys: readonly string[]): string {
  const parts = keys
    .map((key) => record[key])
    .filter((value) => typeof value === 'string' || typeof value === 'number');
  return parts.join(' ').slice(0, 200);
}
