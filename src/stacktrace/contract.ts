/** One frame as a parser read it; innermost frames come first in every list of frames. */
export type ParsedFrame = {
  /** As printed, without scheme, argument list or module version; empty where there was none. */
  file: string;
  line: number | null;
  /** 1-based where the runtime counts so; needed to look up minified code in a source map. */
  column: number | null;
  function: string;
  /** The application, image or module that the runtime names for a frame. */
  module?: string;
  /** Text of the source line, where the runtime prints it. */
  source?: string;
};

/** One exception with what caused it. `frames[0]` is where it was thrown. */
export type ParsedTrace = {
  language: string;
  /** Exception class, signal or panic kind; {@link UNKNOWN_TYPE} where the head was cut off. */
  type: string;
  message: string;
  frames: ParsedFrame[];
  /** Direct causes, the one that explains most last; each has its own causes. */
  causes: ParsedTrace[];
};

/** The type of a trace whose head line was not in the log. */
export const UNKNOWN_TYPE = 'unknown';

/**
 * What a reader says of a line: `taken` it belongs to the trace, `foreign` it does not (the trace
 * may still go on after it), `done` the trace ended before it.
 */
export type Reading = 'taken' | 'foreign' | 'done';

/** A line that came before the first line of a trace in the same stream, its prefix removed. */
export type EarlierLine = {
  text: string;
  /** Whether it looks like a log record of its own (a time, a level, JSON) and not like a part of a message. */
  isRecord: boolean;
};

/** Reads one trace line by line. It holds a bounded number of lines. */
export interface TraceReader {
  /**
   * @param line text of the line, without the prefix that the log puts before it
   * @param sameRecord whether the line belongs to the same multi-line log record as the line before
   */
  read(line: string, sameRecord: boolean): Reading;
  /** The traces read so far; called once, at the end or when the stream was cut. */
  finish(): ParsedTrace[];
}

/** Where the text of a trace begins in a line of a log. */
export type Anchor = {
  /** Offset of the first character that is the trace's own. */
  column: number;
  /**
   * True when the line is the first of the trace, so that blanks before the column belong to the
   * log's prefix; false when it is a frame, whose indentation is not part of the prefix.
   */
  isHead: boolean;
};

/** How one family of runtimes prints stack traces. One per file of `parsers/`, listed in the registry. */
export interface StackTraceParser {
  /** Name of the file. */
  readonly id: string;
  /** The languages that its traces can name. */
  readonly languages: readonly string[];
  /** Every line that can open a trace holds at least one of these; a cheap test before `anchor`. */
  readonly hints: readonly string[];
  /** Whether, and from which column on, this line proves that a trace is here. */
  anchor(line: string): Anchor | null;
  /**
   * Begins a trace at the line that `anchor` found; that line is read next.
   * @param earlier lines before it, nearest last, in which the head of the trace may be found
   */
  open(earlier: readonly EarlierLine[]): TraceReader;
  /** Whether a frame is the runtime's or a library's, as opposed to the service's own. */
  isLibrary(frame: ParsedFrame): boolean;
}

/** Bounds of what a reader keeps, so that hostile input cannot exhaust memory. */
export const MAX_FRAMES = 2048;
export const MAX_MESSAGE_LINES = 40;
const MAX_MESSAGE_CHARS = 4000;
export const MAX_CHAIN = 64;

/** A new trace without frames. */
export function newTrace(language: string, type: string, message: string): ParsedTrace {
  return { language, type, message: message.slice(0, MAX_MESSAGE_CHARS), frames: [], causes: [] };
}

/** Appends a frame within the bound. */
export function pushFrame(frames: ParsedFrame[], frame: ParsedFrame): void {
  if (frames.length < MAX_FRAMES) frames.push(frame);
}

/** Appends a line to a message that runs over several lines, within the bound. */
export function extendMessage(trace: ParsedTrace, line: string): void {
  const room = MAX_MESSAGE_CHARS - trace.message.length - 1;
  if (room <= 0) return;
  trace.message =
    trace.message === '' ? line.slice(0, room) : `${trace.message}\n${line.slice(0, room)}`;
}
