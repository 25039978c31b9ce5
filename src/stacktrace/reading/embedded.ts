import { MAX_CHAIN, newTrace, type ParsedTrace, UNKNOWN_TYPE } from '#src/stacktrace/contract.ts';
import { escapedTexts } from '#src/stacktrace/reading/escaped.ts';
import { unflattened } from '#src/stacktrace/reading/flattened.ts';
import { structuredFrames } from '#src/stacktrace/reading/structured-frames.ts';
import { messageKey } from '#src/stacktrace/reading/unwrap.ts';

type Fields = Readonly<Record<string, unknown>>;
/** Reads the traces in a text of several lines. */
type ReadText = (text: string) => ParsedTrace[];
type Found = { key: string; traces: ParsedTrace[] };

const MAX_NODES = 400;
const MAX_DEPTH = 8;
const TYPE_KEYS = [
  'exception.type',
  'error.type',
  'error.kind',
  'exc_type',
  'exception_class',
  'exceptionClass',
  'ClassName',
  'className',
  'class',
  'type',
  'kind',
];
const MESSAGE_KEYS = [
  'exception.message',
  'error.message',
  'exc_value',
  'Message',
  'error',
  'err',
  'message',
  'msg',
  'value',
  'reason',
];
const CAUSE_KEYS =
  /^(?:previous|cause|causes|inner(?:_?[Ee]xception)?s?|InnerExceptions?|caused_?by|root_?cause|originalError|parent)$/i;
const CLASS_NAME = /^(?:[\w$]{1,80}(?:\.|::|\\)){0,12}[A-Z][\w$<>`]{1,150}$/;

/**
 * The stack traces inside a JSON log record: in any text of several lines, in arrays of lines, and
 * as frames written out as objects. What a text lacks (type, message) is taken from the fields
 * beside it; an exception under `cause`, `previous` and the like becomes the cause of that beside it.
 * A message of one line is left out, because it is read as a line of its stream.
 */
export function tracesInRecord(record: Fields, read: ReadText): ParsedTrace[] {
  const key = messageKey(record);
  const message = key === null ? null : record[key];
  const isLine = typeof message === 'string' && !message.includes('\n');
  return new RecordWalk(read, isLine ? key : null).object(record, 0);
}

class RecordWalk {
  readonly #read: ReadText;
  /** A field of the record itself that is not looked at. */
  readonly #leftOut: string | null;
  #nodes = 0;

  constructor(read: ReadText, leftOut: string | null) {
    this.#read = read;
    this.#leftOut = leftOut;
  }

  object(fields: Fields, depth: number): ParsedTrace[] {
    const own: Found[] = [];
    const inner: ParsedTrace[] = [];
    for (const [key, value] of Object.entries(fields)) {
      this.#nodes += 1;
      if (this.#nodes > MAX_NODES || depth > MAX_DEPTH) break;
      if (depth === 0 && key === this.#leftOut) continue;
      const traces = this.#value(value, fields, depth);
      if (traces.length === 0) continue;
      if (CAUSE_KEYS.test(key) && typeof value !== 'string') inner.push(...traces);
      else own.push({ key, traces });
    }
    const traces = merged(own);
    const [first] = traces;
    if (!first) return inner;
    if (first.causes.length === 0) first.causes.push(...inner.slice(0, MAX_CHAIN));
    return traces;
  }

  #value(value: unknown, siblings: Fields, depth: number): ParsedTrace[] {
    if (typeof value === 'string') return filled(this.#text(value), siblings);
    if (Array.isArray(value)) return this.#array(value, siblings, depth);
    if (typeof value === 'object' && value !== null) {
      return filled(this.object(value as Fields, depth + 1), siblings);
    }
    return [];
  }

  #text(text: string): ParsedTrace[] {
    if (text.includes('\n')) return this.#read(text);
    if (text.includes('\\n')) return escapedTexts(text).flatMap((each) => this.#read(each));
    const broken = unflattened(text);
    return this.#read(broken ?? text);
  }

  #array(list: readonly unknown[], siblings: Fields, depth: number): ParsedTrace[] {
    const frames = structuredFrames(list);
    if (frames) {
      const trace = newTrace(frames.language, UNKNOWN_TYPE, '');
      trace.frames = frames.frames;
      return filled([trace], siblings);
    }
    const lines = list.slice(0, 2000).filter((each) => typeof each === 'string');
    if (lines.length > 1 && lines.length === Math.min(list.length, 2000)) {
      return filled(this.#read(lines.join('\n')), siblings);
    }
    return this.#chain(list, depth);
  }

  /** A list of exceptions; the first is the outer one, the ones marked as causes follow it. */
  #chain(list: readonly unknown[], depth: number): ParsedTrace[] {
    const traces: ParsedTrace[] = [];
    let last: ParsedTrace | undefined;
    for (const each of list.slice(0, MAX_CHAIN)) {
      const found =
        typeof each === 'object' && each !== null ? this.object(each as Fields, depth + 1) : [];
      const isCause = typeof each === 'object' && each !== null && 'is_cause' in each;
      if (isCause && last && found[0]) last.causes.push(found[0]);
      else traces.push(...found);
      last = found[0] ?? last;
    }
    return traces;
  }
}

/** The same trace in two fields counts once; zap's two stacks are one error and where it was logged. */
function merged(found: readonly Found[]): ParsedTrace[] {
  const verbose = found.find(({ key }) => key === 'errorVerbose')?.traces[0];
  const logged = found.find(({ key }) => key === 'stacktrace' || key === 'stack')?.traces[0];
  if (verbose && logged) logged.causes = [verbose];
  const kept: ParsedTrace[] = [];
  for (const { key, traces } of found) {
    if (logged && key === 'errorVerbose') continue;
    const before = [...kept];
    kept.push(...traces.filter((trace) => !before.some((earlier) => isSame(earlier, trace))));
  }
  return kept;
}

function isSame(a: ParsedTrace, b: ParsedTrace): boolean {
  const [x, y] = [a.frames[0], b.frames[0]];
  return (
    a.frames.length === b.frames.length &&
    x?.file === y?.file &&
    x?.line === y?.line &&
    x?.function === y?.function
  );
}

function filled(traces: ParsedTrace[], siblings: Fields): ParsedTrace[] {
  const [trace] = traces;
  if (!trace) return traces;
  const isNamed = trace.type !== UNKNOWN_TYPE && trace.type !== 'error';
  if (!isNamed) trace.type = textOf(siblings, TYPE_KEYS, CLASS_NAME) ?? trace.type;
  // A class that stands without a message has none; a dump that was caught has it beside it.
  const isDump = trace.type === 'panic' || trace.type === 'goroutine';
  if (trace.message === '' && (!isNamed || isDump))
    trace.message = textOf(siblings, MESSAGE_KEYS, /\S/) ?? '';
  return traces;
}

function textOf(fields: Fields, keys: readonly string[], form: RegExp): string | null {
  for (const key of keys) {
    const value = fields[key];
    if (typeof value === 'string' && !value.includes('\n') && form.test(value))
      return value.slice(0, 2000);
  }
  return null;
}
