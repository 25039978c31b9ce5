import type { LineChange } from '#src/changes/classify/change-view.ts';
import { type Detector, findingAt } from '#src/changes/classify/finding.ts';
import { enclosing, type Side, type SideLine } from '#src/changes/classify/side.ts';

/** A call that gives something back, with what it gives back. */
const RELEASE =
  /([\w.@$]{1,60}?)(?:\.|->|::|&\.|\?\.)(?:close|Close|release|Release|unlock|Unlock|RUnlock|dispose|Dispose|DisposeAsync|free|Free|disconnect|checkin|putconn|returnObject|rollback|Rollback|cancel|Stop|stop|unsubscribe)\s?(?:\(\s?\w{0,40}\s?\)|$)/;
const CERTAIN =
  /^(?:finally|ensure|after|on_exit|defer)\b|\bfinally\s?\{?$|^}\s?finally\b|\bdefer func\b/;

/**
 * What was given back however a function ended, and is now given back on one way out only: a
 * `defer`, `finally`, `ensure`, `with` or `using` that became a plain call. Weimer and Necula (OOPSLA
 * 2004) find these ways out to be where most resources leak.
 */
export const detectReleases: Detector = function* ({ files }) {
  for (const file of files) {
    if (file.language.family !== 'code') continue;
    const plain = file.lines.filter(isPlainRelease);
    if (plain.length === 0) continue;
    const lost = file.lines.some((change) => isCertain(change.hunk.before, change.old));
    const gained = file.lines.some((change) => isCertain(change.hunk.after, change.new));
    if (!lost || gained) continue;
    for (const change of plain) yield findingAt('release-removed', weightOf(change), change);
  }
};

function isPlainRelease(change: LineChange): boolean {
  const { new: now, hunk } = change;
  if (!now || change.kind === 'reindented' || !RELEASE.test(now.bare)) return false;
  return !isCertain(hunk.after, now);
}

/** Whether a line gives something back on every way out. */
function isCertain(side: Side, line: SideLine | null): boolean {
  if (!line) return false;
  if (/^defer\b/.test(line.bare) && RELEASE.test(line.bare)) return true;
  if (SCOPED.test(line.bare)) return true;
  return (
    RELEASE.test(line.bare) && enclosing(side, line.index).some(({ bare }) => CERTAIN.test(bare))
  );
}

/** Constructs that give back what they opened. */
const SCOPED =
  /^(?:async )?with\s[^:]{1,200}:|\btry\s?\((?:var|val|final|[A-Z])|^(?:await )?using\s?(?:\(|var\b|\w)|\.use\s?\{|\bwith_lock\b|\bsynchronize do\b/;

/** Surer where another way out can be seen between. */
function weightOf(change: LineChange): number {
  const { lines } = change.hunk.after;
  const at = change.new?.index ?? 0;
  const leaves = lines
    .slice(Math.max(0, at - 40), at)
    .some(({ bare }) => /\b(?:return|throw|raise|continue|break|panic)\b|\?;?$/.test(bare));
  return leaves ? 0.85 : 0.7;
}
