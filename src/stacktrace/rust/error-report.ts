import {
  type EarlierLine,
  MAX_CHAIN,
  newTrace,
  type ParsedTrace,
} from '#src/stacktrace/contract.ts';

const NUMBERED = /^\s*(\d{1,3}): (.*)$/;
const ERROR = /(?:^|[\s:])Error: ?(.*)$/;
const REACH = 40;

/**
 * The error before a backtrace, as anyhow (`Error: …`, `Caused by:` with numbered lines) and eyre
 * (`Error:` with lines numbered from the outermost on) print it.
 */
export function errorReport(earlier: readonly EarlierLine[]): ParsedTrace {
  const start = headBefore(earlier);
  const outer = newTrace('rust', 'error', '');
  if (start < 0) return outer;
  const head = earlier[start]?.text ?? '';
  const messages = [ERROR.exec(head)?.[1]?.trim() ?? ''];
  let isInCauses = false;
  for (const { text, isRecord } of earlier.slice(start + 1)) {
    if (isRecord) continue;
    const line = text.trim();
    if (line === 'Caused by:') isInCauses = true;
    else if (line === 'Location:') break;
    else if (line !== '') addLine(messages, text, isInCauses);
  }
  return chain(
    messages.filter((message) => message !== ''),
    outer,
  );
}

function addLine(messages: string[], text: string, isInCauses: boolean): void {
  const numbered = NUMBERED.exec(text);
  if (numbered && (isInCauses || messages[0] === '' || messages.length > 1))
    messages.push(numbered[2] ?? '');
  else if (isInCauses && messages.length === 1) messages.push(text.trim());
  else messages.push(`${messages.pop() ?? ''}\n${text.trim()}`.trim());
}

function headBefore(earlier: readonly EarlierLine[]): number {
  for (let at = earlier.length - 1; at >= Math.max(0, earlier.length - REACH); at -= 1) {
    if (ERROR.test(earlier[at]?.text ?? '')) return at;
  }
  return -1;
}

function chain(messages: readonly string[], outer: ParsedTrace): ParsedTrace {
  let at = outer;
  at.message = messages[0] ?? '';
  for (const message of messages.slice(1, MAX_CHAIN)) {
    const cause = newTrace('rust', 'error', message);
    at.causes = [cause];
    at = cause;
  }
  return outer;
}
