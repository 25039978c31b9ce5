import type { LineChange } from '#src/changes/classify/change-view.ts';
import { type Detector, type Finding, findingAt } from '#src/changes/classify/finding.ts';
import { isInLoop, isLoopHead, LOOP, remoteCalls } from '#src/changes/classify/patterns.ts';
import { isLogLine } from '#src/changes/classify/quiet.ts';
import { enclosing, type SideLine } from '#src/changes/classify/side.ts';

const LINEAR_SEARCH =
  /\.(?:includes|indexOf|contains|Contains|IndexOf|find|Find|index|count|detect|findIndex|FirstOrDefault|First|Any|any|some|filter|Where|remove|removeAt|insert|shift|unshift|member\?|include\?|concat)\(|\bin_array\(|\barray_search\(|\bEnum\.(?:member\?|find|at|count)\(|\blists:member\(|\bslices\.Contains\(|\bnot in \w|\bif \w[\w.[\]]{0,60} in \w/;
const SORT =
  /\.(?:sort|sorted|sort_by|sortBy|orderBy|OrderBy|toSorted)\(|\bsort(?:ed)?\(|\bsort\.(?:Slice|Strings|Ints|Sort)\(|\bCollections\.sort\(|\busort\(/;
const CONCAT =
  /^[\w.$]{1,60}\s?(?:\+=|=\s?[\w.$]{1,60}\s?\+)\s?(?:""|\w)|\.concat\(|\[\.\.\.\w|\{\s?\.\.\.\w/;
const ENDLESS =
  /\bwhile\s?\(?\s?(?:true|True|1|!\w{0,40}[dD]one\w{0,20})\s?\)?|\bfor\s?\(\s?;\s?;\s?\)|^for\s?\{|^loop\s?(?:\{|do\b)|\bwhile\s(?:true|True|1)\b|\buntil false\b|\bloop do\b/;
const FAN_OUT =
  /\b(?:Promise\.all|Promise\.allSettled|asyncio\.gather|Task\.WhenAll|join_all|try_join_all|futures::future::join_all|CompletableFuture\.allOf|Future\.sequence|Future\.traverse|Parallel\.ForEach|Task\.async_stream|parallelStream)\b|\bgo func\b|\bgo \w[\w.]{0,60}\(|\bThread\.new\b|\bnew Thread\b|\bThread\(|\btokio::spawn\b|\bspawn\(|\bcreate_task\(|\bensure_future\(|\bTask\.Run\(|\bexecutor\.submit\(|\blaunch\s?\{|\basync\s?\{/;
const BOUNDED =
  /[sS]emaphore|[lL]imit|concurrency|pool|Pool|chunk|batch|max_workers|MaxDegree|errgroup|buffer_unordered/;

/**
 * Work that is repeated per item: queries in loops (Chen et al., ICSE 2014; Yang et al., ICSE
 * 2018), searches in loops, loops without end, and everything started at once.
 */
export const detectLoops: Detector = function* ({ files }) {
  for (const file of files) {
    if (file.language.family !== 'code') continue;
    // What a new file does per item is new work only where something calls it.
    const share = file.status === 'added' ? 0.4 : 1;
    for (const change of file.lines) {
      for (const found of loopFindings(change)) yield { ...found, weight: found.weight * share };
    }
  }
};

/** A changed line with what it calls, and where loops are. */
type LoopFacts = {
  change: LineChange;
  now: SideLine;
  inLoop: boolean;
  isNewLoop: boolean;
  calls: readonly string[];
  /** Whether the line does something of a kind that it did not do, or not in a loop. */
  fresh(pattern: RegExp): boolean;
};

function* loopFindings(change: LineChange): Generator<Finding> {
  const { new: now, old, hunk } = change;
  if (!now || isLogLine(now)) return;
  const wasInLoop = old ? isInLoop((change.from?.hunk ?? hunk).before, old) : false;
  const inLoop = isInLoop(hunk.after, now);
  const isNewLoop = inLoop && !wasInLoop;
  const facts: LoopFacts = {
    ...{ change, now, inLoop, isNewLoop },
    calls: remoteCalls(now),
    fresh: (pattern) => pattern.test(now.bare) && (isNewLoop || !(old && pattern.test(old.bare))),
  };
  yield* callFindings(facts);
  yield* growthFindings(facts);
  yield* fanOutFindings(facts);
  if (facts.fresh(ENDLESS)) yield findingAt('unbounded-loop', 0.6, change);
  if (callsItself(change)) yield findingAt('unbounded-loop', 0.4, change);
}

function* callFindings({ change, now, inLoop, isNewLoop, calls }: LoopFacts): Generator<Finding> {
  const { old } = change;
  if (isLoopHead(now)) {
    const isNew = !(old && isLoopHead(old));
    if (isNew && holdsOldCalls(change)) yield findingAt('call-in-loop', 0.9, change);
    return;
  }
  const known = new Set(old ? remoteCalls(old) : []);
  const isNews = calls.some((call) => isNewLoop || !known.has(call));
  if (inLoop && isNews && !isPaged(now.bare)) {
    yield findingAt('call-in-loop', old && !isNewLoop ? 0.5 : 0.85, change);
  }
}

/** Searches, sorts and copies in loops. */
function* growthFindings({ change, now, inLoop, calls, fresh }: LoopFacts): Generator<Finding> {
  if (isNestedLoop(change) && isNewLoopLine(change)) yield findingAt('quadratic-work', 0.6, change);
  if (!inLoop || isLoopHead(now)) return;
  if (fresh(LINEAR_SEARCH) && calls.length === 0) yield findingAt('quadratic-work', 0.6, change);
  if (fresh(SORT)) yield findingAt('quadratic-work', 0.6, change);
  if (fresh(CONCAT) && /""|\.\.\./.test(now.bare)) yield findingAt('quadratic-work', 0.3, change);
}

function* fanOutFindings({ change, now, inLoop, fresh }: LoopFacts): Generator<Finding> {
  const isMany = inLoop || /\.map\(|\bfor\b|\*\[|\*\(/.test(now.bare);
  if (fresh(FAN_OUT) && !BOUNDED.test(now.bare) && isMany) {
    yield findingAt('parallelism-unbounded', 0.65, change);
  }
  if (FAN_OUT.test(now.bare) && losesParts(change)) {
    yield findingAt('parallelism-unbounded', 0.75, change);
  }
}

/** A loop over parts of the work, around what starts it all at once, that went. */
function losesParts(change: LineChange): boolean {
  if (!change.old || !change.new) return false;
  const parts =
    /\b(?:chunk|chunks|chunked|batch|batches|batched|slice|slices|each_slice|in_groups_of|partition|grouper|window|pages?)\w{0,10}\b/i;
  const had = enclosing(change.hunk.before, change.old.index).some(
    ({ bare }) => LOOP.test(bare) && parts.test(bare),
  );
  return had && !enclosing(change.hunk.after, change.new.index).some(({ bare }) => LOOP.test(bare));
}

/** A read of the next part, as loops over pages and cursors do. */
function isPaged(bare: string): boolean {
  return /\b(?:next|cursor|readline|readLine|nextPage|next_page|hasNext|poll|recv|receive|Scan|scan|Next)\w{0,12}\(/.test(
    bare,
  );
}

function isNewLoopLine(change: LineChange): boolean {
  return (
    change.new !== null &&
    isLoopHead(change.new) &&
    !(change.old && isLoopHead(change.old)) &&
    change.kind !== 'moved'
  );
}

/** A loop that was put around lines which already made calls. */
function holdsOldCalls(change: LineChange): boolean {
  const { lines } = change.hunk.after;
  const head = change.new;
  if (!head) return false;
  for (let i = head.index + 1; i < Math.min(lines.length, head.index + 15); i++) {
    const line = lines[i];
    if (!line || (line.indent <= head.indent && !line.isComment && !/^[{})\]]/.test(line.bare)))
      return false;
    const here = change.file.changeOf.get(line);
    const isKept = !line.isChanged || here?.kind === 'reindented' || here?.kind === 'moved';
    if (isKept && remoteCalls(line).length > 0) return true;
  }
  return false;
}

function isNestedLoop(change: LineChange): boolean {
  return change.new !== null && isLoopHead(change.new) && isInLoop(change.hunk.after, change.new);
}

/** A new call of the function that the hunk is in. */
function callsItself(change: LineChange): boolean {
  if (change.kind !== 'added' || !change.new) return false;
  const name = /([A-Za-z_]\w{2,60})\s?\(/.exec(change.hunk.after.section)?.[1];
  if (name === undefined || /^(?:if|for|while|switch|function|catch|test|it|describe)$/.test(name))
    return false;
  return new RegExp(`(?:^|[^\\w.]|this\\.|self\\.)${name}\\(`).test(change.new.bare);
}
