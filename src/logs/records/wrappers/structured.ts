import { type Level, levelOf, levelOfLetter, levelOfNumber } from '#src/logs/records/level.ts';
import type { Fields, FieldValue } from '#src/logs/records/parsed-line.ts';
import { firstOf, textOf } from './json-fields.ts';

/**
 * Names under which loggers write the same thing: pino, bunyan, winston, zap, zerolog, logrus, structlog,
 * python-json-logger, Serilog, logstash encoders, ECS, OpenTelemetry, and the clouds' own.
 */
const MESSAGE = [
  'msg',
  'message',
  'MESSAGE',
  'Message',
  '@m',
  '@message',
  'Body',
  'body',
  'body.stringValue',
  'body.string_value',
  'log.message',
  'textPayload',
  'jsonPayload.message',
  'event.original',
  'short_message',
  'RenderedMessage',
  '@mt',
  'MessageTemplate',
  'text',
];
const EVENT = [
  'event',
  'event_name',
  'eventName',
  'event.action',
  'action',
  'operation',
  'op',
  'type',
  'kind',
  'name',
  'log',
  'error',
  'err',
];
const TIME = [
  'time',
  'ts',
  'timestamp',
  '@timestamp',
  'Timestamp',
  '@t',
  't.$date',
  't',
  'asctime',
  'date',
  'datetime',
  'eventTime',
  'event.created',
  'logged_at',
  'created',
  'Time',
  'TimeGenerated',
  'timeUnixNano',
  'observedTimeUnixNano',
  'timeMillis',
  'instant.epochMillis',
];
const LEVEL = [
  'level',
  'severity',
  'lvl',
  'log.level',
  'levelname',
  'Level',
  '@l',
  's',
  'severityText',
  'SeverityText',
  'severity_text',
  'loglevel',
  'log_level',
  'priority',
  'PRIORITY',
  'level_name',
  'severityNumber',
];
const SERVICE = [
  'service.name',
  'service',
  'serviceName',
  'service_name',
  'resource.service.name',
  'resource.attributes.service.name',
  'app',
  'application',
  'app_name',
  'appname',
  'component',
  'container_name',
  'kubernetes.container_name',
  'kubernetes.labels.app',
  'k8s.container.name',
  'k8s.deployment.name',
];
const STACK = [
  'stack',
  'stack_trace',
  'stacktrace',
  'stackTrace',
  'err.stack',
  'error.stack',
  'error.stack_trace',
  'exception',
  'exception.stacktrace',
  'attributes.exception.stacktrace',
  'exc_info',
  'exc_text',
  'thrown.extendedStackTrace',
  'errorVerbose',
  'error.stacktrace',
  '@x',
  'Exception',
  'traceback',
  'error.details',
  'reason.stack',
  'cause.stack',
];

export type Structured = {
  message: string;
  /** The time as the field holds it. */
  time: FieldValue;
  level: Level | null;
  service: string | null;
  /** A stack trace in a field of its own, with real line breaks. */
  stack: string | null;
};

/** What a record of fields says; null when nothing in it looks like a log record. */
export function readStructured(fields: Fields): Structured {
  const time = firstOf(fields, TIME);
  const level = readLevel(firstOf(fields, LEVEL));
  const own = textOf(fields, MESSAGE);
  const message = own ?? textOf(fields, EVENT) ?? pairs(fields);
  const stack = textOf(fields, STACK);
  return {
    message,
    time,
    level,
    service: textOf(fields, SERVICE),
    stack: stack?.includes('\n') ? stack : null,
  };
}

function readLevel(value: FieldValue): Level | null {
  if (typeof value === 'number') return levelOfNumber(value);
  if (typeof value !== 'string') return null;
  if (/^\d+$/.test(value)) return levelOfNumber(Number(value));
  return value.length === 1
    ? levelOfLetter(value)
    : levelOf(value.replace(/^SEVERITY_NUMBER_/, '').replace(/\d+$/, ''));
}

/** A record without any text: its fields, the time left out, are the message. */
function pairs(fields: Fields): string {
  return Object.keys(fields)
    .filter((name) => !TIME.includes(name))
    .slice(0, 40)
    .map((name) => `${name}=${String(fields[name]).replace(/\s+/g, ' ').slice(0, 80)}`)
    .join(' ');
}
