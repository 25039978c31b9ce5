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
} from '#src/stacktrace/contract.ts';
import { goFrame, goFunction, goPlace, isGoLibrary } from '#src/stacktrace/go/frame.ts';
import { type GoHead, goHead } from '#src/stacktrace/go/panic-head.ts';
import { isSourcePlace, SourceFrames } from '#src/stacktrace/go/source-frames.ts';
import { type FrameGroup, tracesOf } from '#src/stacktrace/go/traces.ts';
import { looksLikeRecord } from '#src/stacktrace/reading/prefix.ts';

const HEADS = [
  'panic: ',
  'fatal error: ',
  'unexpected fault address ',
  ...['SIGQUIT: ', 'SIGABRT: ', 'SIGSEGV: ', 'SIGBUS: ', 'SIGFPE: ', 'SIGILL: '],
];
const GOROUTINE = /^goroutine \d{1,12}(?: [^[\]]{1,120})? \[([^\]]{1,120})\]:$/;
const DETAIL =
  /^(?:\[signal |PC=0x|exit status \d|goroutine running on other thread|\.\.\.(?:additional|\d{1,9}) frames elided|\[originating from|[re][a-z0-9]{1,7} {1,6}0x|[cfg]s {1,6}0x|signal arrived|runtime stack:)/;
const MAX_GOROUTINES = 1000;

/** Panics, fatal errors, goroutine dumps, and errors and loggers that print a stack (pkg/errors, zap). */
export const go: StackTraceParser = {
  id: 'go',
  languages: ['go'],
  hints: [...HEADS, 'goroutine ', '.go:', '.s:'],
  anchor,
  open: (earlier) => new GoReader(earlier),
  isLibrary: isGoLibrary,
};

function anchor(line: string): Anchor | null {
  for (const head of HEADS) {
    const at = line.indexOf(head);
    if (at === 0 || (at > 0 && /[\s|\]:>]/.test(line[at - 1] ?? '')))
      return { column: at, isHead: true };
  }
  const routine = line.indexOf('goroutine ');
  if (routine >= 0 && GOROUTINE.test(line.slice(routine).trim())) {
    return { column: routine, isHead: true };
  }
  const end = line.trimEnd();
  const source = end.endsWith(')') ? end.lastIndexOf(' ', end.lastIndexOf(' (0x') - 1) + 1 : -1;
  if (source >= 0 && isSourcePlace(end.slice(source))) return { column: source, isHead: false };
  // The file's line is the proof; the function stands on the line before.
  const tab = line.lastIndexOf('\t');
  const start = tab >= 0 ? tab + 1 : line.length - line.trimStart().length;
  return start > 0 && goPlace(line.slice(start)) ? { column: start, isHead: false } : null;
}

class GoReader implements TraceReader {
  readonly #earlier: readonly EarlierLine[];
  #heads: GoHead[] = [];
  #groups: FrameGroup[] = [];
  #pending: string | null = null;
  #isBlankBefore = false;
  #isUnread = true;
  /** Set when the first line shows the form of gin. */
  #source: SourceFrames | null = null;
  #isDump = false;
  /** The line that tells who started the goroutine is its last. */
  #isCreatorNext = false;
  #isGoroutineOver = false;
  #notes: EarlierLine[] = [];
  #messageLines = 0;

  constructor(earlier: readonly EarlierLine[]) {
    this.#earlier = earlier;
  }

  read(line: string): 'taken' | 'foreign' | 'done' {
    const text = line.trim();
    if (this.#isUnread && isSourcePlace(text)) this.#source = new SourceFrames(this.#earlier);
    this.#isUnread = false;
    if (this.#source) return this.#source.read(text);
    if (text === '') {
      this.#isBlankBefore = true;
      return this.#isDump || this.#heads.length > 0 ? 'taken' : 'foreign';
    }
    const reading = this.#readText(text, line);
    if (reading === 'taken') this.#isBlankBefore = false;
    return reading;
  }

  #readText(text: string, line: string): 'taken' | 'foreign' | 'done' {
    const place = goPlace(text);
    if (place) return this.#place(place);
    const routine = GOROUTINE.exec(text);
    if (routine) return this.#goroutine(routine[1] ?? '');
    const head = goHead(text);
    if (head) return this.#head(head);
    if (DETAIL.test(text)) return this.#isDump || this.#heads.length > 0 ? 'taken' : 'foreign';
    const name = goFunction(text);
    if (text.startsWith('created by ')) this.#isCreatorNext = true;
    if (name && (this.#isDump || this.#groups.length > 0)) {
      this.#pending = name;
      return 'taken';
    }
    return this.#other(text, line);
  }

  #head(head: GoHead): 'taken' | 'done' {
    if (this.#groups.length > 0) return 'done';
    if (this.#heads.length < MAX_CHAIN) this.#heads.push(head);
    return 'taken';
  }

  #goroutine(state: string): 'taken' | 'done' {
    const isFirst = this.#groups.length === 0;
    if (!isFirst && !(this.#isDump && this.#isBlankBefore)) return 'done';
    this.#isDump = true;
    this.#isGoroutineOver = false;
    this.#pending = null;
    if (this.#groups.length < MAX_GOROUTINES) this.#groups.push({ state, frames: [], notes: [] });
    return 'taken';
  }

  #place(place: { file: string; line: number }): 'taken' | 'foreign' | 'done' {
    const isFirst = this.#groups.length === 0;
    const name = this.#pending ?? (isFirst ? functionBefore(this.#earlier) : null);
    this.#pending = null;
    if (!name) return 'foreign';
    if (isFirst) this.#groups.push({ state: '', frames: [], notes: messagesBefore(this.#earlier) });
    else if (this.#isDump) {
      if (this.#isGoroutineOver) return 'done';
    } else {
      const notes = this.#notes.filter((note) => !note.isRecord);
      const isComplete = this.#groups.at(-1)?.frames.at(-1)?.function === 'runtime.goexit';
      // A record alone after a complete stack is the head of another error.
      if (isComplete && notes.length === 0 && this.#notes.length > 0) return 'done';
      if (isComplete || notes.length > 0) this.#groups.push({ state: '', frames: [], notes });
    }
    this.#notes = [];
    const group = this.#groups.at(-1);
    if (group) pushFrame(group.frames, goFrame(name, place));
    this.#isGoroutineOver = this.#isCreatorNext;
    this.#isCreatorNext = false;
    return 'taken';
  }

  /** Between head and goroutine the message goes on; between two stacks of an error stand messages. */
  #other(text: string, line: string): 'taken' | 'foreign' {
    const isRecord = looksLikeRecord(line);
    const head = this.#heads.at(-1);
    if (head && this.#groups.length === 0 && !isRecord && this.#messageLines < MAX_MESSAGE_LINES) {
      this.#messageLines += 1;
      const trace = newTrace('go', head.type, head.message);
      extendMessage(trace, text);
      head.message = trace.message;
      return 'taken';
    }
    if (!this.#isDump && this.#notes.length < 8) this.#notes.push({ text, isRecord });
    return 'foreign';
  }

  finish(): ParsedTrace[] {
    if (this.#source) return this.#source.finish();
    return tracesOf({
      heads: this.#heads,
      groups: this.#groups.filter((group) => group.frames.length > 0),
      isDump: this.#isDump,
      earlier: this.#earlier,
    });
  }
}

/** The line with the function stands before the first place; lines of others may stand between. */
function functionBefore(earlier: readonly EarlierLine[]): string | null {
  const own = earlier.slice(-8).findLast((line) => !line.isRecord);
  return goFunction(own?.text ?? '');
}

/** The lines before the one with the first function. */
function messagesBefore(earlier: readonly EarlierLine[]): EarlierLine[] {
  const at = earlier.findLastIndex((line) => !line.isRecord);
  return earlier.slice(Math.max(0, at - 8), Math.max(0, at));
}
