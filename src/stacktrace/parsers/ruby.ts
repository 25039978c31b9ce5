import {
  type Anchor,
  type EarlierLine,
  extendMessage,
  MAX_CHAIN,
  MAX_MESSAGE_LINES,
  newTrace,
  type ParsedTrace,
  pushFrame,
  type StackTraceParser,
  type TraceReader,
  UNKNOWN_TYPE,
} from '#src/stacktrace/contract.ts';
import { looksLikeRecord } from '#src/stacktrace/reading/prefix.ts';
import {
  classAndMessage,
  isRubyLibrary,
  messageAndClass,
  rubyLine,
} from '#src/stacktrace/ruby/frame.ts';

const OLD_HEAD = 'Traceback (most recent call last):';
const MARK = /:\d{1,9}:in [`'"]/;
const START = /(?:^|[\s|\]])((?:\d{1,5}: )?(?:from )?\S[^\s:]{0,800}:\d{1,9}:in [`'"])/;

/**
 * Backtraces of Ruby as `Exception#full_message` and the interpreter print them, in the order of
 * 2.5 to 2.7 (`Traceback (most recent call last)`) and in the usual one, and bare backtrace lines
 * after `Class: message` or `Class (message):` as Rails and Sidekiq log them.
 */
export const ruby: StackTraceParser = {
  id: 'ruby',
  languages: ['ruby'],
  hints: [':in `', ":in '", ':in "'],
  anchor,
  open: (earlier) => new RubyReader(earlier),
  isLibrary: isRubyLibrary,
};

function anchor(line: string): Anchor | null {
  if (!MARK.test(line)) return null;
  const whole = line.length - line.trimStart().length;
  if (rubyLine(line.trim())) return { column: whole, isHead: false };
  const start = START.exec(line);
  if (!start) return null;
  const column = start.index + start[0].length - (start[1]?.length ?? 0);
  const found = rubyLine(line.slice(column).trimEnd());
  return found ? { column, isHead: found.message !== null } : null;
}

class RubyReader implements TraceReader {
  readonly #earlier: readonly EarlierLine[];
  /** The exceptions read so far, outermost first. */
  #chain: ParsedTrace[] = [];
  /** Frames of the old order, outermost first, still without their exception. */
  #reversed: boolean;
  #isForeignBefore = false;
  #isHeadPassed = false;
  #messageLines = 0;
  #hasFrom = false;

  constructor(earlier: readonly EarlierLine[]) {
    this.#earlier = earlier;
    this.#reversed = earlier.at(-1)?.text.trim().endsWith(OLD_HEAD) ?? false;
  }

  read(line: string, sameRecord: boolean): 'taken' | 'foreign' | 'done' {
    const text = line.trim();
    const found = rubyLine(text);
    if (!found) return this.#other(text, line, sameRecord);
    if (found.message !== null) return this.#head(found.message, found.frame);
    if (this.#isHeadPassed && !text.startsWith('from ')) return 'done';
    // The old order numbers its lines down to the innermost.
    if (this.#chain.length === 0 && /^\d{1,5}: from /.test(text)) this.#reversed = true;
    const current = this.#chain.at(-1) ?? this.#begin();
    if (text.startsWith('from ')) this.#hasFrom = true;
    pushFrame(current.frames, found.frame);
    return 'taken';
  }

  /** `file:line:in 'f': message (Class)`: the innermost frame of an exception. */
  #head(rest: string, frame: ParsedTrace['frames'][number]): 'taken' | 'done' {
    const head = messageAndClass(rest) ?? { type: UNKNOWN_TYPE, message: rest };
    const current = this.#chain.at(-1);
    if (this.#reversed && current && this.#chain.length === 1) {
      current.type = head.type;
      current.message = head.message;
      pushFrame(current.frames, frame);
      current.frames.reverse();
      this.#reversed = false;
      return 'taken';
    }
    // A head right after the frames of another exception is its cause.
    if (current && (this.#isForeignBefore || !this.#hasFrom || this.#chain.length >= MAX_CHAIN)) {
      return 'done';
    }
    const trace = newTrace('ruby', head.type, head.message);
    pushFrame(trace.frames, frame);
    this.#chain.push(trace);
    this.#messageLines = 0;
    return 'taken';
  }

  #other(text: string, line: string, sameRecord: boolean): 'taken' | 'foreign' {
    const current = this.#chain.at(-1);
    const isMessage = current?.frames.length === 1 && this.#isMessageOpen(current, sameRecord);
    if (current && isMessage && !looksLikeRecord(line)) {
      this.#messageLines += 1;
      // The class stands at the end of the first line, or after the last where the head had none.
      const end = current.type === UNKNOWN_TYPE ? messageAndClass(text) : null;
      extendMessage(current, end?.message ?? text);
      if (end) current.type = end.type;
      return 'taken';
    }
    if (text !== '' && !looksLikeRecord(line)) this.#isForeignBefore = true;
    // Were bare frames to follow now, they would belong to that other exception.
    if (current && classAndMessage(line)) this.#isHeadPassed = true;
    return 'foreign';
  }

  #isMessageOpen(current: ParsedTrace, sameRecord: boolean): boolean {
    const isHeaded = current.message !== '' || current.type !== UNKNOWN_TYPE;
    return isHeaded && this.#messageLines < (sameRecord ? MAX_MESSAGE_LINES : 12);
  }

  #begin(): ParsedTrace {
    const head = this.#reversed ? null : headBefore(this.#earlier);
    const trace = newTrace('ruby', head?.type ?? UNKNOWN_TYPE, head?.message ?? '');
    this.#chain.push(trace);
    return trace;
  }

  finish(): ParsedTrace[] {
    const [outer] = this.#chain;
    if (!outer) return [];
    if (this.#reversed) outer.frames.reverse();
    for (const [at, trace] of this.#chain.entries()) {
      const cause = this.#chain[at + 1];
      if (cause) trace.causes = [cause];
    }
    return [outer];
  }
}

/** The class and message that a logger wrote before the bare backtrace. */
function headBefore(earlier: readonly EarlierLine[]): { type: string; message: string } | null {
  for (const { text } of earlier.slice(-12).reverse()) {
    const head = classAndMessage(text);
    if (head) return head;
  }
  return null;
}
