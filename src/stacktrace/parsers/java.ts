import {
  type Anchor,
  type EarlierLine,
  MAX_CHAIN,
  newTrace,
  type ParsedTrace,
  pushFrame,
  type StackTraceParser,
  type TraceReader,
  UNKNOWN_TYPE,
} from '#src/stacktrace/contract.ts';
import { isJvmLibrary, parseJavaFrame } from '#src/stacktrace/java/frame.ts';
import { findThrowableHead, innerThrowableHead, throwableHead } from '#src/stacktrace/java/head.ts';
import { ThrowableTree } from '#src/stacktrace/java/throwable-tree.ts';
import { PassingHead } from '#src/stacktrace/reading/passing-head.ts';
import { looksLikeRecord } from '#src/stacktrace/reading/prefix.ts';

const LINK = /^(\s*)(Caused by|Wrapped by|Suppressed): (.*)$/;
const CIRCULAR = /^\[CIRCULAR REFERENCE/;
const MORE =
  /^\.\.\. (\d{1,6}) (?:more|common frames omitted|frames? (?:truncated|excluded|omitted)).{0,80}$/;
const LOCK = /^- (?:waiting (?:on|to)|locked|parking to|eliminated|No compile)/;
const THREAD = /^"([^"]{1,300})"(?: #\d{1,9})?.{0,300}$/;
const LISTED = /^"[^"]{1,300}":$/;
const STATE = /^java\.lang\.Thread\.State: ([A-Z_]{3,20})(?: .{0,80})?$/;

/** Stack traces of the JVM (Java, Kotlin, Scala, Groovy), with the thread dumps of jstack. */
export const java: StackTraceParser = {
  id: 'java',
  languages: ['java', 'kotlin', 'scala', 'groovy'],
  hints: ['at ', 'Thread.State: '],
  anchor,
  open: (earlier) => new JavaReader(earlier),
  isLibrary: isJvmLibrary,
};

function anchor(line: string): Anchor | null {
  let at = line.indexOf('at ');
  for (let tries = 0; at >= 0 && tries < 6; tries += 1) {
    const isWord = at === 0 || line[at - 1] === ' ' || line[at - 1] === '\t';
    if (isWord && parseJavaFrame(line.slice(at))) return { column: at, isHead: false };
    at = line.indexOf('at ', at + 1);
  }
  return null;
}

class JavaReader implements TraceReader {
  readonly #earlier: readonly EarlierLine[];
  #tree: ThrowableTree | null = null;
  readonly #passing = new PassingHead();
  /** Set when the frames are those of a thread in a dump. */
  #thread: { name: string; state: string } | null = null;

  constructor(earlier: readonly EarlierLine[]) {
    this.#earlier = earlier;
  }

  read(line: string): 'taken' | 'foreign' | 'done' {
    const text = line.trim();
    const frame = parseJavaFrame(text);
    if (frame) {
      if (this.#passing.isSet) return 'done';
      this.#begin().frame(frame);
      return 'taken';
    }
    if (!this.#tree) return 'foreign';
    const link = LINK.exec(line);
    if (link) return this.#link(this.#tree, link);
    const more = MORE.exec(text);
    if (more) {
      this.#tree.more(Number(more[1]));
      return 'taken';
    }
    if (this.#thread && LOCK.test(text)) return 'taken';
    return this.#between(this.#tree, line);
  }

  /** A line that is neither frame nor link: a part of a message, the head of the next trace, or another's. */
  #between(tree: ThrowableTree, line: string): 'taken' | 'foreign' | 'done' {
    if (tree.isInMessage && !looksLikeRecord(line)) return tree.message(line) ? 'taken' : 'done';
    if (throwableHead(line) || THREAD.test(line)) return 'done';
    this.#passing.see(line, innerThrowableHead(line) !== null);
    return 'foreign';
  }

  #link(tree: ThrowableTree, link: RegExpExecArray): 'taken' {
    const [, blanks = '', kind, rest = ''] = link;
    if (CIRCULAR.test(rest)) return 'taken';
    const head = throwableHead(rest) ?? { type: rest.split(': ', 1)[0] ?? rest, message: '' };
    if (kind === 'Wrapped by') tree.wrappedBy(head.type, head.message);
    else if (kind === 'Suppressed') tree.suppressed(head.type, head.message, blanks.length);
    else tree.causedBy(head.type, head.message, blanks.length);
    return 'taken';
  }

  #begin(): ThrowableTree {
    if (this.#tree) return this.#tree;
    this.#thread = threadBefore(this.#earlier);
    const head = this.#thread ? null : findThrowableHead(this.#earlier);
    this.#tree = new ThrowableTree(head?.type ?? UNKNOWN_TYPE, head?.message ?? '');
    return this.#tree;
  }

  finish(): ParsedTrace[] {
    const traces = this.#tree?.finish() ?? [];
    const named = this.#thread ? threadTrace(this.#thread, traces) : traces;
    for (const trace of named) nameLanguage(trace, MAX_CHAIN);
    return named;
  }
}

function threadBefore(earlier: readonly EarlierLine[]): { name: string; state: string } | null {
  const own = earlier.filter((line) => !line.isRecord);
  const last = own.at(-1)?.text.trim() ?? '';
  const state = STATE.exec(last);
  // jstack repeats the threads of a deadlock at the end, without their states.
  if (!state) return LISTED.test(last) ? { state: '', name: '' } : null;
  return { state: state[1] ?? '', name: THREAD.exec(own.at(-2)?.text.trim() ?? '')?.[1] ?? '' };
}

/** Of a thread dump only the threads that are kept from running by another one tell of a fault. */
function threadTrace(thread: { name: string; state: string }, read: ParsedTrace[]): ParsedTrace[] {
  if (thread.state !== 'BLOCKED') return [];
  const trace = newTrace('java', 'java.lang.Thread.State: BLOCKED', thread.name);
  for (const frame of read[0]?.frames ?? []) pushFrame(trace.frames, frame);
  return [trace];
}

const LANGUAGES: Readonly<Record<string, string>> = {
  kt: 'kotlin',
  kts: 'kotlin',
  scala: 'scala',
  sc: 'scala',
  groovy: 'groovy',
};

/** The language is that of the innermost frame of the service itself, by the ending of its file. */
function nameLanguage(trace: ParsedTrace, depth: number): void {
  const own = trace.frames.find((frame) => !isJvmLibrary(frame)) ?? trace.frames[0];
  const ending = own?.file.slice(own.file.lastIndexOf('.') + 1) ?? '';
  trace.language = LANGUAGES[ending] ?? 'java';
  if (depth > 0) for (const cause of trace.causes) nameLanguage(cause, depth - 1);
}
