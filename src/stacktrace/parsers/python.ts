import {
  type Anchor,
  type EarlierLine,
  type ParsedFrame,
  type StackTraceParser,
  type TraceReader,
  UNKNOWN_TYPE,
} from '#src/stacktrace/contract.ts';
import { ExceptionChain } from '#src/stacktrace/python/exception-chain.ts';
import { exceptionLine } from '#src/stacktrace/python/exception-line.ts';
import { FaultDump, faultFrame } from '#src/stacktrace/python/fault-handler.ts';
import { looksLikeRecord } from '#src/stacktrace/reading/prefix.ts';

const HEAD = 'Traceback (most recent call last):';
const GROUP_HEAD = 'Exception Group Traceback (most recent call last):';
const FRAME = /^\s*File "([^"\n]{1,1024})", line (\d{1,9})(?:, in (.{1,512}))?$/;
const CAUSE_AFTER = 'The above exception was the direct cause of the following exception:';
const CONTEXT_AFTER = 'During handling of the above exception, another exception occurred:';
/** The margin of an exception group: `  | text`, `  + Exception Group Traceback`, `  +-+---- 1 ----`. */
const MARGIN = /^( {2,200})([|+])(?: ?)(.*)$/;
const MEMBER = /^-?\+?-{4,} (?:\d+|\.\.\.) -{4,}$|^-{8,}$/;
const NO_EXCEPTION = /^(?:Call stack|Stack \(most recent call last\)):$/;
const MAX_DEPTH = 100;

/**
 * Tracebacks of CPython 3.6 to 3.14, as documented in the `traceback` module and PEP 654
 * (exception groups), PEP 657 (carets) and PEP 678 (notes). Frames are printed oldest first.
 */
export const python: StackTraceParser = {
  id: 'python',
  languages: ['python'],
  hints: [HEAD, 'File "'],
  anchor,
  open: (earlier) => new PythonReader(earlier),
  isLibrary,
};

function anchor(line: string): Anchor | null {
  const head = line.indexOf(HEAD);
  if (head >= 0) {
    const group = line.lastIndexOf('+ Exception Group ', head);
    if (group < 0 || head - group > 20) {
      return { column: head, isHead: line.trimEnd().length === head + HEAD.length };
    }
    let column = group;
    while (column > 0 && group - column < 2 && line[column - 1] === ' ') column -= 1;
    return { column, isHead: true };
  }
  const file = line.indexOf('File "');
  const rest = file < 0 ? '' : line.slice(file).trimEnd();
  if (!FRAME.test(rest) && !faultFrame(rest)) return null;
  return { column: file, isHead: false };
}

class PythonReader implements TraceReader {
  readonly #earlier: readonly EarlierLine[];
  /** One chain per nesting level of exception groups. */
  readonly #levels: ExceptionChain[] = [new ExceptionChain()];
  #level = 0;
  #isGroup = false;
  #begun = false;
  #fault: FaultDump | null = null;
  #isAdjacent = false;

  constructor(earlier: readonly EarlierLine[]) {
    this.#earlier = earlier;
  }

  read(raw: string, sameRecord: boolean): 'taken' | 'foreign' | 'done' {
    const reading = this.#read(raw, sameRecord);
    this.#isAdjacent = reading === 'taken' && raw.trim() !== '';
    return reading;
  }

  #read(raw: string, sameRecord: boolean): 'taken' | 'foreign' | 'done' {
    const line = raw.trimEnd();
    if (!this.#begun && faultFrame(line)) this.#fault ??= new FaultDump(this.#earlier);
    if (this.#fault) return this.#fault.read(line);
    if (line.includes('+ Exception Group Traceback')) this.#isGroup = true;
    const margin = this.#isGroup ? MARGIN.exec(line) : null;
    if (margin) return this.#readMargin(margin);
    // An indented line right after the exception's own goes on with its message.
    const isOurs =
      (sameRecord || (this.#isAdjacent && /^\s+\S/.test(line))) && !looksLikeRecord(line);
    // Lines of others may stand between those of a group; only a further traceback leaves it.
    if (this.#level > 0 && !isOurs && !isAnnouncement(line.trim())) return 'foreign';
    this.#leaveTo(0);
    return this.#readLine(line, isOurs);
  }

  #readMargin(margin: RegExpExecArray): 'taken' | 'foreign' | 'done' {
    const [, indent = '', sign, text = ''] = margin;
    const level = Math.min(MAX_DEPTH, Math.max(0, Math.floor(indent.length / 2) - 1));
    if (sign === '+' && MEMBER.test(text)) {
      const child = text.startsWith('-+') ? level + 1 : level;
      this.#leaveTo(child);
      this.#endMember(child);
      return 'taken';
    }
    this.#leaveTo(level);
    // Inside the margin of a group nothing foreign stands.
    return this.#readLine(text, true);
  }

  #readLine(line: string, isOurs: boolean): 'taken' | 'foreign' | 'done' {
    const chain = this.#chain();
    const text = line.trim();
    if (text === HEAD || text.endsWith(GROUP_HEAD)) return this.#head(chain);
    if (isAnnouncement(text)) {
      chain.link();
      return 'taken';
    }
    if (text === '') {
      chain.blank();
      return chain.isEmpty ? 'foreign' : 'taken';
    }
    if (chain.isComplete) return isOurs && chain.note(text) ? 'taken' : 'foreign';
    const frame = FRAME.exec(line);
    if (frame) {
      this.#begun = true;
      chain.frame(frameOf(frame), line.length - line.trimStart().length);
      return 'taken';
    }
    if (chain.detail(line)) return 'taken';
    const exception = exceptionLine(line);
    if (!exception || chain.isEmpty) return 'foreign';
    chain.complete(exception.type, exception.message);
    return 'taken';
  }

  #head(chain: ExceptionChain): 'taken' | 'done' {
    const isFirst = !this.#begun;
    this.#begun = true;
    if (isFirst || chain.isLinked || (this.#level > 0 && chain.isEmpty)) return 'taken';
    return 'done';
  }

  #chain(): ExceptionChain {
    const chain = this.#levels[this.#level];
    if (chain) return chain;
    const created = new ExceptionChain();
    this.#levels[this.#level] = created;
    return created;
  }

  /** Ends every member that is nested deeper than `level`, or opens the levels down to it. */
  #leaveTo(level: number): void {
    while (this.#level > level) {
      this.#endMember(this.#level);
      this.#level -= 1;
    }
    while (this.#level < level) {
      this.#level += 1;
      this.#chain();
    }
  }

  /** The exception under construction at a level becomes a member of the group around it. */
  #endMember(level: number): void {
    const member = this.#levels[level]?.finish();
    this.#levels[level] = new ExceptionChain();
    if (member && level > 0) this.#levels[level - 1]?.member(member);
  }

  finish() {
    if (this.#fault) return this.#fault.finish();
    // A stack that was logged for information belongs to no exception.
    if (NO_EXCEPTION.test(this.#earlier.at(-1)?.text.trim() ?? '')) return [];
    this.#leaveTo(0);
    const trace = this.#levels[0]?.finish();
    if (!trace) return [];
    if (trace.type === UNKNOWN_TYPE) this.#headFromBefore(trace);
    return [trace];
  }

  /** Some hosts (AWS Lambda) print `[ERROR] Type: message` before the frames instead of after them. */
  #headFromBefore(trace: { type: string; message: string }): void {
    for (const { text } of this.#earlier.slice(-6).reverse()) {
      const head = exceptionLine(text.replace(/^\s*\[ERROR\]\s*/, ''));
      if (!head) continue;
      trace.type = head.type;
      trace.message = head.message;
      return;
    }
  }
}

function isAnnouncement(text: string): boolean {
  return text === HEAD || text === CAUSE_AFTER || text === CONTEXT_AFTER;
}

function frameOf(match: RegExpExecArray): ParsedFrame {
  // A frame without `in` is the place of a SyntaxError: code of a module that did not compile.
  return {
    file: match[1] ?? '',
    line: Number(match[2]),
    column: null,
    function: match[3]?.trim() ?? '<module>',
  };
}

const LIBRARY =
  /(?:^|[\\/])(?:site-packages|dist-packages|lib[\\/]python\d(?:\.\d+)?|lib-dynload)[\\/]|(?:^|[\\/])Lib[\\/](?:asyncio|importlib|concurrent|[a-z_]+\.py$)|^<|\.pyx$|python\d{2,3}\.zip/;

function isLibrary(frame: ParsedFrame): boolean {
  return frame.file === '' || LIBRARY.test(frame.file);
}
