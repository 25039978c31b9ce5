import type { EarlierLine } from '#src/stacktrace/contract.ts';
import { withoutPreamble } from '#src/stacktrace/reading/preamble.ts';

/** What ended a program or was printed: `panic`, `fatal error`, a signal. */
export type GoHead = { type: string; message: string };

const HEAD = /^(panic|fatal error|unexpected fault address|SIG[A-Z]{2,8}): ?(.*)$/;
const RECOVERED = / \[recovered(?:, repanicked)?\]$/;

/** `panic: message [recovered]`, `fatal error: message`, `SIGQUIT: quit`. */
export function goHead(text: string): GoHead | null {
  const match = HEAD.exec(text);
  return match ? { type: match[1] ?? '', message: (match[2] ?? '').replace(RECOVERED, '') } : null;
}

const SERVING = /panic serving \S{1,100}: (.*)$/;
const CAUGHT = /(?:panic(?:ked)?|recover(?:ed)?)[^:]{0,60}: (.*)$/i;

/** What a handler logged before it printed the stack of the panic that it caught. */
export function caughtMessage(earlier: readonly EarlierLine[]): string {
  for (const { text } of earlier.slice(-3).reverse()) {
    const message = SERVING.exec(text)?.[1] ?? CAUGHT.exec(text)?.[1];
    if (message) return message;
  }
  return '';
}

/** Labels of cockroachdb/errors around a stack. */
const LABEL = /^(?:\(\d{1,3}\) attached stack trace|-- stack trace:|\|)$/;

/** The fields that a console logger appends to its message. */
const JSON_TAIL = /\s{1,8}\{".{0,8000}\}$/;

/**
 * The message of an error that was printed with `%+v`: a line for each wrapping, innermost first,
 * back to the beginning of its log record. @returns as `Error()` gives it, outermost first
 */
export function errorMessage(lines: readonly EarlierLine[]): string {
  const parts: string[] = [];
  for (const { text, isRecord } of lines.slice(-8).reverse()) {
    if (text.trim() === '') break;
    if (LABEL.test(text.trim())) continue;
    parts.push(isRecord ? withoutPreamble(text).replace(JSON_TAIL, '') : text.trim());
    if (isRecord) break;
  }
  return parts.join(': ');
}
