import type { EarlierLine } from '#src/stacktrace/contract.ts';

/** The head of an error: `TypeError [ERR_CODE]: message`. */
export type ErrorHead = { type: string; message: string };

/** What browsers, engines and hosts put before the name of an error. */
const LEAD_IN =
  /^(?:\(in promise\) |[Uu]ncaught (?:\(in promise\):? )?|Unhandled(?: [Pp]romise)? [Rr]ejection:? |Unhandled error:? |Exception: (?=[A-Z]\w+: )|error: (?=[A-Z]\w{0,80}Error: )){1,3}/;
const NAME = '[A-Za-z_$][\\w$]{0,120}(?:\\.[A-Za-z_$][\\w$]{0,120}){0,6}';
const HEAD = new RegExp(`^(${NAME})(?: \\[[\\w./-]{1,80}\\])?(?::(?: ([\\s\\S]*))?)?$`);
const ERROR_NAME = /(?:Error|Exception|Rejection|Failure|Warning)$/;
const NO_NAME =
  /^(?:INFO|WARN|WARNING|ERROR|DEBUG|FATAL|TRACE|NOTICE|CRITICAL|Info|Warn|Warning|Debug|Note)$/;

/**
 * Reads a line as the head of an error.
 * @param isSure false to accept any capitalised name (`Timeout: …`), which classes may be called too
 */
export function errorHead(line: string, isSure: boolean): ErrorHead | null {
  let text = line.trim().slice(0, 8192);
  const lead = LEAD_IN.exec(text);
  if (lead) text = text.slice(lead[0].length);
  const match = HEAD.exec(text);
  const type = match?.[1];
  if (!match || !type || NO_NAME.test(type)) return null;
  const isNamedSo = ERROR_NAME.test(type);
  if (isSure && !isNamedSo) return null;
  if (!isNamedSo && (match[2] === undefined || !/^[A-Z]/.test(type))) return null;
  return { type, message: match[2] ?? '' };
}

const INNER =
  /(?:^|[\s:"'(=>\]])((?:[A-Za-z_$][\w$]{0,100})?(?:Error|Exception)(?: \[[\w./-]{1,80}\])?)(?=: |$)/g;

/** Finds the head of an error after other text of a log record: `request failed TypeError: x`. */
export function innerErrorHead(line: string): ErrorHead | null {
  const text = line.trimEnd().slice(0, 8192);
  for (const match of text.matchAll(INNER)) {
    const name = match[1] ?? '';
    const head = errorHead(text.slice(match.index + match[0].length - name.length), true);
    if (head) return head;
  }
  return null;
}

/** The head of a trace as found in the lines before its first frame. */
export type FoundHead = ErrorHead & {
  /** Blanks before the head. */
  indent: number;
  /** `file:line` that Node.js prints before the source line of an uncaught error. */
  origin: { file: string; line: number } | null;
};

const ORIGIN = /^((?:file:\/\/\/|\/|[A-Za-z]:[\\/]|\.{1,2}\/)[^\n]{1,1000}):(\d{1,9})$/;
const REACH = 48;
/** How many records of others may stand between a record that ends in a head and the first frame. */
const NEAR_RECORDS = 8;

/** Looks back from the first frame for the head; the lines between are parts of the message. */
export function findErrorHead(earlier: readonly EarlierLine[]): FoundHead | null {
  const message: string[] = [];
  const first = Math.max(0, earlier.length - REACH);
  let records = 0;
  for (let at = earlier.length - 1; at >= first; at -= 1) {
    const { text, isRecord } = earlier[at] as EarlierLine;
    const isNearest = message.length === 0;
    if (isRecord) records += 1;
    const isInner = isNearest || (isRecord && records <= NEAR_RECORDS);
    const head = errorHead(text, !isNearest) ?? (isInner ? innerErrorHead(text) : null);
    if (head) {
      message.reverse().unshift(head.message);
      return {
        type: head.type,
        message: message.join('\n').trimEnd(),
        indent: text.length - text.trimStart().length,
        origin: originBefore(earlier, at),
      };
    }
    if (!isRecord) message.push(text);
  }
  return null;
}

function originBefore(earlier: readonly EarlierLine[], head: number): FoundHead['origin'] {
  for (let at = head - 1; at >= Math.max(0, head - 8); at -= 1) {
    const match = ORIGIN.exec(earlier[at]?.text.trim() ?? '');
    if (match) return { file: match[1] ?? '', line: Number(match[2]) };
  }
  return null;
}
