import { alignTokens } from '#src/changes/classify/alignment.ts';
import type { FileChange, LineChange } from '#src/changes/classify/change-view.ts';
import type { Token } from '#src/changes/classify/lexer.ts';
import { LOG_CALL } from '#src/changes/classify/patterns.ts';
import { bareOf, enclosing, type SideLine } from '#src/changes/classify/side.ts';

/** Why a changed line does not change behaviour. */
export type QuietReason =
  | 'only log text changes'
  | 'only type annotations change'
  | 'only modifiers change'
  | 'only punctuation changes'
  | 'only the wording of a message changes'
  | 'only imports are rearranged'
  | 'only adds log lines';

const MODIFIER =
  /^(?:public|private|protected|internal|final|const|let|var|val|readonly|export|static|override|abstract|open|sealed|pub|declare|default|inline|@Override|@override|@deprecated|@Deprecated|@SuppressWarnings|crate|super)$/;
const TYPED = new Set([
  'typescript',
  'python',
  'php',
  'kotlin',
  'scala',
  'swift',
  'java',
  'rust',
  'dart',
  'javascript',
]);
/** What types are written with. */
const TYPE_RUN =
  /^(?:(?::|->)\s?[\p{L}_$][\p{L}\p{N}_$.<>[\]|&?,""'\s]{0,200}|<\s?[\p{L}_$][\p{L}\p{N}_$.<>[\]|&?,\s]{0,100}>|\s?(?:as|satisfies)\s(?:const|[\p{Lu}][\p{L}\p{N}_$.<>[\]|&?,\s]{0,100}))$/u;

/** Why a modified line means the same as before, or null when it may not. */
export function quietReason(old: SideLine, now: SideLine, file: FileChange): QuietReason | null {
  const runs = alignTokens(old.tokens, now.tokens);
  const changed = runs.flatMap(({ before, after }) => [...before, ...after]);
  if (changed.length === 0) return null;
  if (
    changed.every(({ type, text }) => type === 'operator' && /^[;,()]$/.test(text)) &&
    isLayout(runs, file)
  ) {
    return 'only punctuation changes';
  }
  if (
    changed.every(({ type, text }) => type === 'word' && MODIFIER.test(text)) &&
    !touchesStatic(changed) &&
    !hides(runs)
  ) {
    return 'only modifiers change';
  }
  if (LOG_CALL.test(old.bare) && LOG_CALL.test(now.bare) && isLogText(old, now, changed)) {
    return 'only log text changes';
  }
  if (changed.every(({ type }) => type === 'string') && isWording(old, now, changed)) {
    return 'only the wording of a message changes';
  }
  if (
    TYPED.has(file.language.id) &&
    runs.every((run) => isTypeRun(run.before) && isTypeRun(run.after)) &&
    !isReadAtRunTime(now, file)
  ) {
    return 'only type annotations change';
  }
  return null;
}

/** {@link quietReason} as a question. */
export function isQuietLine(old: SideLine, now: SideLine, file: FileChange): boolean {
  return quietReason(old, now, file) !== null;
}

/** Commas at the end of a line, semicolons, and brackets in pairs. */
function isLayout(
  runs: readonly { before: readonly Token[]; after: readonly Token[] }[],
  file: FileChange,
): boolean {
  return runs.every((run) => {
    const texts = [...run.before, ...run.after].map(({ text }) => text);
    if (texts.every((text) => text === ';')) return file.language.id !== 'rust';
    return texts.every((text) => text === ',') && file.language.id !== 'python';
  });
}

/** What others could see and no longer can. */
function hides(runs: readonly { before: readonly Token[]; after: readonly Token[] }[]): boolean {
  const shows = /^(?:export|public|pub|open)$/;
  const had = runs.some(({ before }) => before.some(({ text }) => shows.test(text)));
  return had && !runs.some(({ after }) => after.some(({ text }) => shows.test(text)));
}

function touchesStatic(changed: readonly Token[]): boolean {
  return changed.some(({ text }) => /^(?:static|abstract|default)$/.test(text));
}

/** A log call in which texts and what is written into them change, but the call stays one. */
function isLogText(old: SideLine, now: SideLine, changed: readonly Token[]): boolean {
  if (!changed.some(({ type }) => type === 'string')) {
    return (
      changed.every(({ type, text }) => type === 'operator' || !/\(|await/.test(text)) &&
      !callsMore(old, now)
    );
  }
  return !callsMore(old, now);
}

/** New calls in the arguments of a log call run. */
function callsMore(old: SideLine, now: SideLine): boolean {
  const calls = (line: SideLine): number => line.tokens.filter(({ text }) => text === '(').length;
  return calls(now) > calls(old);
}

/** Sentences: what a message says to people, with no form that a program would look at. */
function isWording(old: SideLine, now: SideLine, changed: readonly Token[]): boolean {
  const isSentence = (text: string): boolean =>
    /[\p{L}]{2,} [\p{L}]{2,}/u.test(text) &&
    !/[{}<>=/\\;]|^\s*(?:select|insert|update|delete|with|create|alter)\b/i.test(text);
  const isMessage =
    /\b(?:throw|raise|Error|Exception|errorf|errors|message|msg|title|label|description|help|text|placeholder|panic|fail|abort|flash|toast|alert|t|gettext|_|doc|moduledoc|summary|usage|comment|hint)\b/i;
  return (
    changed.every(
      (token) => isSentence(token.text) && !isCompared(old, token) && !isCompared(now, token),
    ) &&
    (isMessage.test(old.bare) || isMessage.test(now.bare))
  );
}

/**
 * Python keeps annotations: those of fields make models and tables, those of parameters are what
 * web frameworks check requests against.
 */
function isReadAtRunTime(line: SideLine, file: FileChange): boolean {
  if (file.language.id !== 'python') return false;
  const change = file.changeOf.get(line);
  if (!change) return true;
  const { lines } = change.hunk.after;
  if (/^(?:async )?def\b/.test(line.bare)) {
    return lines.slice(Math.max(0, line.index - 6), line.index).some(({ bare }) => /^@/.test(bare));
  }
  const [holder] = enclosing(change.hunk.after, line.index);
  return holder === undefined || /^class\b/.test(holder.bare);
}

/** Whether a program looks at a text: compares it, searches for it. */
function isCompared(line: SideLine, token: Token): boolean {
  const at = line.tokens.indexOf(token);
  if (at < 0) return false;
  const around = [line.tokens[at - 1]?.text ?? '', line.tokens[at + 1]?.text ?? ''];
  if (around.some((text) => /^(?:[=!]==?|=~|in|case|when)$/.test(text))) return true;
  const looks =
    /^(?:includes?|match(?:es)?|starts_?with|ends_?with|contains?|indexOf|test|equals?|eq|search|find|split|replace|has_?prefix|has_?suffix)\??$/i;
  return around[0] === '(' && looks.test(line.tokens[at - 2]?.text ?? '');
}

function isTypeRun(run: readonly Token[]): boolean {
  return run.length === 0 || TYPE_RUN.test(bareOf(run));
}

const IMPORT =
  /^(?:import\b|from\s\S{1,100}\simport\b|#\s?include\b|using\s[\w.]{1,100};?$|use\s[\w:\\]{1,200}|require\b|require_relative\b|require_once\b|include\b|include_once\b|extern crate\b|mod\s\w{1,60};|package\b|alias\s[\w.]{1,100}|(?:const|let|var)\s[\w${},\s:]{1,200}=\s?require\()/;

/** A line that only brings in a name from elsewhere. */
export function isImport(line: SideLine): boolean {
  // A line with nothing but a path is one of Go's import block.
  if (/^(?:[\w.]{1,40}\s)?""$/.test(line.bare)) return true;
  return IMPORT.test(line.bare) || /^export\b[^=(]{0,200}\bfrom\s""/.test(line.bare);
}

/** Whether a line only writes to the log, without calling anything else. */
export function isLogLine(line: SideLine): boolean {
  const match = LOG_CALL.exec(line.bare);
  return match !== null && /^(?:await\s)?[\w$.@>-]{0,60}$/.test(line.bare.slice(0, match.index));
}

/** A line of brackets and keywords that has no meaning of its own. */
export function isStructural(change: LineChange): boolean {
  const line = change.new ?? change.old;
  return (
    line !== null &&
    /^(?:[(){}[\];,:]|end\b|\s|else\b|do\b|begin\b|then\b|fi\b|done\b|pass\b|try\b){0,20}$/.test(
      line.bare,
    )
  );
}
