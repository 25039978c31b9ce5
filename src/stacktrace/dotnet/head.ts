import {
  type EarlierLine,
  MAX_CHAIN,
  newTrace,
  type ParsedTrace,
} from '#src/stacktrace/contract.ts';

export type DotnetHead = { type: string; message: string };

const LEAD_IN =
  /^(?:Unhandled [Ee]xception[.:] ?|\[ERROR\] FATAL UNHANDLED EXCEPTION: |Process terminated\. )/;
const SEGMENT = '[\\p{L}_][\\p{L}\\p{N}_`+]{0,120}';
const CLASS = `(?:${SEGMENT}\\.){0,12}${SEGMENT}`;
const HEAD = new RegExp(
  `^(${CLASS})(?: \\((?:0x[0-9A-Fa-f]{8}|\\d{1,9})\\))?(?::(?: ([\\s\\S]*))?)?$`,
  'u',
);
const NAMED_SO = /(?:Exception|Error|Failure|Fault)(?:`\d)?$/;
const INNER = new RegExp(
  `(?:^|[\\s:"'(\\]>])((?:${SEGMENT}\\.){0,12}[\\p{L}_][\\p{L}\\p{N}_\`]{0,100}Exception)(?=:|$)`,
  'gu',
);

/**
 * Reads `Namespace.Class: message`.
 * @param isSure whether the class must be named like an exception; after an arrow it need not be
 */
export function dotnetHead(line: string, isSure = true): DotnetHead | null {
  const text = line.trim().slice(0, 8192).replace(LEAD_IN, '');
  const match = HEAD.exec(text);
  const type = match?.[1];
  return match && type && (!isSure || NAMED_SO.test(type))
    ? { type, message: match[2] ?? '' }
    : null;
}

/** Finds an exception after other text of a log record. */
export function innerDotnetHead(line: string): DotnetHead | null {
  const text = line.trimEnd().slice(0, 8192);
  for (const match of text.matchAll(INNER)) {
    const name = match[1] ?? '';
    const head = dotnetHead(text.slice(match.index + match[0].length - name.length));
    if (head) return head;
  }
  return null;
}

const ARROW = '---> ';
const GROUP_MARK = /^\(Inner Exception #\d{1,4}\) /;

/** `A: a ---> B: b`: each exception is the inner one of that before it. Outermost first. */
export function splitArrows(text: string): DotnetHead[] {
  return text
    .slice(0, 16_384)
    .split(ARROW)
    .slice(0, MAX_CHAIN)
    .map((part) => part.trim().replace(GROUP_MARK, ''))
    .filter((part) => part !== '')
    .map(
      (part) => dotnetHead(part, false) ?? { type: part.split(': ', 1)[0] ?? '', message: part },
    );
}

const REACH = 60;
const NEAR_RECORDS = 8;

/**
 * Looks back from the first frame for the head, over lines of the message and lines that begin with
 * an arrow. @returns the exceptions, outermost first; empty when there is no head
 */
export function findDotnetHeads(earlier: readonly EarlierLine[]): DotnetHead[] {
  const found: DotnetHead[] = [];
  let message: string[] = [];
  let records = 0;
  for (let at = earlier.length - 1; at >= Math.max(0, earlier.length - REACH); at -= 1) {
    const { text, isRecord } = earlier[at] as EarlierLine;
    if (isRecord) records += 1;
    const isNear =
      message.length === 0 || found.length > 0 || (isRecord && records <= NEAR_RECORDS);
    const heads = headsOf(text.trim(), isNear);
    if (heads.length > 0) {
      extendLast(heads, message);
      message = [];
      found.unshift(...heads);
      if (!text.trim().startsWith(ARROW)) return found;
    } else if (!isRecord) message.push(text.trim());
  }
  return found;
}

/** The exceptions that one line names: after an arrow, as a whole, or after other text. */
function headsOf(line: string, isInner: boolean): DotnetHead[] {
  if (line.startsWith(ARROW)) return splitArrows(line);
  const head =
    dotnetHead(line.split(ARROW, 1)[0] ?? '') ?? (isInner ? innerDotnetHead(line) : null);
  return head ? [head, ...afterFirst(line)] : [];
}

/** @param reversed further lines of the message, the last one first */
function extendLast(heads: readonly DotnetHead[], reversed: string[]): void {
  const last = heads.at(-1);
  if (last && reversed.length > 0) {
    last.message = [last.message, ...reversed.reverse()].join('\n').trimEnd();
  }
}

function afterFirst(line: string): DotnetHead[] {
  const at = line.indexOf(ARROW);
  return at < 0 ? [] : splitArrows(line.slice(at));
}

/** The traces of a list of exceptions, outermost first. */
export function newChain(heads: readonly DotnetHead[]): ParsedTrace[] {
  return heads.map((head) =>
    newTrace('dotnet', head.type, head.message.split(` ${ARROW}`, 1)[0] ?? ''),
  );
}
