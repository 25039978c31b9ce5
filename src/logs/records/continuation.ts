/**
 * Lines that never begin a record, in whatever language: what stack traces, quoted documents and
 * wrapped text go on with. Checked only where the line itself bears no time.
 */
const CONTINUES =
  /^(?:\s|[)\]}]|Caused by: |Suppressed: |at \S{1,200}\(|\.{3} \d{1,6} (?:more|common frames)|--- End of |-->|--> |goroutine \d{1,9} \[|created by |exit status \d|During handling of the above|The above exception was the direct|Traceback \(most recent|stack backtrace:|note: run with|\[signal |#\d{1,4}\s{1,4}(?:0x|\S{1,200}\())/;

/** Whether a line without a time can only be the rest of a record. */
export function continues(text: string): boolean {
  return text === '' || CONTINUES.test(text);
}

const THROWN =
  /^(?:[\w$]{1,80}[.:]{1,2}){0,12}[A-Z][\w$]{0,80}(?:Error|Exception|Throwable|Warning)(?::|\s|$)/;

/** Whether a line without a time may well be the rest of a record: it continues one, or names what was thrown. */
export function mayContinue(text: string): boolean {
  return continues(text) || THROWN.test(text);
}
