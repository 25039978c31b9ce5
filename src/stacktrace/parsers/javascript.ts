import {
  type Anchor,
  type EarlierLine,
  type ParsedFrame,
  type StackTraceParser,
  type TraceReader,
  UNKNOWN_TYPE,
} from '#src/stacktrace/contract.ts';
import { parseAtSignFrame, parseV8Frame, plainPath } from '#src/stacktrace/javascript/frame.ts';
import { errorHead, findErrorHead, innerErrorHead } from '#src/stacktrace/javascript/head.ts';
import { InspectedError } from '#src/stacktrace/javascript/inspected-error.ts';
import { PassingHead } from '#src/stacktrace/reading/passing-head.ts';

const CAUSED_BY = /^caused by:? (.*)$/i;

/**
 * V8's stack trace API with util.inspect's form of causes and aggregate errors (Node.js, Deno,
 * Chrome), Hermes, and `function@place` of SpiderMonkey (Firefox, gjs) and JavaScriptCore (Safari, Bun).
 */
export const javascript: StackTraceParser = {
  id: 'javascript',
  languages: ['javascript'],
  hints: ['at ', '@'],
  anchor,
  open: (earlier) => new JavaScriptReader(earlier),
  isLibrary,
};

function anchor(line: string): Anchor | null {
  let at = line.indexOf('at ');
  for (let tries = 0; at >= 0 && tries < 6; tries += 1) {
    const isWord = at === 0 || line[at - 1] === ' ' || line[at - 1] === '\t';
    if (isWord && parseV8Frame(line.slice(at))) return { column: at, isHead: false };
    at = line.indexOf('at ', at + 1);
  }
  return atSignAnchor(line);
}

/** The function's name may hold blanks, so only the last two words before the `@` are tried. */
function atSignAnchor(line: string): Anchor | null {
  const sign = line.indexOf('@');
  if (sign < 0 || !line.includes(':', sign)) return null;
  const word = line.lastIndexOf(' ', sign) + 1;
  if (parseAtSignFrame(line, false)) {
    return { column: line.length - line.trimStart().length, isHead: false };
  }
  return parseAtSignFrame(line.slice(word), false) ? { column: word, isHead: false } : null;
}

class JavaScriptReader implements TraceReader {
  readonly #earlier: readonly EarlierLine[];
  #error: InspectedError | null = null;
  #style: 'v8' | 'at-sign' | null = null;
  readonly #passing = new PassingHead();
  #origin: { file: string; line: number } | null = null;

  constructor(earlier: readonly EarlierLine[]) {
    this.#earlier = earlier;
  }

  read(line: string): 'taken' | 'foreign' | 'done' {
    const text = line.trim();
    const frame = this.#frame(text);
    if (frame) {
      if (this.#passing.isSet || this.#error?.isClosed) return 'done';
      this.#errorAt(line).frame(frame.frame, frame.opens);
      return 'taken';
    }
    if (!this.#error) return 'foreign';
    if (this.#error.elision(text) || this.#error.property(line)) return 'taken';
    return this.#between(text);
  }

  #frame(text: string): { frame: ParsedFrame; opens: boolean } | null {
    if (this.#style !== 'at-sign') {
      const frame = parseV8Frame(text);
      if (frame) this.#style = 'v8';
      if (frame || this.#style === 'v8') return frame;
    }
    const frame = parseAtSignFrame(text, this.#style === 'at-sign');
    if (frame) this.#style = 'at-sign';
    return frame && { frame, opens: false };
  }

  /** A line after the frames: a cause, the head of the next error, or something else. */
  #between(text: string): 'taken' | 'foreign' | 'done' {
    const cause = errorHead(CAUSED_BY.exec(text)?.[1] ?? '', false);
    if (cause) {
      this.#error?.causedBy(cause.type, cause.message);
      return 'taken';
    }
    if (errorHead(text, true)) return 'done';
    this.#passing.see(text, innerErrorHead(text) !== null);
    return 'foreign';
  }

  #errorAt(line: string): InspectedError {
    if (this.#error) return this.#error;
    const head = findErrorHead(this.#earlier);
    const indent = Math.max(0, line.length - line.trimStart().length - 4);
    this.#error = head
      ? new InspectedError(head.type, head.message, Math.min(head.indent, indent))
      : new InspectedError(UNKNOWN_TYPE, '', indent);
    if (head?.type === 'SyntaxError') this.#origin = head.origin;
    return this.#error;
  }

  finish() {
    if (!this.#error) return [];
    const trace = this.#error.finish();
    // A module that does not compile has no frame of its own; Node.js names the place before the head.
    const origin = this.#origin;
    const place = origin && { file: plainPath(origin.file), line: origin.line };
    const first = trace.frames[0];
    if (place && !(first?.file === place.file && first.line === place.line)) {
      trace.frames.unshift({ ...place, column: null, function: '<anonymous>' });
    }
    return [trace];
  }
}

const LIBRARY =
  /(?:^|[\\/])(?:node_modules|bower_components|\.yarn|\.pnpm|jspm_packages)[\\/]|^(?:node|internal|ext|deno|bun|wasm|native|chrome-extension|moz-extension|safari-extension|safari-web-extension|resource|chrome|blob):|^(?:internal|timers|events|module|fs|net|_stream\w*|domain|bootstrap_node|process)\b[^/]{0,40}\.js$|^internal\/|webpack[\\/](?:bootstrap|runtime|startup)|\/(?:cdn-cgi|npm)\/|^(?:native|<anonymous>|\[native code\]|)$/;

function isLibrary(frame: ParsedFrame): boolean {
  return LIBRARY.test(frame.file);
}
