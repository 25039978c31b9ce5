import type { FileChange, LineChange } from '#src/changes/classify/change-view.ts';
import {
  type Detector,
  type Finding,
  findingAt,
  findingOf,
} from '#src/changes/classify/finding.ts';
import { DEFINITION, definedName, remoteCalls } from '#src/changes/classify/patterns.ts';
import { isImport, isLogLine, isStructural } from '#src/changes/classify/quiet.ts';
import {
  enclosing,
  isReordered,
  meaningOf,
  type Side,
  type SideLine,
} from '#src/changes/classify/side.ts';

const LOCKED =
  /\bsynchronized\b|(?:\b|_)(?:lock|Lock|mutex|Mutex|mu|rwlock|semaphore)\w{0,10}(?:\(\)|\.lock|\.Lock|\.acquire|\s?\)|:|\s?\{)|\bwith_lock\b|\block\s?\(/;
const TRANSACTION =
  /@Transactional\b|\btransaction\b|\.atomic\(|\bbegin\b.{0,20}\bdo\b|\$transaction|TransactionScope|BeginTx|with .{0,60}\b(?:session|conn|connection|cursor|pool)\b/;
const LOCK_CALL =
  /(?:^|[^a-zA-Z])(?:\w{0,40}_)?(?:r?lock|RLock|Lock|acquire|Acquire)(?:_\w{1,10}|Async)?\(|\bsynchronized\b/;
const ACQUIRES =
  /\b(?:new\s)?\w{0,40}(?:[cC]lient|[pP]ool|[sS]ession|[eE]ngine|[cC]onnect|[cC]onnection|[pP]roducer|[cC]onsumer|DataSource|Redis|Kafka|RestTemplate|Open|Dial|[eE]xecutor\w{0,10}|Transport)(?:\.\w{1,30})?\(/;
const TRY = /^(?:try\b|begin\b|do \{)|\brunCatching\b|\bTry\s?\{/;
const HANDLER = /^\}?\s?(?:catch|except|rescue)\b/;
const BROAD = /\b(?:Exception|Throwable|BaseException|Error|StandardError)\b(?!\.)/;
const IF = /^(?:\}?\s?(?:else\s)?if\b|unless\b|when\b|elif\b|elsif\b|guard\b)/;
const EXIT = /^(?:return|continue|break|throw|raise|next|redo|pass|die|exit|panic)\b/;
const CALL =
  /^(?:await\s|yield\s|\(?void\s|_\s?=\s?|defer\s|go\s)?[\w$@.:>?!-]{1,120}(?:\(|!\()|^[a-z_]\w{0,40}\s[:\w"@]/;
const EARLY_ACK =
  /\b(?:ack|Ack|acknowledge|commit|Commit|commitSync|commitAsync|delete_message|deleteMessage|basic_ack|release|unlock|Unlock|close|Close|publish|emit|send|save|flush)\w{0,12}\(/;

/** What stands around lines, in which order they run, and what no longer exists. */
export const detectStructure: Detector = function* ({ files }) {
  const definitions = namesDefined(files);
  for (const file of files) {
    if (file.language.family !== 'code' || file.role === 'manifest') continue;
    yield* deletionFindings(file, definitions);
    for (const change of file.lines) {
      if (change.kind === 'reindented') yield* surroundFindings(change);
      else if (change.kind === 'moved') yield* moveFindings(change);
      else if (change.kind === 'removed') yield* removalFindings(change, definitions);
      else if (change.kind === 'modified') yield* handlerFindings(change);
      if (change.new && change.kind !== 'removed') yield* holdingFindings(change);
    }
  }
};

function namesDefined(files: readonly FileChange[]): Set<string> {
  const names = new Set<string>();
  for (const file of files) {
    for (const change of file.lines) {
      const name = change.new ? definedName(change.new.bare) : null;
      if (name !== null) names.add(name);
    }
  }
  return names;
}

function* deletionFindings(file: FileChange, definitions: ReadonlySet<string>): Generator<Finding> {
  if (file.status !== 'deleted') return;
  const isMovedAway =
    file.lines.length > 0 &&
    file.lines.every((change) => {
      const name = change.old ? definedName(change.old.bare) : null;
      return name === null || definitions.has(name);
    });
  const [first] = file.lines;
  yield findingOf('removed-code', isMovedAway ? 0.35 : 0.8, file, first?.old ?? null, null);
}

/** Lines whose holders changed: put into or taken out of a `try`, an `if`, a lock. */
function* surroundFindings(change: LineChange): Generator<Finding> {
  if (!change.old || !change.new) return;
  const before = holdersOf(change.hunk.before, change.old);
  const after = holdersOf(change.hunk.after, change.new);
  const heads = (lines: readonly SideLine[]): Set<string> => new Set(lines.map(meaningOf));
  const [had, has] = [heads(before), heads(after)];
  for (const line of before) {
    if (has.has(meaningOf(line))) continue;
    if (TRY.test(line.bare)) yield findingAt('handler-removed', 0.8, change);
    else if (IF.test(line.bare) && !after.some(({ bare }) => IF.test(bare)))
      yield findingAt('condition-changed', 0.7, change);
    else if (LOCKED.test(line.bare)) yield findingAt('lock-removed', 0.8, change);
  }
  for (const line of after) {
    if (had.has(meaningOf(line))) continue;
    if (LOCKED.test(line.bare)) yield findingAt('lock-widened', 0.75, change);
    else if (IF.test(line.bare) && !before.some(({ bare }) => IF.test(bare)))
      yield findingAt('condition-changed', 0.45, change);
    else if (/^(?:except|catch|rescue)/.test(line.bare))
      yield findingAt('error-swallowed', 0.4, change);
  }
}

function holdersOf(side: Side, line: SideLine): SideLine[] {
  return enclosing(side, line.index).filter(({ bare }) => !DEFINITION.test(bare));
}

/** A statement that runs earlier or later than it did. Whole functions and imports may stand anywhere. */
function* moveFindings(change: LineChange): Generator<Finding> {
  const { old, new: now, from } = change;
  if (!old || !now || !from) return;
  if (from.file !== change.file || isImport(now) || isLogLine(now) || isStructural(change)) return;
  if (change.file.facts.movedNames.size > 0) return;
  if (now.indent > 0 !== old.indent > 0) {
    // From the module into a function runs it on every call, the other way once and early.
    const mechanism =
      now.indent > 0 && ACQUIRES.test(now.bare) ? 'acquired-per-call' : 'init-changed';
    yield findingAt(mechanism, mechanism === 'init-changed' ? 0.6 : 0.85, change);
    return;
  }
  const isSamePlace = from.hunk === change.hunk && sameHolders(change);
  if (isSamePlace && !isReordered(change.hunk, old, now)) return;
  if (LOCK_CALL.test(now.bare)) {
    // Taken above what it was taken below: that is now done while others wait.
    const isEarlier = TAKES_LOCK.test(now.bare) && passesWork(change);
    yield findingAt(isEarlier ? 'lock-widened' : 'lock-order', 0.85, change);
  } else if (/\.(?:use|Use\w{0,40}|add_middleware|register|plugin|route)\(/.test(now.bare))
    yield findingAt('init-changed', 0.75, change);
  else if (isSamePlace && (CALL.test(now.bare) || /\s?(?:=|<-)\s?/.test(now.bare))) {
    yield findingAt('order-changed', EARLY_ACK.test(now.bare) ? 0.85 : 0.6, change);
  } else if (from.hunk === change.hunk) yield* surroundFindings(change);
}

function sameHolders(change: LineChange): boolean {
  if (!change.old || !change.new) return false;
  const names = (side: Side, line: SideLine): string =>
    enclosing(side, line.index).map(meaningOf).join('\n');
  return names(change.hunk.before, change.old) === names(change.hunk.after, change.new);
}

function* removalFindings(
  change: LineChange,
  definitions: ReadonlySet<string>,
): Generator<Finding> {
  const { old, file } = change;
  if (!old || isImport(old) || isLogLine(old) || isStructural(change) || file.status === 'deleted')
    return;
  const name = definedName(old.bare);
  if (name !== null) {
    if (!definitions.has(name)) yield findingAt('removed-code', 0.65, change);
    return;
  }
  const holders = enclosing(change.hunk.before, old.index);
  // What stood in a function that went altogether went with it.
  const isGone = holders.some(
    (line) =>
      line.isChanged &&
      definedName(line.bare) !== null &&
      !definitions.has(definedName(line.bare) ?? ''),
  );
  if (isGone) return;
  if (/^(?:throw|raise)\b/.test(old.bare) && holders[0] && HANDLER.test(holders[0].bare)) {
    yield findingAt('error-swallowed', 0.8, change);
  } else if (EXIT.test(old.bare) && holders[0]?.isChanged)
    yield findingAt('branch-removed', 0.65, change);
  else if (
    /^(?:case\b|when\b|\|\s|_\s?(?:=>|->)|default\s?[:=]|[\w".:]{1,60}\s?(?:=>|->))/.test(old.bare)
  )
    yield findingAt('branch-removed', 0.5, change);
  else if (IF.test(old.bare)) yield findingAt('branch-removed', 0.5, change);
  else if (CALL.test(old.bare)) yield findingAt('call-removed', 0.5, change);
  else if (/^[\w.$@[\]]{1,80}\s?(?:\+|-|\|\|)?=[^=]/.test(old.bare))
    yield findingAt('call-removed', 0.35, change);
}

/** A handler that catches something else, or does nothing any more. */
function* handlerFindings(change: LineChange): Generator<Finding> {
  const { old, new: now } = change;
  if (!old || !now) return;
  if (HANDLER.test(old.bare) && HANDLER.test(now.bare)) {
    const types = (line: SideLine): string[] =>
      line.tokens.map(({ text }) => text).filter((text) => /^[A-Z]\w+/.test(text));
    const [before, after] = [types(old), types(now)];
    if (before.join() === after.join()) return;
    const isBroad = after.length === 0 || BROAD.test(now.bare);
    const wasBroad = before.length === 0 || BROAD.test(old.bare);
    if (isBroad && !wasBroad) yield findingAt('error-swallowed', 0.5, change);
    else yield findingAt('handler-narrowed', wasBroad && !isBroad ? 0.85 : 0.65, change);
  } else if (/^(?:throw|raise)\b/.test(old.bare) && !/^(?:throw|raise)\b/.test(now.bare)) {
    const [holder] = enclosing(change.hunk.before, old.index);
    if (holder && HANDLER.test(holder.bare)) yield findingAt('error-swallowed', 0.8, change);
  }
}

/** A remote call that now happens while a lock or a transaction is held. */
function* holdingFindings(change: LineChange): Generator<Finding> {
  const { new: now, old, hunk, kind } = change;
  if (!now || isLogLine(now)) return;
  const known = new Set(old && kind === 'modified' ? remoteCalls(old) : []);
  const calls = remoteCalls(now).filter((call) => !known.has(call));
  if (calls.length === 0) return;
  const holders = enclosing(hunk.after, now.index);
  const before =
    old && kind !== 'modified' ? enclosing((change.from?.hunk ?? hunk).before, old.index) : [];
  const holds = (lines: readonly SideLine[], pattern: RegExp): boolean =>
    lines.some(({ bare }) => pattern.test(bare));
  if (holds(holders, LOCKED) && !holds(before, LOCKED))
    yield findingAt('lock-widened', 0.8, change);
  if (holds(holders, TRANSACTION) && !holds(before, TRANSACTION) && calls.some(isOutside)) {
    yield findingAt('held-longer', 0.85, change);
  }
}

/** A call of something else than the database whose transaction it is. */
function isOutside(call: string): boolean {
  return (
    /http|axios|requests|fetch|client|api|gateway|s3|kafka|producer|publish|send|grpc|stub|rest|web|upload|download|smtp|mail|service|charge|notify/i.test(
      call,
    ) && !/\b(?:db|tx|session|cursor|repo)\b/i.test(call)
  );
}

const TAKES_LOCK =
  /\.(?:R?Lock|lock|acquire|Acquire|enter|Enter|WaitOne|wait|down|synchronize)\w{0,12}\b/;

/** Whether a line that moved up now stands before calls that it stood behind. */
function passesWork({ old, new: now, hunk }: LineChange): boolean {
  if (!old || !now) return false;
  return hunk.before.lines.slice(0, old.index).some((line) => {
    const place = hunk.placeOf.get(line) ?? (line.isChanged ? undefined : sameLine(line, hunk));
    return (
      place !== undefined &&
      place.index > now.index &&
      line.indent >= old.indent &&
      /\w\(/.test(line.bare) &&
      !isLogLine(line)
    );
  });
}

function sameLine(line: SideLine, hunk: LineChange['hunk']): SideLine | undefined {
  return hunk.after.lines.find(
    (other) => !other.isChanged && other.number === line.newNumber && other.text === line.text,
  );
}
