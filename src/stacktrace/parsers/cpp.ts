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
import {
  gdbFrame,
  isNativeLibrary,
  numberedFrame,
  symbolFrame,
} from '#src/stacktrace/cpp/frame.ts';
import { type NativeHead, nativeHead } from '#src/stacktrace/cpp/report-head.ts';

const WHAT = /^what\(\): {1,2}(.*)$/;
const THREAD = /^Thread (\d{1,6})(?: ".{0,100}")? \(.{1,200}\)?:$/;
const CRASHED_THREAD =
  /^Thread (\d{1,6}) ".{0,100}" received signal|^\[Current thread is (\d{1,6})/;
const CURRENT = /^0x[0-9a-f]{1,16} in (.{1,4000})$/;
const ASSERTION = /^(?:\S{1,300}: )?(\S{1,500}):(\d{1,9}): (.{0,500}): Assertion `/;
const UNDEFINED = /^([^\s|]{1,600}):(\d{1,9}):(\d{1,9}): runtime error: /;

/** gdb backtraces, reports of the sanitizers, `backtrace_symbols`, glog, and what the C and C++ libraries print when they abort. */
export const cpp: StackTraceParser = {
  id: 'cpp',
  languages: ['c', 'cpp'],
  hints: [
    'FATAL ERROR: ',
    '0# ',
    '#0 ',
    '#0: ',
    'Sanitizer: ',
    'runtime error: ',
    'terminate called ',
    'signal ',
    'Assertion `',
    ')[0x',
    ') [0x',
    '*** ',
    '@ ',
    '(): ',
    'double free',
    'leak of ',
  ],
  anchor,
  open: (earlier) => new CppReader(earlier),
  isLibrary: isNativeLibrary,
};

function anchor(line: string): Anchor | null {
  const first = /#0:? |\b0# /.exec(line);
  if (first && numberedFrame(line.slice(first.index).trimEnd()))
    return { column: first.index, isHead: false };
  const start = line.length - line.trimStart().length;
  if (nativeHead(line)?.role === 'main') return { column: start, isHead: true };
  const symbol = symbolColumn(line.trimEnd(), start);
  if (symbol >= 0) return { column: symbol, isHead: false };
  const word =
    /(?:ERROR|WARNING): \w{3,20}Sanitizer: |terminate called |runtime error: |FATAL ERROR: |Assertion `|\*\*\* (?:SIG|stack)/.exec(
      line,
    );
  if (!word || word.index === 0) return null;
  // A prefix of the log stands before the head; the head begins after a blank.
  for (
    let at = line.lastIndexOf(' ', word.index), tries = 0;
    at > 0 && tries < 6;
    at = line.lastIndexOf(' ', at - 1), tries += 1
  ) {
    if (nativeHead(line.slice(at + 1))?.role === 'main') return { column: at + 1, isHead: true };
  }
  return null;
}

/** Where a frame of `backtrace_symbols` or glog begins, maybe after a prefix of the log; -1 without one. */
function symbolColumn(line: string, start: number): number {
  if (symbolFrame(line.slice(start))) return start;
  const sign = line.indexOf('@ ');
  if (sign > start && symbolFrame(line.slice(sign))) return sign;
  const word = line.lastIndexOf(' ', line.lastIndexOf('(')) + 1;
  return word > start && symbolFrame(line.slice(word)) ? word : -1;
}

type Stack = { head: NativeHead; thread: string | null; frames: ParsedFrame[] };

class CppReader implements TraceReader {
  readonly #earlier: readonly EarlierLine[];
  #stacks: Stack[] = [];
  #crashedThread: string | null = null;
  #place: ParsedFrame | null = null;

  constructor(earlier: readonly EarlierLine[]) {
    this.#earlier = earlier;
  }

  read(line: string): 'taken' | 'foreign' | 'done' {
    const text = line.trim();
    const crashed = CRASHED_THREAD.exec(text);
    if (crashed) this.#crashedThread = crashed[1] ?? crashed[2] ?? null;
    const numbered = numberedFrame(text);
    if (numbered) return this.#numbered(numbered.index ?? 0, numbered.frame);
    const head = nativeHead(text);
    if (head) return this.#head(head, text);
    const thread = THREAD.exec(text);
    if (thread && this.#stacks.length > 0) {
      this.#open({ type: '', message: '', role: 'other' }, thread[1] ?? null);
      return 'taken';
    }
    const symbol = symbolFrame(text);
    if (symbol) {
      pushFrame(this.#last().frames, symbol);
      return 'taken';
    }
    return this.#detail(text);
  }

  #head(head: NativeHead, text: string): 'taken' | 'done' {
    const last = this.#stacks.at(-1);
    const place = ASSERTION.exec(text) ?? UNDEFINED.exec(text);
    if (last && head.role === 'main') {
      // gdb tells the signal after the library has told the exception: one failure.
      const isSame =
        this.#stacks.length === 1 && last.frames.length === 0 && /^SIG|^signal$/.test(head.type);
      if (!isSame) return 'done';
      if (/^SIG|^signal$/.test(last.head.type)) last.head = head;
      return 'taken';
    }
    if (place) {
      this.#place = {
        file: place[1] ?? '',
        line: Number(place[2]),
        column: null,
        function: '<unknown>',
      };
    }
    this.#open(head, null);
    return 'taken';
  }

  #numbered(index: number, frame: ParsedFrame): 'taken' | 'foreign' | 'done' {
    const last = this.#last();
    const expected = last.frames.length;
    if (index === 0 && expected > 0) {
      // gdb shows the current frame before it shows the whole stack.
      if (expected > 1) return 'done';
      last.frames.length = 0;
    } else if (index < expected) return 'done';
    pushFrame(last.frames, frame);
    return 'taken';
  }

  #last(): Stack {
    return this.#stacks.at(-1) ?? this.#open(headBefore(this.#earlier), null);
  }

  #open(head: NativeHead, thread: string | null): Stack {
    const stack: Stack = { head, thread, frames: [] };
    if (this.#stacks.length < MAX_CHAIN) this.#stacks.push(stack);
    return stack;
  }

  /** `what():  message`, the current frame that gdb shows, and the other lines of a report. */
  #detail(text: string): 'taken' | 'foreign' {
    const last = this.#stacks.at(-1);
    if (!last) return 'foreign';
    const what = WHAT.exec(text);
    if (what) {
      last.head = { ...last.head, message: what[1] ?? '' };
      return 'taken';
    }
    const current = last.frames.length === 0 ? gdbFrame(CURRENT.exec(text)?.[1] ?? '') : null;
    if (current) last.frames.push(current);
    return current ? 'taken' : 'foreign';
  }

  finish(): ParsedTrace[] {
    const [first] = this.#stacks;
    if (!first) return [];
    const crashed = this.#stacks.find(
      (stack) => stack.thread !== null && stack.thread === this.#crashedThread,
    );
    const trace = newTrace('cpp', first.head.type || UNKNOWN_TYPE, first.head.message);
    const sameThread =
      crashed ??
      (first.frames.length > 1 ? first : this.#stacks.find((stack) => stack.thread !== null)) ??
      first;
    trace.frames = sameThread.frames;
    if (trace.frames.length === 0 && this.#place) trace.frames = [this.#place];
    for (const stack of this.#stacks)
      if (stack.head.role === 'related') trace.causes.push(related(stack));
    nameLanguage(trace);
    // A signal alone may be an orderly stop, and a single frame without a head may be anything.
    const isSure = trace.type !== UNKNOWN_TYPE && trace.type !== 'signal';
    return isSure || trace.frames.length > 1 ? [trace] : [];
  }
}

function related(stack: Stack): ParsedTrace {
  const trace = newTrace('cpp', stack.head.type, stack.head.message);
  trace.frames = stack.frames;
  return trace;
}

/** The language is that of the service's own files; C++ where it cannot be told. */
function nameLanguage(trace: ParsedTrace): void {
  const own = trace.frames.find((frame) => frame.line !== null && !isNativeLibrary(frame));
  const isC = own !== undefined && /\.[ch]$/.test(own.file);
  trace.language = isC ? 'c' : 'cpp';
  for (const cause of trace.causes) cause.language = trace.language;
}

function headBefore(earlier: readonly EarlierLine[]): NativeHead {
  for (const { text } of earlier.slice(-16).reverse()) {
    const head = nativeHead(text);
    if (head?.role === 'main') return head;
  }
  return { type: '', message: '', role: 'main' };
}
