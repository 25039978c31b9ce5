import {
  type Anchor,
  type EarlierLine,
  newTrace,
  type ParsedFrame,
  type ParsedTrace,
  pushFrame,
  type StackTraceParser,
  type TraceReader,
  UNKNOWN_TYPE,
} from '#src/stacktrace/contract.ts';

const FRAME =
  /^#(\d{1,5}) {1,6}(\S.{0,600}) \(((?:dart|package|file|org-dartlang-app|https?):[^)\s]{1,600}?|\/[^)]{1,600}?)(?::(\d{1,9}))?(?::(\d{1,9}))?\)$/;
const GAP = /^<asynchronous suspension>$|^\.\.\.\s{1,8}\(elided /;
const HEAD =
  /^(?:Unhandled [Ee]xception:? ?|Uncaught \w{1,40}: )?(_?[A-Z]\w{0,100})(?: \([\w ]{1,40}\))?(?:: (.*))?$/;
const LEAD = /(?:Unhandled [Ee]xception:|E\/flutter[^\]]{0,40}\] )\s*(.*)$/;

/** Stack traces of the Dart VM and of Flutter: `#0  f (package:app/file.dart:12:5)`. */
export const dart: StackTraceParser = {
  id: 'dart',
  languages: ['dart'],
  hints: ['.dart:', '(dart:'],
  anchor,
  open: (earlier) => new DartReader(earlier),
  isLibrary: (frame) => LIBRARY.test(frame.file),
};

function anchor(line: string): Anchor | null {
  const at = line.search(/#\d{1,5} {1,6}\S/);
  return at >= 0 && FRAME.test(line.slice(at).trimEnd()) ? { column: at, isHead: false } : null;
}

class DartReader implements TraceReader {
  readonly #earlier: readonly EarlierLine[];
  #trace: ParsedTrace | null = null;

  constructor(earlier: readonly EarlierLine[]) {
    this.#earlier = earlier;
  }

  read(line: string): 'taken' | 'foreign' | 'done' {
    const text = line.trim();
    const match = FRAME.exec(text);
    if (!match) return this.#trace && GAP.test(text) ? 'taken' : 'foreign';
    if (Number(match[1]) === 0 && this.#trace) return 'done';
    this.#trace ??= headBefore(this.#earlier);
    pushFrame(this.#trace.frames, frameOf(match));
    return 'taken';
  }

  finish(): ParsedTrace[] {
    return this.#trace ? [this.#trace] : [];
  }
}

function frameOf(match: RegExpExecArray): ParsedFrame {
  return {
    file: (match[3] ?? '').replace(/^file:\/\//, ''),
    line: match[4] === undefined ? null : Number(match[4]),
    column: match[5] === undefined ? null : Number(match[5]),
    function: (match[2] ?? '').replace(/^new /, ''),
  };
}

/** `Unhandled exception:` and the error on the next line, or the error alone. */
function headBefore(earlier: readonly EarlierLine[]): ParsedTrace {
  for (const { text } of earlier.slice(-4).reverse()) {
    const said = LEAD.exec(text)?.[1] || text.trim();
    const head = HEAD.exec(said);
    if (head && !/^[A-Z]+$/.test(head[1] ?? ''))
      return newTrace('dart', head[1] ?? UNKNOWN_TYPE, head[2] ?? '');
    if (said !== '' && said !== text.trim()) return newTrace('dart', UNKNOWN_TYPE, said);
  }
  return newTrace('dart', UNKNOWN_TYPE, '');
}

const LIBRARY =
  /^dart:|^package:(?:flutter\w*|http|dio|bloc|provider|riverpod|async|collection|stack_trace|test\w*|shelf\w*|grpc|path|meta|rxdart|get|hive|sqflite|firebase\w*|cloud_firestore|stream_channel|web_socket_channel|retry|logging)\/|\/\.pub-cache\/|\/pub\.dev\//;
