import {
  type Anchor,
  extendMessage,
  newTrace,
  type ParsedFrame,
  type ParsedTrace,
  pushFrame,
  type StackTraceParser,
  type TraceReader,
} from '#src/stacktrace/contract.ts';

/** `Shop/Cart.swift:12: Fatal error: message`; before 5.3 the place stood at the end. */
const HEAD =
  /^(?:([^\s:|]{1,600}\.swift):(\d{1,9}): )?(Fatal error|Assertion failed|Precondition failed|Thread \d{1,6} crashed)(?:: (.*)|:)?$/;
const OLD_PLACE = /^(.*): file (.{1,600}\.swift), line (\d{1,9})$/;
const CRASH = /^(?:\*\*\* |💣 )?(?:Signal|Program crashed|Crash|Swift runtime failure)[:.]? ?(.*)$/;
/** `0 [ra] [inlined] 0x00005581 main() + 12 in app at /src/main.swift:3:5`. */
const FRAME =
  /^(\d{1,5})(?: \[[\w -]{1,20}\]){0,3} (?:0x[0-9a-f]{4,16} )?(.{1,2000}) in (\S{1,300})(?: at (.{1,800}):(\d{1,9})(?::(\d{1,9}))?)?$/;
/** `0   libswiftCore.dylib   0x00007fff2 _swift_stdlib_reportFatalError + 69`. */
const DARWIN =
  /^(\d{1,5}) +(\S{1,200}) +0x[0-9a-f]{4,16} (.{1,2000}?)(?: \+ \d{1,9})?(?: \((\S{1,300}\.swift):(\d{1,9})\))?$/;
const LABEL =
  /^(?:Current stack trace:|Thread \d{1,6}.{0,60} crashed:|Registers:|Images .{0,80}:|Stack dump:)$/;

/** Traps of Swift with the backtraces of the runtime (Linux, 5.9 and later) and of Darwin. */
export const swift: StackTraceParser = {
  id: 'swift',
  languages: ['swift'],
  hints: ['Fatal error: ', 'Assertion failed', 'Precondition failed', '.swift:', 'crashed:'],
  anchor,
  open: () => new SwiftReader(),
  isLibrary: (frame) =>
    frame.line === null
      ? LIBRARY.test(frame.file) || LIBRARY_NAME.test(frame.function)
      : SOURCES.test(frame.file),
};

function anchor(line: string): Anchor | null {
  const text = line.trimEnd();
  if (HEAD.test(text.trimStart()) && !/PHP |Uncaught /.test(text)) {
    return { column: line.length - line.trimStart().length, isHead: true };
  }
  const at =
    /(?:[^\s:|]{1,300}\.swift:\d{1,9}: )?(?:Fatal error|Precondition failed|Assertion failed): /.exec(
      text,
    );
  if (!at || !/\.swift/.test(text) || !HEAD.test(text.slice(at.index))) return null;
  return { column: at.index, isHead: true };
}

class SwiftReader implements TraceReader {
  #trace: ParsedTrace | null = null;
  #place: ParsedFrame | null = null;

  read(line: string): 'taken' | 'foreign' | 'done' {
    const text = line.trim();
    const frame = this.#trace ? swiftFrame(text) : null;
    if (frame && this.#trace) {
      if (frame.index === 0 && this.#trace.frames.length > 0) return 'done';
      pushFrame(this.#trace.frames, frame.frame);
      return 'taken';
    }
    const head = HEAD.exec(text);
    if (head) return this.#head(head);
    if (LABEL.test(text) || CRASH.test(text)) return 'taken';
    return 'foreign';
  }

  #head(head: RegExpExecArray): 'taken' | 'done' {
    const [, file, line, kind = '', message = ''] = head;
    if (this.#trace) return kind.startsWith('Thread') ? 'taken' : 'done';
    const old = OLD_PLACE.exec(message);
    this.#trace = newTrace('swift', kind, '');
    extendMessage(this.#trace, old?.[1] ?? message);
    const place = file ? [file, line] : old ? [old[2], old[3]] : null;
    if (place)
      this.#place = {
        file: place[0] ?? '',
        line: Number(place[1]),
        column: null,
        function: '<unknown>',
      };
    return 'taken';
  }

  finish(): ParsedTrace[] {
    const trace = this.#trace;
    if (!trace) return [];
    if (trace.frames.length === 0 && this.#place) trace.frames = [this.#place];
    return trace.frames.length > 0 ? [trace] : [];
  }
}

function swiftFrame(text: string): { index: number; frame: ParsedFrame } | null {
  const match = FRAME.exec(text);
  if (match) {
    const hasPlace = match[4] !== undefined;
    return {
      index: Number(match[1]),
      frame: {
        file: match[4] ?? match[3] ?? '',
        line: hasPlace ? Number(match[5]) : null,
        column: match[6] === undefined ? null : Number(match[6]),
        function: (match[2] ?? '').replace(/ \+ \d{1,9}$/, ''),
      },
    };
  }
  const darwin = DARWIN.exec(text);
  if (!darwin) return null;
  const line = darwin[5] === undefined ? null : Number(darwin[5]);
  return {
    index: Number(darwin[1]),
    frame: { file: darwin[4] ?? darwin[2] ?? '', line, column: null, function: darwin[3] ?? '' },
  };
}

const LIBRARY =
  /^(?:libswift\w*|libsystem\w*|libdispatch\w*|libobjc\w*|libc\.so|libc-|ld-linux|UIKit\w*|Foundation|CoreFoundation|SwiftUI|Combine|dyld|GraphicsServices|AppKit|NIO\w*|Vapor)/;
const LIBRARY_NAME =
  /^(?:_swift_|swift_|_start|__libc_start|start_thread|_?assertionFailure|_pthread|thread_start)/;
const SOURCES = /\/\.build\/checkouts\/|\/swift\/stdlib\/|^\/usr\/|\/SourcePackages\//;
