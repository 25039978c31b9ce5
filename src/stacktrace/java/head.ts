import type { EarlierLine } from '#src/stacktrace/contract.ts';

export type ThrowableHead = { type: string; message: string };

const THREAD = /^Exception (?:in thread|while .{0,60}) "[^"]{0,200}" /;
const SEGMENT = '[A-Za-z_$\\u0080-\\uffff][\\w$\\u0080-\\uffff]{0,150}';
const CLASS = `(?:${SEGMENT}\\.){0,15}${SEGMENT}`;
const HEAD = new RegExp(`^(${CLASS})(?:: ?([\\s\\S]*))?$`);
const THROWABLE =
  /(?:Exception|Error|Throwable|Failure|Fault|Interrupt|Timeout|Death|Abort|Panic|Rejected)s?\d{0,2}$/;
const INNER =
  /(?:^|[\s:"'(=>[\]])((?:[a-z_][\w$]{0,60}\.){1,12}[A-Z][\w$]{0,120}|[A-Z][\w$]{0,100}(?:Exception|Error))(?=: |:$|$)/g;

/**
 * Reads a line as `Throwable.toString` prints it, `package.Class: message`.
 * @returns null unless the class has a package or is named like a throwable
 */
export function throwableHead(line: string): ThrowableHead | null {
  let text = line.trim().slice(0, 8192);
  const thread = THREAD.exec(text);
  if (thread) text = text.slice(thread[0].length);
  const match = HEAD.exec(text);
  const type = match?.[1];
  if (!match || !type) return null;
  const last = type.slice(type.lastIndexOf('.') + 1);
  const isQualified = /^[a-z_][\w$]*\./.test(type) && /^[A-Z]/.test(last);
  const isThrowable = THROWABLE.test(last) && /^[A-Z]/.test(last);
  // A qualified name alone may be a logger; it needs a message or the usual ending.
  if (!isThrowable && !(isQualified && (thread || match[2] !== undefined))) return null;
  return { type, message: match[2] ?? '' };
}

/** Finds a throwable after other text of a log record. */
export function innerThrowableHead(line: string): ThrowableHead | null {
  const text = line.trimEnd().slice(0, 8192);
  let last: ThrowableHead | null = null;
  for (const match of text.matchAll(INNER)) {
    const name = match[1] ?? '';
    const head = throwableHead(text.slice(match.index + match[0].length - name.length));
    if (!head) continue;
    if (THROWABLE.test(name)) return head;
    last ??= head;
  }
  return last;
}

const REACH = 48;
const NEAR_RECORDS = 8;

/** Looks back from the first frame for the head; the lines between are parts of the message. */
export function findThrowableHead(earlier: readonly EarlierLine[]): ThrowableHead | null {
  const message: string[] = [];
  const first = Math.max(0, earlier.length - REACH);
  let records = 0;
  for (let at = earlier.length - 1; at >= first; at -= 1) {
    const { text, isRecord } = earlier[at] as EarlierLine;
    if (isRecord) records += 1;
    const isInner = message.length === 0 || (isRecord && records <= NEAR_RECORDS);
    const head = throwableHead(text) ?? (isInner ? innerThrowableHead(text) : null);
    if (head) {
      message.reverse().unshift(head.message);
      return { type: head.type, message: message.join('\n').trimEnd() };
    }
    if (!isRecord) message.push(text);
  }
  return null;
}
