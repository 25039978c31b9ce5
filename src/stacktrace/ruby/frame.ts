import type { ParsedFrame } from '#src/stacktrace/contract.ts';

const FRAME =
  /^(?:\d{1,5}: )?(?:from )?([^\s:[\]|][^:\n[\]|]{0,800}|[A-Za-z]:[\\/][^:\n[\]|]{0,800}|<internal:[^>\n]{1,200}>):(\d{1,9}):in [`'"](.{1,400})$/;

/** A place in a backtrace; `message` is set where a head follows it: `a.rb:3:in 'f': message (Class)`. */
export type RubyLine = { frame: ParsedFrame; message: string | null };

/**
 * Reads `file:line:in 'label'`: with a backtick before Ruby 3.4, with the class in the label since.
 * @param text the line without its indentation
 */
export function rubyLine(text: string): RubyLine | null {
  const match = FRAME.exec(text);
  const file = match?.[1];
  const rest = match?.[3] ?? '';
  if (!match || !file) return null;
  const close = rest.lastIndexOf("': ") >= 0 ? rest.indexOf("': ") : rest.lastIndexOf("'");
  if (close < 0) return null;
  const after = rest.slice(close + 1).trim();
  if (after !== '' && !after.startsWith(':')) return null;
  return {
    frame: { file, line: Number(match[2]), column: null, function: rest.slice(0, close) },
    message: after === '' ? null : after.slice(1).trim(),
  };
}

const CLASS_AT_END = /^(.*) ?\(([A-Z]\w{0,100}(?:::[A-Z]\w{0,100}){0,10})\)$/;
const CLASS_FIRST = /(?:^|[\s:>\]])([A-Z]\w{0,100}(?:::[A-Z]\w{0,100}){0,10})(?:: | \()(.*)$/;
const NAMED_SO =
  /(?:Error|Exception|Exit|Interrupt|Invalid|NotFound|Timeout|NotUnique|Rollback|Failed|Denied|Missing|Abort|Stop\w+)$|::/;

/** `message (Class)`, as `Exception#full_message` ends the first line of the message. */
export function messageAndClass(text: string): { type: string; message: string } | null {
  const match = CLASS_AT_END.exec(text);
  return match ? { type: match[2] ?? '', message: (match[1] ?? '').trim() } : null;
}

/** `Class: message` or `Class (message):`, as loggers put it before the bare backtrace. */
export function classAndMessage(line: string): { type: string; message: string } | null {
  const match = CLASS_FIRST.exec(line.trimEnd().slice(0, 4000));
  const type = match?.[1];
  if (!match || !type || !NAMED_SO.test(type)) return null;
  const rest = match[2] ?? '';
  const isInParentheses = match[0].includes(`${type} (`);
  return { type, message: isInParentheses ? rest.replace(/\):?$/, '') : rest };
}

const LIBRARY =
  /\/gems\/|\/lib\/ruby\/|\/rubies\/|\/\.rbenv\/|\/\.rvm\/|^<internal:|^\(eval|^(?:eval|irb|-e)$|\/vendor\/bundle\/|\/bundler\/|\/rubygems\/|^(?:bin|script)\/(?:rails|rake|bundle)$|\/bin\/(?:bundle|rake|puma|sidekiq|rackup|unicorn|rails)$|^(?:act(?:ion|ive)\w+|railties|rack|puma|sidekiq|activerecord|devise|warden|sinatra|grape|redis|pg|mysql2|sequel|faraday|net-\w+) \(\d/;

/** Whether a frame is of Ruby itself or of a gem. Rails writes `gem (version) path` for gems. */
export function isRubyLibrary(frame: ParsedFrame): boolean {
  return LIBRARY.test(frame.file) || /^[\w-]{1,80} \(\d[\w.]{0,30}\) /.test(frame.file);
}
