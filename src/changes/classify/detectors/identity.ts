import type { LineChange } from '#src/changes/classify/change-view.ts';
import { type Detector, findingAt } from '#src/changes/classify/finding.ts';
import type { SideLine } from '#src/changes/classify/side.ts';

/** Where a type says when two of its values are the same. */
const SAMENESS =
  /(?<![.\w])(?:equals|hashCode|compareTo|__eq__|__hash__|__lt__|GetHashCode|Equals|hash_value|isEqual|EqualsAndHashCode|IEquatable|Equatable|Hashable|PartialEq|eql\?)\b|\bdef (?:==|hash|<=>)|\boperator\s?(?:==|<=>|<)|\bhash\(into|\bderive\([^)]{0,80}\bHash\b/;
/** Types whose parts all make up what they are. */
const ALL_PARTS =
  /\b(?:record(?: (?:class|struct))?|data class|case class)\s+\w+|@dataclass\b|\bNamedTuple\b|\bStruct\.new\b|\bData\.define\b/;
const KEY_LIKE = /key|Key|id\b|Id\b|ID\b|cache|Cache|hash|Hash|dedup|Dedup|token|Token/;
const MOST_PARTS = 20;

/**
 * Changes of when two values count as the same: caches and sets that are asked with such a value
 * miss what is there, or mix what was apart (Bloch, "Effective Java", items 10 and 11).
 */
export const detectIdentity: Detector = function* ({ files }) {
  for (const file of files) {
    if (file.language.family !== 'code' || file.status === 'added') continue;
    const changes = file.lines.filter(({ kind }) => kind !== 'moved' && kind !== 'reindented');
    const lost = changes.some(({ old, new: now }) => says(old) && !says(now));
    const gained = changes.find(({ new: now, old }) => isWhole(now) && !isWhole(old));
    const rewritten = changes.some(
      ({ kind, new: now, old }) => says(now) && (!says(old) || kind === 'modified'),
    );
    const at =
      gained && lost
        ? (newPart(gained, changes) ?? gained)
        : lost || rewritten
          ? firstOf(changes)
          : null;
    if (at) yield findingAt('identity-changed', KEY_LIKE.test(file.path) ? 0.85 : 0.55, at);
  }
};

function says(line: SideLine | null): boolean {
  return line !== null && SAMENESS.test(line.bare);
}

function isWhole(line: SideLine | null): boolean {
  return line !== null && ALL_PARTS.test(line.bare);
}

function firstOf(changes: readonly LineChange[]): LineChange | null {
  return changes.find(({ old, new: now }) => says(now) || says(old)) ?? null;
}

/** The first part of the new type that the old comparison did not look at. */
function newPart(head: LineChange, changes: readonly LineChange[]): LineChange | null {
  const compared = new Set(
    changes.flatMap(({ old }) =>
      old &&
      /\.equals\(|\bObjects\.|\bhash|==|\bcompare/.test(old.bare) &&
      !/requireNonNull/.test(old.bare)
        ? old.tokens.filter(({ type }) => type === 'word').map(({ text }) => text)
        : [],
    ),
  );
  if (compared.size === 0) return null;
  const { hunk, file } = head;
  const from = head.new?.index ?? 0;
  for (const line of hunk.after.lines.slice(from, from + MOST_PARTS)) {
    const part = partOf(line);
    const at = file.changeOf.get(line);
    if (part !== null && at && !compared.has(part)) return at;
    if (/[{;]$/.test(line.bare) && line.index > from) break;
  }
  return null;
}

/** `String userId,`, `val id: Long`, `region: str`. */
function partOf({ bare }: SideLine): string | null {
  const typed = /(?:^|[(,]\s?)(?:va[lr]\s)?(\w{1,60})\s?:\s?\w/.exec(bare)?.[1];
  return typed ?? /^[\w<>[\].?]{1,60}\s(\w{1,60})\s?(?:,|\)|$)/.exec(bare)?.[1] ?? null;
}
