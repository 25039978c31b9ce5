import type { ParsedFrame } from '#src/stacktrace/contract.ts';
import { MAX_CHAIN, newTrace, type ParsedTrace, pushFrame } from '#src/stacktrace/contract.ts';
import { type Elision, fillElisions } from '#src/stacktrace/javascript/elided.ts';
import { errorHead } from '#src/stacktrace/javascript/head.ts';

type Nested = {
  trace: ParsedTrace;
  parent: Nested | null;
  indent: number;
  isOpen: boolean;
  elisions: Elision[];
};

const KEY = /^(?:\[([\w$]{1,60})\]|'?([\w$.-]{1,60})'?): (.*)$/;
const CLOSER = /^[}\]]{1,8},?$/;
const BRACKETED = /^\[([A-Za-z_$][\w$]{0,100}(?: \[\w{1,60}\])?(?:: .{0,2000})?)\],?(?: \{)?$/;
const ELIDED = /^\.\.\. (\d{1,6}) lines matching cause stack trace \.\.\.$/;
const MAX_PROPERTY_LINES = 2000;

/**
 * An error as util.inspect prints it: frames, then `{`, extra properties and nested errors
 * (`[cause]: …`, `[errors]: [ … ]`), each indented more than what holds it, then `}`.
 */
export class InspectedError {
  readonly #root: Nested;
  #current: Nested;
  #properties = 0;
  #wasOpen = false;

  constructor(type: string, message: string, indent: number) {
    this.#root = nested(type, message, indent, null);
    this.#current = this.#root;
  }

  get hasFrames(): boolean {
    return this.#root.trace.frames.length > 0;
  }

  /** Whether the list of extra properties of any error is still open. */
  get isOpen(): boolean {
    for (let at: Nested | null = this.#current; at; at = at.parent) if (at.isOpen) return true;
    return false;
  }

  /** Its list of properties was opened and closed again, so that nothing more can follow. */
  get isClosed(): boolean {
    return this.#wasOpen && !this.isOpen;
  }

  frame(frame: ParsedFrame, opens: boolean): void {
    pushFrame(this.#current.trace.frames, frame);
    if (opens) {
      this.#current.isOpen = true;
      this.#wasOpen = true;
    }
  }

  elision(text: string): boolean {
    const match = ELIDED.exec(text);
    if (match) {
      this.#current.elisions.push({
        at: this.#current.trace.frames.length,
        count: Number(match[1]),
      });
    }
    return match !== null;
  }

  /** A further error at the same level that caused the last one (`caused by: …`). */
  causedBy(type: string, message: string): void {
    this.#nest(type, message, this.#current.indent, this.#current);
  }

  /** A line between the braces. @returns false when the line stands outside them */
  property(line: string): boolean {
    const text = line.trim();
    const indent = line.length - line.trimStart().length;
    if (!this.isOpen || this.#properties >= MAX_PROPERTY_LINES) return false;
    if (indent <= this.#root.indent && !CLOSER.test(text)) return false;
    this.#properties += 1;
    if (CLOSER.test(text)) this.#close(indent);
    else this.#nestedHead(text, indent);
    return true;
  }

  #close(indent: number): void {
    for (let at: Nested | null = this.#current; at && at.indent >= indent; at = at.parent) {
      at.isOpen = false;
      if (at.parent) this.#current = at.parent;
    }
  }

  #nestedHead(text: string, indent: number): void {
    const key = KEY.exec(text);
    const isError = key?.[1] !== undefined;
    const value = key?.[3] ?? text;
    const bracketed = BRACKETED.exec(value);
    const head = bracketed
      ? errorHead(bracketed[1] ?? '', true)
      : (errorHead(text, true) ?? errorHead(value, !isError));
    const parent = this.#holder(indent);
    // `code: 'X'` and the like are quoted; what has the form of an error's head is one.
    if (head && parent) this.#nest(head.type, head.message, indent, parent);
  }

  /** The innermost error that is less indented. */
  #holder(indent: number): Nested | null {
    for (let at: Nested | null = this.#current; at; at = at.parent)
      if (at.indent < indent) return at;
    return null;
  }

  #nest(type: string, message: string, indent: number, parent: Nested): void {
    if (parent.trace.causes.length >= MAX_CHAIN) return;
    const child = nested(type, message, indent, parent);
    parent.trace.causes.push(child.trace);
    this.#current = child;
    this.#children.push(child);
  }

  readonly #children: Nested[] = [];

  finish(): ParsedTrace {
    for (const each of [...this.#children].reverse()) fill(each);
    fill(this.#root);
    return this.#root.trace;
  }
}

function fill(error: Nested): void {
  const { trace, elisions } = error;
  if (elisions.length > 0) {
    trace.frames = fillElisions(trace.frames, elisions, trace.causes.at(-1)?.frames);
  }
}

function nested(type: string, message: string, indent: number, parent: Nested | null): Nested {
  return {
    trace: newTrace('javascript', type, message),
    parent,
    indent,
    isOpen: false,
    elisions: [],
  };
}
