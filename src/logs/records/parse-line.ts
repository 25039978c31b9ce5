import { continues } from './continuation.ts';
import { createHeaderReader, type Header } from './header.ts';
import type { Layout } from './layout.ts';
import { type Level, levelOfMessage, levelOfNumber } from './level.ts';
import type { Fields, FieldValue, ParsedLine } from './parsed-line.ts';
import { createTimePlacer, type TimeContext, type TimePlacer } from './time/place-time.ts';
import { readEpoch, readTime } from './time/read-time.ts';
import { readCri, readPrefix } from './wrappers/container.ts';
import { flatten } from './wrappers/json-fields.ts';
import { readLogfmt } from './wrappers/logfmt.ts';
import { readStructured } from './wrappers/structured.ts';
import { readSyslog } from './wrappers/syslog.ts';

/** Reads one line after another of one log. */
export type LineParser = (line: string) => ParsedLine;

/** What wrappers have told so far. */
type Wrapping = {
  at: number | null;
  level: Level | null;
  service: string | null;
  stream: string;
  depth: number;
};

const MAX_WRAPPERS = 4;

/** @param layout how this log's lines begin behind their wrappers, from `learnLayout` */
export function createLineParser(layout: Layout, context: TimeContext = {}): LineParser {
  const parser = new Parser(layout, context);
  return (line) =>
    parser.parse(line, { at: null, level: null, service: null, stream: '', depth: 0 });
}

/** The text of a line behind its wrappers: what a layout is learned from. */
export function unwrapLine(line: string): string {
  return createLineParser({ steps: [], timed: false, learned: false })(line).text;
}

class Parser {
  readonly #layout: Layout;
  readonly #readHeader: (line: string) => Header;
  readonly #place: TimePlacer;

  constructor(layout: Layout, context: TimeContext) {
    this.#layout = layout;
    this.#readHeader = createHeaderReader(layout);
    this.#place = createTimePlacer(context);
  }

  parse(line: string, around: Wrapping): ParsedLine {
    const text = bare(line);
    if (around.depth < MAX_WRAPPERS) {
      const first = text[0];
      const wrapped =
        first === '{'
          ? this.#json(text, around)
          : first === '<'
            ? this.#syslog(text, around)
            : this.#container(text, around);
      if (wrapped) return wrapped;
    }
    return this.#logfmt(text, around) ?? this.#plain(text, around);
  }

  #json(text: string, around: Wrapping): ParsedLine | null {
    if (text.trim() === '{') return { ...this.#bare(text, around), kind: 'open' };
    const value = parseObject(text);
    if (!value) return null;
    if (
      typeof value.log === 'string' &&
      (typeof value.stream === 'string' || typeof value.time === 'string')
    ) {
      return this.#dockerJson(value.log, value, around);
    }
    if (typeof value.MESSAGE === 'string' && value.__REALTIME_TIMESTAMP !== undefined)
      return this.#journal(value, around);
    return this.#record(flatten(value), text, around);
  }

  #dockerJson(log: string, value: Record<string, unknown>, around: Wrapping): ParsedLine {
    const ended = log.endsWith('\n');
    const inner = ended ? log.slice(0, log.endsWith('\r\n') ? -2 : -1) : log;
    const attrs = value.attrs as Record<string, unknown> | undefined;
    const parsed = this.parse(inner, {
      ...around,
      at: this.#fieldTime(typeof value.time === 'string' ? value.time : null) ?? around.at,
      stream: `${around.stream}/${String(value.stream ?? '')}`,
      service: typeof attrs?.tag === 'string' ? attrs.tag : around.service,
      depth: around.depth + 1,
    });
    // The runtime cuts at 16 KiB; only then does a line not end in a newline.
    return ended || log.length < 8000 ? parsed : { ...parsed, kind: 'part', text: inner };
  }

  #journal(value: Record<string, unknown>, around: Wrapping): ParsedLine {
    const unit = value.SYSLOG_IDENTIFIER ?? value._SYSTEMD_UNIT ?? value.CONTAINER_NAME;
    return this.parse(String(value.MESSAGE), {
      ...around,
      at: this.#fieldTime(String(value._SOURCE_REALTIME_TIMESTAMP ?? value.__REALTIME_TIMESTAMP)),
      level: value.PRIORITY === undefined ? around.level : levelOfNumber(Number(value.PRIORITY)),
      service: typeof unit === 'string' ? unit.replace(/\.service$/, '') : around.service,
      stream: `${around.stream}/${String(unit ?? '')}`,
      depth: around.depth + 1,
    });
  }

  #record(fields: Fields, text: string, around: Wrapping): ParsedLine {
    const { message, time, level, service, stack } = readStructured(fields);
    const at = this.#fieldTime(time) ?? around.at;
    const nested = message.includes('\n') ? message.slice(0, message.indexOf('\n')) : message;
    return {
      kind: 'start',
      at,
      written: null,
      level: level ?? around.level ?? levelOfMessage(nested),
      message: nested,
      text: stack ? `${message}\n${stack}` : message === nested ? text : message,
      service: service ?? around.service,
      stream: around.stream,
      fields,
    };
  }

  #syslog(text: string, around: Wrapping): ParsedLine | null {
    const syslog = readSyslog(text);
    if (!syslog) return null;
    const parsed = this.parse(syslog.text, {
      ...around,
      at: this.#fieldTime(syslog.time) ?? around.at,
      level: syslog.level ?? around.level,
      service: syslog.service ?? around.service,
      stream: syslog.service ? `${around.stream}/${syslog.service}` : around.stream,
      depth: around.depth + 1,
    });
    return parsed;
  }

  #container(text: string, around: Wrapping): ParsedLine | null {
    const cri = readCri(text);
    if (cri) {
      const parsed = this.parse(cri.text, {
        ...around,
        at: this.#fieldTime(cri.time) ?? around.at,
        stream: `${around.stream}/${cri.stream}`,
        depth: around.depth + 1,
      });
      return cri.partial ? { ...parsed, kind: 'part', text: cri.text } : parsed;
    }
    const prefix = readPrefix(text);
    if (!prefix) return null;
    const service = prefix.name
      .replace(/^pod\//, '')
      .replace(/.*\//, '')
      .replace(/[-_]\d+$/, '');
    return this.parse(prefix.text, {
      ...around,
      service,
      stream: `${around.stream}/${prefix.name}`,
      depth: around.depth + 1,
    });
  }

  #logfmt(text: string, around: Wrapping): ParsedLine | null {
    const equals = text.indexOf('=');
    if (equals <= 0 || equals > 40 || !/^[A-Za-z_][\w.@/-]*=/.test(text)) return null;
    const fields = readLogfmt(text);
    if (!fields) return null;
    if (
      !(
        'level' in fields ||
        'lvl' in fields ||
        'msg' in fields ||
        'time' in fields ||
        'ts' in fields
      )
    )
      return null;
    return this.#record(fields, text, around);
  }

  #plain(text: string, around: Wrapping): ParsedLine {
    const header = this.#readHeader(text);
    // Times further on in an indented line are a document's, not the line's own.
    if (
      header.time &&
      header.timeAt > 2 &&
      /^\s/.test(text) &&
      text.slice(0, header.timeAt).trim().length > 1
    ) {
      return { ...this.#bare(text, around), kind: 'more' };
    }
    if (!header.time && around.at === null && this.#layout.timed)
      return { ...this.#bare(text, around), kind: 'more' };
    if (!header.time && continues(text)) return { ...this.#bare(text, around), kind: 'more' };
    const message = text.slice(header.start);
    const inner = around.depth < MAX_WRAPPERS && message[0] === '{' ? parseObject(message) : null;
    const at = (header.time ? this.#place(header.time) : null) ?? around.at;
    const level = header.level ?? around.level;
    if (inner) {
      const record = this.#record(flatten(inner), message, { ...around, at, level });
      if (record.at !== null || record.level !== null || 'msg' in inner || 'message' in inner) {
        return { ...record, service: record.service ?? header.source };
      }
    }
    return {
      kind: 'start',
      at,
      written:
        header.time && around.depth === 0 ? { time: header.time, index: header.timeAt } : null,
      level: level ?? levelOfMessage(message),
      message: message === '' ? text.trim() : message,
      text,
      service: around.service,
      stream: around.stream,
      fields: header.source === null ? {} : { source: header.source },
    };
  }

  #bare(text: string, around: Wrapping): ParsedLine {
    return {
      kind: 'start',
      at: around.at,
      written: null,
      level: around.level,
      message: text.trim(),
      text,
      service: around.service,
      stream: around.stream,
      fields: {},
    };
  }

  /** Epoch milliseconds of a field: text in any of the usual forms, or a number since the epoch. */
  #fieldTime(value: FieldValue): number | null {
    if (value === null || typeof value === 'boolean') return null;
    if (typeof value === 'number') return epochOf(value);
    const bytes = Buffer.from(value.slice(0, 64), 'latin1');
    const time = readTime(bytes, 0) ?? readEpoch(bytes, 0);
    return time ? this.#place(time) : null;
  }
}

/** Seconds, milliseconds, microseconds or nanoseconds since the epoch, told apart by their size. */
function epochOf(value: number): number | null {
  if (!Number.isFinite(value) || value < 1e8) return null;
  if (value < 1e11) return Math.floor(value * 1000);
  if (value < 1e14) return Math.floor(value);
  return Math.floor(value < 1e17 ? value / 1e3 : value / 1e6);
}

/** Without a byte order mark and without colours. */
function bare(line: string): string {
  const text = line.charCodeAt(0) === 0xfeff ? line.slice(1) : line;
  return text.includes('\u001b[') ? text.replace(COLOUR, '') : text;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const COLOUR = /\u001b\[[0-9;]{0,20}[A-Za-z]/g;

function parseObject(text: string): Record<string, unknown> | null {
  if (!text.trimEnd().endsWith('}')) return null;
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
