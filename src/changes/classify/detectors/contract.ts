import { alignTokens, type TokenChange } from '#src/changes/classify/alignment.ts';
import type { FileChange, LineChange } from '#src/changes/classify/change-view.ts';
import { settingsRead } from '#src/changes/classify/detectors/settings.ts';
import { type Detector, type Finding, findingAt } from '#src/changes/classify/finding.ts';
import type { Token } from '#src/changes/classify/lexer.ts';
import type { MechanismId } from '#src/changes/classify/mechanisms.ts';
import { definedName } from '#src/changes/classify/patterns.ts';
import { isImport, isLogLine, quietReason } from '#src/changes/classify/quiet.ts';
import { isCodeRenamed, type Renames, renamesOf } from '#src/changes/classify/renames.ts';
import { settingOf } from '#src/changes/classify/setting.ts';
import { codeOf, enclosing, type SideLine } from '#src/changes/classify/side.ts';
import { stringKind } from '#src/changes/classify/string-kind.ts';

const METHODS =
  /^(?:get|post|put|patch|delete|head|GET|POST|PUT|PATCH|DELETE|HEAD|Get|Post|Put|Patch|Delete|doGet|doPost|getMapping|GetMapping|PostMapping|PutMapping|DeleteMapping|PatchMapping|HttpGet|HttpPost|HttpPut|HttpDelete|MethodGet|MethodPost|MethodPut|MethodDelete)$/;
const STATUS_CONTEXT =
  /status|Status|code|Code|HttpStatus|sendError|abort|http_response|respond|render|WriteHeader|Response/;
const STATUS_WORD =
  /^(?:OK|CREATED|ACCEPTED|NO_CONTENT|BAD_REQUEST|UNAUTHORIZED|FORBIDDEN|NOT_FOUND|CONFLICT|GONE|UNPROCESSABLE_ENTITY|TOO_MANY_REQUESTS|INTERNAL_SERVER_ERROR|BAD_GATEWAY|SERVICE_UNAVAILABLE|GATEWAY_TIMEOUT|Status[A-Z]\w{2,40}|HTTP_\d{3}\w{0,40}|ok|not_found|bad_request|unprocessable_entity|unauthorized|forbidden|conflict)$/;

/**
 * What two sides agree on: routes, fields, headers, statuses, messages, formats, signatures. Data
 * formats are the largest software cause in Liu et al. (HotOS 2019).
 */
export const detectContract: Detector = function* ({ files }) {
  const renames = renamesOf(files);
  for (const file of files) {
    if (file.role === 'schema') yield* schemaFindings(file);
    if (file.language.family !== 'code' || file.role === 'manifest') continue;
    const isUsed = file.status !== 'added';
    for (const change of file.lines) {
      if (change.kind === 'modified') yield* modifiedFindings(change, renames);
      else if (isUsed) yield* loneFindings(change);
    }
  }
};

function* modifiedFindings(change: LineChange, renames: Renames): Generator<Finding> {
  const { old, new: now, file } = change;
  if (!old || !now || quietReason(old, now, file) || isLogLine(now) || isImport(now)) return;
  yield* signatureFindings(change);
  if (settingsRead(now).length > 0) return;
  const code = codeOf(now);
  for (const run of alignTokens(old.tokens, now.tokens)) {
    const strings = stringPair(run);
    if (strings) {
      const kind = stringKind(strings[0], strings[1], code, now.tokens, run.newIndex);
      if (kind) yield findingAt(kind[0], kind[1], change);
      continue;
    }
    const words = wordPair(run);
    const kind = words ? wordKind(words, run, now, renames) : statusKind(run, now);
    if (kind) yield findingAt(kind[0], kind[1], change);
  }
}

type Kind = readonly [MechanismId, number];

/** What it means that a name took the place of another one. */
function wordKind(
  [before, after]: readonly [string, string],
  run: TokenChange,
  now: SideLine,
  renames: Renames,
): Kind | null {
  const isMethod = METHODS.test(before) && METHODS.test(after);
  if (isMethod && before.toLowerCase() !== after.toLowerCase()) return ['contract-route', 0.85];
  if (STATUS_WORD.test(before) && STATUS_WORD.test(after) && STATUS_CONTEXT.test(now.bare)) {
    return ['contract-status', 0.8];
  }
  if (isCodeRenamed(renames, before, after)) return null;
  if (isMember(now.tokens, run.newIndex)) {
    const isCall = now.tokens[run.newIndex + 1]?.text === '(';
    return isCall ? ['name-changed', 0.6] : ['contract-field', 0.65];
  }
  const isConstant = /^[A-Z][A-Z0-9_]+$/;
  return isConstant.test(before) && isConstant.test(after) ? ['contract-enum', 0.55] : null;
}

/** Dictionary keys, annotations and enum members that came or went on lines of their own. */
function* loneFindings(change: LineChange): Generator<Finding> {
  const line = change.kind === 'removed' ? change.old : change.kind === 'added' ? change.new : null;
  if (!line || isLogLine(line)) return;
  const code = codeOf(line);
  const isKey =
    /^(?:"[\w.-]{1,60}"|[a-z]\w{0,60}) ?(?::|=>) ?[^:]/.test(code) &&
    /,$|[\]})]$|"$/.test(line.bare);
  const side = change.kind === 'removed' ? change.hunk.before : change.hunk.after;
  const [holder] = enclosing(side, line.index);
  const isMemberOfEnum =
    /^[A-Z][A-Z0-9_]{2,40}\s?(?:,|\(|=|$)/.test(line.bare) ||
    (holder !== undefined &&
      /\benum\b/.test(holder.bare) &&
      /^\w{1,60}\s?(?:,|\(|=|$)/.test(line.bare));
  const isField =
    /^(?:[\w<>[\]?]{1,60}\s)?\w{1,60}\s[\w.*[\]<>]{1,60}\s?`/.test(code) ||
    /`[^`]{0,80}json:/.test(line.text);
  if (change.kind === 'removed') {
    if (isKey || isField) yield findingAt('contract-field', 0.65, change);
    else if (isMemberOfEnum) yield findingAt('contract-enum', 0.6, change);
  } else if (isKey) yield findingAt('contract-field', 0.2, change);
  else if (isMemberOfEnum) yield findingAt('contract-enum', 0.35, change);
}

function statusKind(run: TokenChange, now: SideLine): Kind | null {
  const [before, after] = [run.before[0], run.after[0]];
  if (before?.type !== 'number' || after?.type !== 'number' || run.before.length !== 1) return null;
  const isStatus = (text: string): boolean => /^[1-5]\d\d$/.test(text);
  const isAnswer = STATUS_CONTEXT.test(now.bare);
  return isAnswer && isStatus(before.text) && isStatus(after.text)
    ? ['contract-status', 0.85]
    : null;
}

function stringPair(run: TokenChange): [string, string] | null {
  const [before, after] = [run.before[0], run.after[0]];
  return run.before.length === 1 &&
    run.after.length === 1 &&
    before?.type === 'string' &&
    after?.type === 'string'
    ? [before.text, after.text]
    : null;
}

function wordPair(run: TokenChange): [string, string] | null {
  const [before, after] = [run.before[0], run.after[0]];
  return run.before.length === 1 &&
    run.after.length === 1 &&
    before?.type === 'word' &&
    after?.type === 'word'
    ? [before.text, after.text]
    : null;
}

function isMember(tokens: readonly Token[], index: number): boolean {
  return /^(?:\.|\?\.|->|::|&\.)$/.test(tokens[index - 1]?.text ?? '');
}

/** Parameters or results of a function that changed. */
function* signatureFindings(change: LineChange): Generator<Finding> {
  const { old, new: now, file } = change;
  if (!old || !now) return;
  const name = definedName(now.bare);
  if (name === null || definedName(old.bare) !== name) return;
  const [before, after] = [parameters(old.bare), parameters(now.bare)];
  if (before === after || before === null || after === null) return;
  // A parameter with a default at the end leaves callers as they are.
  const optional =
    after.startsWith(before.replace(/\)$/, '')) && /[=?]/.test(after.slice(before.length - 1));
  const callersFollow = file.lines.some(
    ({ new: line }) => line && line !== now && line.bare.includes(`${name}(`),
  );
  yield findingAt('signature-changed', optional ? 0.2 : callersFollow ? 0.35 : 0.65, change);
}

function parameters(bare: string): string | null {
  return /\([^()]{0,300}(?:\([^()]{0,100}\)[^()]{0,200}){0,4}\)/.exec(bare)?.[0] ?? null;
}

/** Schemas: what goes or becomes required breaks the other side, what is added seldom does. */
function* schemaFindings(file: FileChange): Generator<Finding> {
  if (file.status === 'deleted') return;
  for (const change of file.lines) {
    const { old, new: now } = change;
    if (change.kind === 'moved' || change.kind === 'reindented') continue;
    if (old && now) {
      const numbers = (text: string): string => /=\s?(\d+)/.exec(text)?.[1] ?? '';
      const isRenumbered = numbers(old.bare) !== numbers(now.bare);
      yield findingAt(isRenumbered ? 'contract-format' : 'contract-field', 0.85, change);
    } else if (old) yield findingAt('contract-field', 0.85, change);
    else if (now && file.status !== 'added') {
      const isListed = settingOf(change.hunk.after, now, file)?.key === 'required';
      const isRequired =
        isListed || /\brequired\b|!\s?$|!\s?[,)]/.test(now.bare) || /^\s*required/.test(now.text);
      yield findingAt(
        isRequired ? 'validation-added' : 'contract-field',
        isRequired ? 0.8 : 0.2,
        change,
      );
    }
  }
}
