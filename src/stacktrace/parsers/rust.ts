import {
  type Anchor,
  type EarlierLine,
  extendMessage,
  MAX_MESSAGE_LINES,
  newTrace,
  type ParsedTrace,
  pushFrame,
  type StackTraceParser,
  type TraceReader,
  UNKNOWN_TYPE,
} from '#src/stacktrace/contract.ts';
import { looksLikeRecord } from '#src/stacktrace/reading/prefix.ts';
import { errorReport } from '#src/stacktrace/rust/error-report.ts';
import { isRustLibrary, rustFunction, rustPlace } from '#src/stacktrace/rust/frame.ts';

const PANIC = /thread '([^'\n]{0,200})' (?:\(\d{1,12}\) )?(?:has )?panicked at /;
/** Since 1.73 the place comes first and the message on the next line; before, the message was quoted. */
const NEW_PLACE = /^(\S.{0,600}):(\d{1,9}):(\d{1,9}):$/;
const OLD_FORM = /^'([\s\S]*)', (\S.{0,600}):(\d{1,9}):(\d{1,9})$/;
const BACKTRACE = /^(?:stack backtrace:|Stack backtrace:|[━─-]{3,80} BACKTRACE [━─-]{3,80})$/i;
const LABEL = /(?:[Ss]tack backtrace:|[━─-]{3,80} BACKTRACE [━─-]{3,80})$/;
const RUST_PLACE = /(?:^|[\s|])\s{4,80}at [^\s:][^:]{0,600}\.rs:\d{1,9}(?::\d{1,9})?$/;
const NOTE = /^note: (?:run with|Some details|the backtrace|panic did not)/;
const HIDDEN = /^(?:⋮ ?\d{1,6} frames? hidden ⋮|\[\.\.\.\s)/;

/** Panics of Rust (both forms) with short and full backtraces; error reports of anyhow and eyre. */
export const rust: StackTraceParser = {
  id: 'rust',
  languages: ['rust'],
  hints: ['.rs:', 'panicked at ', 'ack backtrace:', ' BACKTRACE '],
  anchor,
  open: (earlier) => new RustReader(earlier),
  isLibrary: isRustLibrary,
};

function anchor(line: string): Anchor | null {
  const panic = PANIC.exec(line);
  if (panic) return { column: panic.index, isHead: true };
  const label = LABEL.exec(line.trimEnd());
  if (label) return { column: label.index, isHead: false };
  // The place of a frame, when the beginning of the backtrace was cut off.
  const at = RUST_PLACE.exec(line.trimEnd());
  return at ? { column: at.index + at[0].indexOf('at '), isHead: false } : null;
}

class RustReader implements TraceReader {
  readonly #earlier: readonly EarlierLine[];
  #trace: ParsedTrace | null = null;
  #place: ParsedTrace['frames'][number] | null = null;
  #state: 'head' | 'message' | 'frames' | 'ended' = 'head';
  #messageLines = 0;
  #lastIndex = -1;

  constructor(earlier: readonly EarlierLine[]) {
    this.#earlier = earlier;
  }

  read(line: string): 'taken' | 'foreign' | 'done' {
    const text = line.trim();
    const panic = PANIC.exec(text);
    if (panic) return this.#panic(text.slice(panic.index + panic[0].length));
    if (BACKTRACE.test(text) || text.endsWith('ack backtrace:')) return this.#backtrace();
    if (this.#state === 'head' && rustPlace(text)) this.#beginAtPlace();
    if (this.#state === 'frames') return this.#frameLine(text);
    if (NOTE.test(text)) {
      this.#state = 'ended';
      return 'taken';
    }
    if (this.#state === 'message') return this.#messageLine(text, line);
    return 'foreign';
  }

  #panic(rest: string): 'taken' | 'done' {
    if (this.#trace) return 'done';
    const old = OLD_FORM.exec(rest);
    const place = NEW_PLACE.exec(rest);
    this.#trace = newTrace('rust', 'panic', old?.[1] ?? (place ? '' : rest));
    const at = old ? old.slice(2) : place?.slice(1);
    if (at)
      this.#place = {
        file: at[0] ?? '',
        line: Number(at[1]),
        column: Number(at[2]),
        function: '<unknown>',
      };
    this.#state = 'message';
    return 'taken';
  }

  #backtrace(): 'taken' | 'done' {
    if (this.#state === 'frames' || this.#state === 'ended') return 'done';
    this.#trace ??= errorReport(this.#earlier);
    this.#state = 'frames';
    return 'taken';
  }

  /** Cut at the start: the function of the first place stands on the line before. */
  #beginAtPlace(): void {
    this.#trace = newTrace('rust', UNKNOWN_TYPE, '');
    this.#state = 'frames';
    const before = this.#earlier.findLast((line) => !line.isRecord);
    const name = rustFunction(before?.text.trim() ?? '')?.name ?? '<unknown>';
    this.#trace.frames.push({ file: '', line: null, column: null, function: name });
  }

  #messageLine(text: string, line: string): 'taken' | 'foreign' {
    if (looksLikeRecord(line) || this.#messageLines >= MAX_MESSAGE_LINES || !this.#trace)
      return 'foreign';
    if (text === '' && this.#messageLines > 0) return 'foreign';
    this.#messageLines += 1;
    extendMessage(this.#trace, text);
    return 'taken';
  }

  #frameLine(text: string): 'taken' | 'foreign' | 'done' {
    const frames = this.#trace?.frames ?? [];
    const last = frames.at(-1);
    const place = rustPlace(text);
    if (place && last && last.line === null) {
      Object.assign(last, place);
      return 'taken';
    }
    const found = rustFunction(text);
    if (found) {
      // Inlined functions repeat the number or leave it out; a smaller number is another backtrace.
      if (found.index < this.#lastIndex) return 'done';
      this.#lastIndex = found.index;
      pushFrame(frames, { file: '', line: null, column: null, function: found.name });
      return 'taken';
    }
    if (place && last) {
      pushFrame(frames, { ...place, function: last.function });
      return 'taken';
    }
    if (NOTE.test(text)) this.#state = 'ended';
    return HIDDEN.test(text) || NOTE.test(text) ? 'taken' : 'foreign';
  }

  finish(): ParsedTrace[] {
    const trace = this.#trace;
    if (!trace) return [];
    trace.message = trace.message.trimEnd();
    if (trace.frames.length === 0 && this.#place) trace.frames = [this.#place];
    return trace.frames.length > 0 ? [trace] : [];
  }
}
