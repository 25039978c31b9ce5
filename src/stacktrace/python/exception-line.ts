/** Names that begin many log lines (`INFO: …`) and are no exception classes. */
const NOT_A_CLASS =
  /^(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|SEVERE|Traceback|Note|NOTE|Hint|HINT|Caused by|Last message|State|File|Message|Arguments|Call stack|Stack)$/;
const CLASS =
  /^((?:[A-Za-z_]\w{0,99}|<locals>)(?:\.(?:[A-Za-z_]\w{0,99}|<locals>)){0,20})(?:: ?(.*))?$/;
const USUAL_END =
  /(?:Error|Exception|Warning|Exit|Interrupt|Iteration|Group|Timeout|Failure|Failed|Fault|NotFound|DoesNotExist|Abort|Empty|Full|Denied|Expired|Cancelled|Invalid|Closed|Retry|Refused|Missing)$/;

/**
 * Reads the last line of a traceback, `package.Class: message` or `Class`.
 * @returns the class and its message, or null when the line cannot be one
 */
export function exceptionLine(line: string): { type: string; message: string } | null {
  const match = CLASS.exec(line.length > 8192 ? line.slice(0, 8192) : line);
  const type = match?.[1];
  if (!match || !type || NOT_A_CLASS.test(type)) return null;
  const last = type.slice(type.lastIndexOf('.') + 1);
  const isClassName = /^[A-Z_]/.test(last) || USUAL_END.test(last);
  if (match[2] === undefined) {
    // A bare word is an exception only when it is named like one.
    const isNamedSo = USUAL_END.test(last) || (type.includes('.') && isClassName);
    return isNamedSo ? { type, message: '' } : null;
  }
  // `herror`, `error` and `timeout` of the standard library are lower case, but have a module.
  if (!isClassName && !type.includes('.')) return null;
  return { type, message: match[2] };
}
