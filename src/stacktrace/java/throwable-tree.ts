import {
  extendMessage,
  MAX_CHAIN,
  MAX_FRAMES,
  MAX_MESSAGE_LINES,
  newTrace,
  type ParsedFrame,
  type ParsedTrace,
  pushFrame,
} from '#src/stacktrace/contract.ts';

type Node = {
  trace: ParsedTrace;
  /** The throwable whose trace shares its last frames with this one. */
  enclosing: Node | null;
  indent: number;
  /** Value of `... n more`. */
  shared: number;
  messageLines: number;
};

/**
 * The throwables of one printed trace. Outer first (`Caused by:`) is the JDK's order, inner first
 * (`Wrapped by:`) logback's `rootCauseFirst`; `Suppressed:` ones are indented under their owner.
 * `... n more` stands for the last n frames of the throwable around it
 * (`Throwable.printEnclosedStackTrace`).
 */
export class ThrowableTree {
  #root: Node;
  #current: Node;
  readonly #nodes: Node[];
  /** A suppressed throwable happened but caused nothing: it is a trace of its own. */
  readonly #suppressed: ParsedTrace[] = [];

  constructor(type: string, message: string) {
    this.#root = node(type, message, null, 0);
    this.#current = this.#root;
    this.#nodes = [this.#root];
  }

  frame(frame: ParsedFrame): void {
    pushFrame(this.#current.trace.frames, frame);
  }

  get isInMessage(): boolean {
    return this.#current.trace.frames.length === 0 && this.#current.shared === 0;
  }

  /** A further line of the message of the last head. */
  message(line: string): boolean {
    if (this.#current.messageLines >= MAX_MESSAGE_LINES) return false;
    this.#current.messageLines += 1;
    extendMessage(this.#current.trace, line);
    return true;
  }

  more(count: number): void {
    this.#current.shared = Math.min(count, MAX_FRAMES);
  }

  causedBy(type: string, message: string, indent: number): void {
    const outer = this.#at(indent);
    if (this.#nodes.length >= MAX_CHAIN || outer.trace.causes.length > 0) return;
    this.#current = node(type, message, outer, indent);
    outer.trace.causes.push(this.#current.trace);
    this.#nodes.push(this.#current);
  }

  wrappedBy(type: string, message: string): void {
    if (this.#nodes.length >= MAX_CHAIN) return;
    const outer = node(type, message, null, 0);
    this.#root.enclosing = outer;
    outer.trace.causes.push(this.#root.trace);
    this.#root = outer;
    this.#current = outer;
    // Outer ones are filled first, because the inner ones borrow their frames.
    this.#nodes.unshift(outer);
  }

  suppressed(type: string, message: string, indent: number): void {
    if (this.#nodes.length >= MAX_CHAIN) return;
    const owner = this.#at(indent - 1);
    this.#current = node(type, message, owner, indent);
    this.#suppressed.push(this.#current.trace);
    this.#nodes.push(this.#current);
  }

  /** The last throwable whose head stood at this indentation or further left. */
  #at(indent: number): Node {
    for (let at = this.#nodes.length - 1; at >= 0; at -= 1) {
      const found = this.#nodes[at] as Node;
      if (found.indent <= indent) return found;
    }
    return this.#root;
  }

  finish(): ParsedTrace[] {
    for (const { trace, enclosing, shared } of this.#nodes) {
      if (shared === 0 || !enclosing) continue;
      for (const frame of enclosing.trace.frames.slice(-shared)) pushFrame(trace.frames, frame);
    }
    return [this.#root.trace, ...this.#suppressed];
  }
}

function node(type: string, message: string, enclosing: Node | null, indent: number): Node {
  return {
    trace: newTrace('java', type, message),
    enclosing,
    indent,
    shared: 0,
    messageLines: 0,
  };
}
