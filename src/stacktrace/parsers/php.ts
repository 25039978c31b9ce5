import {
  type Anchor,
  type EarlierLine,
  MAX_CHAIN,
  newTrace,
  type ParsedFrame,
  type ParsedTrace,
  pushFrame,
  type StackTraceParser,
  type TraceReader,
  UNKNOWN_TYPE,
} from '#src/stacktrace/contract.ts';
import { isPhpLibrary, type PhpHead, phpCall, phpHead } from '#src/stacktrace/php/lines.ts';

const FATAL = /(?:PHP )?Fatal error: {1,2}Uncaught /;
/** An exception as Monolog writes it into the context of a record, maybe with a `[stacktrace]` after it. */
const MONOLOG =
  /\[object\] \([A-Za-z_\\][\w\\@]{1,300}\(code: [^)]{0,40}\): .{0,4000} at \S.{0,600}:\d{1,9}\)/;
/** Errors of the engine that are no exceptions: out of memory, out of time, code that does not parse. */
const ENGINE =
  /PHP ((?:Recoverable |Catchable )?[Ff]atal error|Parse error|Compile error|Core error): {1,2}(?!Uncaught )(.{1,2000}) in (\S.{0,600}) on line (\d{1,9})$/;
const LABEL = /^(?:Stack trace:|\[stacktrace\]|\[previous exception\].*)$/;
const THROWN = /^thrown in (.{1,800}) on line (\d{1,9})$/;
const PREVIOUS = /^\[previous exception\] (?:\[object\] )?\(?(.*)$/;

/**
 * Uncaught exceptions of PHP, `Exception::__toString()` with `Next` for chained ones (the innermost
 * comes first), and Monolog's line format as Laravel and Symfony use it. A numbered line gives the
 * place of a call and what was called, so each function belongs to the place of the line before.
 */
export const php: StackTraceParser = {
  id: 'php',
  languages: ['php'],
  hints: ['[object] (', 'Uncaught ', 'PHP ', '#0 ', 'Stack trace:', '[stacktrace]'],
  anchor,
  open: (earlier) => new PhpReader(earlier),
  isLibrary: isPhpLibrary,
};

function anchor(line: string): Anchor | null {
  const logged = MONOLOG.exec(line);
  if (logged) return { column: logged.index, isHead: true };
  const fatal = FATAL.exec(line) ?? ENGINE.exec(line.trimEnd());
  if (fatal) return { column: fatal.index, isHead: true };
  const text = line.trim();
  if (text.endsWith('[stacktrace]')) {
    return { column: line.lastIndexOf('[stacktrace]'), isHead: false };
  }
  const label = line.indexOf('Stack trace:');
  if (label >= 0 && line.trimEnd().length === label + 12) return { column: label, isHead: false };
  const first = line.indexOf('#0 ');
  if (first < 0) return null;
  const call = phpCall(line.slice(first).trim());
  return call && call !== 'main' ? { column: first, isHead: false } : null;
}

type Level = {
  head: PhpHead | null;
  calls: { place: Omit<ParsedFrame, 'function'>; called: string }[];
  isClosed: boolean;
};

class PhpReader implements TraceReader {
  readonly #earlier: readonly EarlierLine[];
  /** Exceptions in printed order. */
  #levels: Level[] = [];
  #isOuterFirst = false;
  #message: string[] = [];

  constructor(earlier: readonly EarlierLine[]) {
    this.#earlier = earlier;
  }

  read(line: string): 'taken' | 'foreign' | 'done' {
    const text = line.trim();
    if (FATAL.test(text)) return this.#begin(phpHead(text, false));
    if (!PREVIOUS.test(text) && MONOLOG.test(text)) return this.#begin(monologHead(text));
    const engine = ENGINE.exec(text);
    if (engine) return this.#begin(engineHead(engine));
    const previous = PREVIOUS.exec(text);
    if (previous) {
      this.#isOuterFirst = true;
      return this.#push(phpHead(previous[1] ?? '', true));
    }
    if (LABEL.test(text)) return this.#label();
    if (text.startsWith('Next ') && this.#levels.at(-1)?.isClosed)
      return this.#push(phpHead(text, true));
    const call = phpCall(text);
    if (call) return this.#call(call);
    if (THROWN.test(text)) return this.#levels.length > 0 ? 'taken' : 'foreign';
    return this.#message_(text);
  }

  #begin(head: PhpHead | null): 'taken' | 'done' {
    if (this.#levels.length > 0) return 'done';
    this.#levels.push({ head, calls: [], isClosed: false });
    return 'taken';
  }

  #push(head: PhpHead | null): 'taken' | 'done' {
    if (this.#levels.length >= MAX_CHAIN) return 'done';
    this.#levels.push({ head, calls: [], isClosed: false });
    return 'taken';
  }

  /** `Stack trace:` after a head, or the first line that was found of a trace. */
  #label(): 'taken' | 'done' {
    const last = this.#levels.at(-1);
    if (!last) return this.#begin(headBefore(this.#earlier));
    if (last.calls.length > 0 || last.isClosed) return 'done';
    if (last.head && !last.head.place && this.#message.length > 0) this.#completeHead(last.head);
    this.#message = [];
    return 'taken';
  }

  #call(call: Exclude<ReturnType<typeof phpCall>, null>): 'taken' | 'done' {
    if (this.#levels.length === 0) this.#begin(headBefore(this.#earlier));
    const last = this.#levels.at(-1);
    if (!last || last.isClosed) return 'done';
    if (call === 'main') last.isClosed = true;
    else if (last.calls.length < 2048) last.calls.push(call);
    return 'taken';
  }

  /** A message of several lines ends with the place, before `Stack trace:`. */
  #message_(text: string): 'taken' | 'foreign' {
    const last = this.#levels.at(-1);
    if (!last?.head || last.head.place || last.calls.length > 0 || this.#message.length >= 40)
      return 'foreign';
    this.#message.push(text);
    return 'taken';
  }

  #completeHead(head: PhpHead): void {
    const whole = phpHead(`${head.type}: ${[head.message, ...this.#message].join('\n')}`, false);
    if (whole) Object.assign(head, whole);
  }

  finish(): ParsedTrace[] {
    const traces = this.#levels.map(traceOf);
    const outermostLast = this.#isOuterFirst ? traces.reverse() : traces;
    let inner: ParsedTrace | null = null;
    for (const trace of outermostLast) {
      if (inner) trace.causes = [inner];
      inner = trace;
    }
    return inner && (inner.frames.length > 0 || inner.type !== UNKNOWN_TYPE) ? [inner] : [];
  }
}

/** The record goes on after the parenthesis, when no stack trace follows. */
function monologHead(text: string): PhpHead | null {
  const match = MONOLOG.exec(text)?.[0] ?? '';
  return phpHead(match.slice('[object] ('.length), true);
}

function engineHead([, type = '', message = '', file = '', line]: RegExpExecArray): PhpHead {
  const place = { file, line: Number(line), column: null, function: '<unknown>' };
  return { type, message, place };
}

function traceOf({ head, calls, isClosed }: Level): ParsedTrace {
  const trace = newTrace('php', head?.type ?? UNKNOWN_TYPE, head?.message ?? '');
  const callers = [...calls.map((call) => call.called), isClosed ? '{main}' : UNKNOWN_TYPE];
  if (head?.place)
    pushFrame(trace.frames, {
      ...head.place,
      function: calls.length > 0 || isClosed ? (callers[0] ?? '{main}') : head.place.function,
    });
  for (const [at, { place }] of calls.entries()) {
    pushFrame(trace.frames, { ...place, function: callers[at + 1] ?? UNKNOWN_TYPE });
  }
  return trace;
}

/** The head stands on one of the lines before; a message of several lines is joined. */
function headBefore(earlier: readonly EarlierLine[]): PhpHead | null {
  const message: string[] = [];
  for (const { text, isRecord } of earlier.slice(-20).reverse()) {
    if (LABEL.test(text.trim())) continue;
    const head = phpHead([text, ...message].join('\n'), false);
    if (head && (head.place || message.length === 0)) return head;
    if (!isRecord) message.unshift(text.trim());
  }
  return null;
}
