import type { FileChange, LineChange } from '#src/changes/classify/change-view.ts';
import { type Detector, type Finding, findingAt } from '#src/changes/classify/finding.ts';
import { definedName } from '#src/changes/classify/patterns.ts';
import { enclosing, type SideLine } from '#src/changes/classify/side.ts';

const GROWS =
  /^(?:self\.|this\.|@@?|\$|static::|global\.|globalThis\.)?([A-Za-z_$][\w$.]{0,60}?)(?:\.|->)(?:append|push|add|set|put|Add|Set|Put|Store|offer|addLast|push_back|insert|emplace|enqueue|setdefault|computeIfAbsent|putIfAbsent|appendleft|unshift|concat|merge|compute|getOrPut|GetOrAdd|AddOrUpdate|TryAdd|addAll|putAll|extend|<<)\(|^(?:self\.|this\.|@@?)?([A-Za-z_$][\w$.]{0,60}?)\[[^\]]{1,60}\]\s?=[^=]|^([A-Za-z_@][\w.]{0,60})\s?<<\s|^([A-Za-z_][\w.]{0,60})\s?=\s?append\(|^([a-z_]\w{0,60})\s?\+=\s/;
const SHRINKS =
  /\b(?:delete|remove|evict|clear|pop|shift|expire|maxsize|LRU|prune|purge|splice|poll|popleft|trim|del)\w{0,12}\b/;
const STARTS_EMPTY =
  /^(?:(?:const|let|var|static|private|public|final|readonly|val|pub)\s){0,4}(?:[\w<>[\], .?]{1,60}\s)?_?[A-Za-z_$@][\w$]{0,60}\s?(?::[^=]{1,60})?:?=\s?(?:\[\]|\{\}|new\s(?:\w{0,20}(?:Map|Set|List|Dictionary|Queue|Array|HashSet|HashMap|ArrayList|Hash)\w{0,20})|dict\(|list\(|set\(|defaultdict\(|deque\(\)|make\(map|map\[|mutableMapOf|mutableListOf|mutableSetOf|ConcurrentHashMap|Hash\.new|Map\(|Set\(|\w{1,20}\.empty)/;
const REGISTERS =
  /\b([\w$.]{1,60})\.(?:on|addListener|addEventListener|subscribe|addObserver|add_listener|prependListener|observe)\(|\bsetInterval\(|\btime\.NewTicker\(|\btime\.Tick\(|\.schedule(?:AtFixedRate)?\(/;
const PER_CALL =
  /\b(?:req|request|res|response|ctx|context|event|msg|message|socket|conn|connection|client|session|params|props|useEffect|handler|Handler|handle)\b/;
const LOCAL_EMITTER =
  /^(?:req|request|res|response|socket|ws|stream|reader|writer|child|proc|conn|connection|server|process|xhr|file|rl|app|router|emitter)\b/;

/** Collections and registrations that only ever grow: leaks that show hours later. */
export const detectGrowth: Detector = function* ({ files }) {
  for (const file of files) {
    if (file.language.family !== 'code' || file.role === 'manifest') continue;
    const text = file.hunks.flatMap(({ after }) => after.lines.map(({ bare }) => bare));
    const shrinking = text.filter((bare) => SHRINKS.test(bare));
    for (const change of file.lines) {
      if (change.kind === 'added' || change.kind === 'modified')
        yield* growthFindings(change, shrinking);
    }
  }
};

function* growthFindings(change: LineChange, shrinking: readonly string[]): Generator<Finding> {
  const { new: now, old, hunk } = change;
  if (!now || now.indent === 0) return;
  const grows = GROWS.exec(now.bare);
  if (grows && !(old && GROWS.test(old.bare))) {
    const name = grows[1] ?? grows[2] ?? grows[3] ?? grows[4] ?? grows[5] ?? '';
    const own = name.split('.').at(-1) ?? name;
    const shrinks = shrinking.some((bare) => bare.includes(own));
    if (!shrinks && outlives(name, change)) yield findingAt('unbounded-growth', 0.75, change);
  }
  const registers = REGISTERS.exec(now.bare);
  if (registers && !(old && REGISTERS.test(old.bare)) && !LOCAL_EMITTER.test(registers[1] ?? '')) {
    const holders = enclosing(hunk.after, now.index);
    const isPerCall =
      holders.some(({ bare }) => PER_CALL.test(bare)) || PER_CALL.test(hunk.after.section);
    if (isPerCall && shrinking.length === 0) yield findingAt('unbounded-growth', 0.6, change);
  }
}

/** Whether another part of the file declares it as a member, above and no deeper. */
function isMemberElsewhere(
  own: string,
  at: SideLine,
  { hunks }: FileChange,
  lines: readonly SideLine[],
): boolean {
  const pattern = new RegExp(`\\b${own.replace(/[^\w]/g, '')}\\b`);
  return hunks.some(
    ({ after }) =>
      after.lines !== lines &&
      after.lines.some(
        (line) =>
          (line.number ?? 0) < (at.number ?? 0) &&
          line.indent < at.indent &&
          line.indent <= MEMBER_INDENT &&
          STARTS_EMPTY.test(line.bare) &&
          pattern.test(line.bare),
      ),
  );
}
const MEMBER_INDENT = 4;

/** Whether a function begins between, no deeper than the declaration: then it is a member. */
function isOutside(declared: SideLine, at: SideLine, lines: readonly SideLine[]): boolean {
  return lines
    .slice(declared.index + 1, at.index)
    .some((line) => line.indent <= declared.indent && definedName(line.bare) !== null);
}

/** Whether a collection lives longer than the call: a global, a static, a member of a service. */
function outlives(name: string, { new: at, file, hunk }: LineChange): boolean {
  const own = name.split('.').at(-1) ?? name;
  if (at === null) return false;
  if (/^_?[A-Z][A-Z0-9_]{2,}$/.test(own)) return true;
  const { lines } = hunk.after;
  if (isMemberElsewhere(own, at, file, lines)) return true;
  const declared = lines.find(
    (line) =>
      line.index < at.index &&
      STARTS_EMPTY.test(line.bare) &&
      new RegExp(`\\b${own.replace(/[^\w]/g, '')}\\b`).test(line.bare),
  );
  if (declared)
    return (
      declared.indent < at.indent &&
      (declared.indent === 0 ||
        /\b(?:static|self|this|private|protected|public|internal)\b|@@/.test(declared.bare) ||
        isOutside(declared, at, lines))
    );
  return (
    /cache|history|seen|registry|registered|pending|buffer|memo|listeners|subscribers|sessions|inflight|visited|tracked|recent/i.test(
      own,
    ) && /^(?:self\.|this\.|@)/.test(at.bare)
  );
}
