import type { ParsedFrame } from '#src/stacktrace/contract.ts';

const CLASS = '\\\\?[A-Za-z_\\u0080-\\uffff][\\w\\\\\\u0080-\\uffff]{0,200}(?:@anonymous)?';
/** The end of a head: `… in /app/a.php:12`, or `… at /app/a.php:12)` in Monolog's form. */
const PLACE_AT_END =
  /^ (?:in|at) ((?:\/|[A-Za-z]:[\\/]|phar:\/\/|\w)[^\n:]{0,600}(?:\(\d{1,9}\) : eval\(\)'d code)?|Standard input code|Command line code)(?::| on line )(\d{1,9})\)?$/;
const NUMBERED = /^#(\d{1,5}) (?:(\[internal function\])|(.{1,800}?)\((\d{1,9})\)): (.{1,2000})$/;
const MAIN = /^#\d{1,5} \{main\}/;
const HEAD = new RegExp(
  `^(?:(?:PHP )?Fatal error: {1,2})?(?:Uncaught (?:exception )?'?|Next '?)?(${CLASS})(?:'? with message '(.*)'|\\(code: [^)]{0,40}\\): (.*)|: (.*)|)$`,
  's',
);
const INNER = new RegExp(`(?:^|[\\s"'(\\]])(${CLASS})(?=: |\\(code: | in )`, 'g');
const NAMED_SO = /(?:Exception|Error|Throwable|Fault|Failure|NotFound|Timeout)$/;

export type PhpHead = { type: string; message: string; place: ParsedFrame | null };

/**
 * Reads the line that names an exception, with the place where it was thrown at its end.
 * @param isSure whether the line must be a head as a whole; false looks for one after other text
 */
export function phpHead(line: string, isSure: boolean): PhpHead | null {
  const text = line.trim().slice(0, 8192);
  const last = Math.max(text.lastIndexOf(' in '), text.lastIndexOf(' at '));
  const end = last < 0 ? null : PLACE_AT_END.exec(text.slice(last));
  const body = end ? text.slice(0, last) : text;
  const found = wholeHead(body) ?? (isSure ? null : innerHead(body));
  if (!found) return null;
  const place = end
    ? { file: end[1] ?? '', line: Number(end[2]), column: null, function: '<unknown>' }
    : null;
  return { ...found, place };
}

function wholeHead(body: string): { type: string; message: string } | null {
  const match = HEAD.exec(body);
  const type = match?.[1]?.replaceAll('\\\\', '\\');
  if (!match || !type) return null;
  const isAnnounced = /^(?:PHP |Fatal|Uncaught|Next )/.test(body);
  if (!isAnnounced && !NAMED_SO.test(type)) return null;
  return { type, message: match[2] ?? match[3] ?? match[4] ?? '' };
}

function innerHead(body: string): { type: string; message: string } | null {
  const announced = /(?:PHP )?Fatal error: {1,2}Uncaught |Uncaught (?:exception )?/.exec(body);
  if (announced) return wholeHead(body.slice(announced.index));
  for (const match of body.matchAll(INNER)) {
    const head = wholeHead(body.slice(match.index + match[0].length - (match[1]?.length ?? 0)));
    if (head) return head;
  }
  return null;
}

/** A numbered line: the place of a call, and what was called there. */
export type PhpCall = { place: Omit<ParsedFrame, 'function'>; called: string };

export function phpCall(text: string): PhpCall | 'main' | null {
  if (MAIN.test(text)) return 'main';
  const match = NUMBERED.exec(text);
  if (!match) return null;
  const called = calledName(match[5] ?? '');
  if (match[2]) return { place: { file: match[2], line: null, column: null }, called };
  return { place: { file: match[3] ?? '', line: Number(match[4]), column: null }, called };
}

/** `Shop\\Cart->price(Object(Foo), 'x')` → `Shop\Cart->price`. */
function calledName(text: string): string {
  const open = text.startsWith('{') ? text.indexOf('(', text.indexOf('}')) : text.indexOf('(');
  return (open > 0 ? text.slice(0, open) : text).replaceAll('\\\\', '\\').trim();
}

export function isPhpLibrary(frame: ParsedFrame): boolean {
  return /(?:^|[\\/])vendor[\\/]|^\[internal function\]$|^phar:|^$/.test(frame.file);
}
