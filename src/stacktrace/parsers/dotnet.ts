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
import { isDotnetLibrary, parseDotnetFrame } from '#src/stacktrace/dotnet/frame.ts';
import {
  dotnetHead,
  findDotnetHeads,
  innerDotnetHead,
  newChain,
  splitArrows,
} from '#src/stacktrace/dotnet/head.ts';
import { PassingHead } from '#src/stacktrace/reading/passing-head.ts';

const END_OF_INNER =
  /^-{3,5} End of inner (?:exception stack trace|ExceptionDetail stack trace) -{3,5}$/;
const END_OTHER =
  /^-{3} End of stack trace from previous location(?: where exception was thrown)? -{3}$|^<-{3}$/;

/** `Exception.ToString()` of .NET, .NET Framework and Mono: inner exceptions first, each closed by a line. */
export const dotnet: StackTraceParser = {
  id: 'dotnet',
  languages: ['dotnet'],
  hints: ['at '],
  anchor,
  open: (earlier) => new DotnetReader(earlier),
  isLibrary: isDotnetLibrary,
};

function anchor(line: string): Anchor | null {
  let at = line.indexOf('at ');
  for (let tries = 0; at >= 0 && tries < 6; tries += 1) {
    const isWord = at === 0 || line[at - 1] === ' ' || line[at - 1] === '\t';
    if (isWord && parseDotnetFrame(line.slice(at))) return { column: at, isHead: false };
    at = line.indexOf('at ', at + 1);
  }
  return null;
}

class DotnetReader implements TraceReader {
  readonly #earlier: readonly EarlierLine[];
  /** Exceptions whose frames are still to come, outermost first; the last one gets the next frame. */
  #open: ParsedTrace[] = [];
  #outer: ParsedTrace | null = null;
  readonly #passing = new PassingHead();

  constructor(earlier: readonly EarlierLine[]) {
    this.#earlier = earlier;
  }

  read(line: string): 'taken' | 'foreign' | 'done' {
    const text = line.trim();
    const mark = text.endsWith('<---') ? text.slice(0, -4).trimEnd() : text;
    const frame = parseDotnetFrame(mark);
    if (frame) {
      if (this.#passing.isSet) return 'done';
      const trace = this.#begin();
      if (trace) pushFrame(trace.frames, frame);
      return trace ? 'taken' : 'done';
    }
    if (!this.#outer) return 'foreign';
    if (END_OF_INNER.test(text)) return this.#endInner();
    if (END_OTHER.test(text)) return 'taken';
    if (text.startsWith('---> ') && this.#outer.causes.length < MAX_CHAIN) return this.#inner(text);
    if (dotnetHead(text)) return 'done';
    this.#passing.see(line, innerDotnetHead(text) !== null);
    return 'foreign';
  }

  #begin(): ParsedTrace | null {
    if (this.#outer) return this.#open.at(-1) ?? null;
    const heads = findDotnetHeads(this.#earlier);
    const chain = heads.length > 0 ? newChain(heads) : [newTrace('dotnet', UNKNOWN_TYPE, '')];
    this.#outer = chain[0] ?? null;
    nest(chain);
    this.#open = chain;
    return this.#open.at(-1) ?? null;
  }

  /** The frames of an inner exception are complete; what follows is of the one around it. */
  #endInner(): 'taken' {
    const inner = this.#open.pop();
    if (this.#open.length === 0 && inner) {
      // Cut at the start: the head of the outer exception is missing.
      const outer = newTrace('dotnet', UNKNOWN_TYPE, '');
      outer.causes = [inner];
      this.#outer = outer;
      this.#open = [outer];
    }
    return 'taken';
  }

  /** A member of an AggregateException; the first one repeats the inner exception. */
  #inner(text: string): 'taken' {
    const chain = newChain(splitArrows(text));
    const outer = this.#outer;
    if (!outer || chain.length === 0) return 'taken';
    nest(chain);
    if (chain[0]) outer.causes.push(chain[0]);
    this.#open = [outer, ...chain];
    return 'taken';
  }

  finish(): ParsedTrace[] {
    const outer = this.#outer;
    if (!outer) return [];
    outer.causes = outer.causes.filter(
      (cause, at) => !outer.causes.slice(at + 1).some((later) => isSame(cause, later)),
    );
    return [outer];
  }
}

function nest(chain: readonly ParsedTrace[]): void {
  for (const [at, trace] of chain.entries()) {
    const inner = chain[at + 1];
    if (inner) trace.causes = [inner];
  }
}

/** An aggregate prints its first inner exception twice. */
function isSame(a: ParsedTrace, b: ParsedTrace): boolean {
  const [x, y] = [a.frames[0], b.frames[0]];
  return (
    a.type === b.type &&
    a.message === b.message &&
    a.frames.length === b.frames.length &&
    x?.function === y?.function &&
    x?.line === y?.line
  );
}
