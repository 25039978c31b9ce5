import type { LineChange } from '#src/changes/classify/change-view.ts';
import { type Detector, type Finding, findingAt } from '#src/changes/classify/finding.ts';
import { isLogLine } from '#src/changes/classify/quiet.ts';
import { enclosing, type SideLine } from '#src/changes/classify/side.ts';

/** Calls that take away what was stored: files, objects, old rows. */
const TAKES_AWAY =
  /\bos\.(?:Remove|RemoveAll|remove|unlink|rmdir|removedirs)\(|\bshutil\.rmtree\(|\b(?:unlink|unlinkSync|rmSync|rmdirSync|rimraf)\s?\(|\bfs\.(?:promises\.)?(?:rm|unlink|rmdir)\(|\bFiles\.delete(?:IfExists)?\(|\b(?:File|Directory)\.(?:delete|unlink|Delete)\(?|\bFileUtils\.(?:rm|delete|clean)\w{0,20}|\bfs::remove_\w{1,12}\(|\bFile\.rm\w{0,4}!?\(|\.unlink\(|\.(?:deleteOnExit|deleteObject|delete_object|DeleteObject|delete_blob|deleteBlob|removeObject)\w{0,12}\(|\b\w{0,30}(?:[fF]ile|[pP]ath|[tT]mp|[tT]emp|[sS]egment|[aA]rchive|[sS]pool)\w{0,20}\.delete\(\)|\b(?:purge|prune|cleanup|clean_up|cleanUp|expire_old|deleteOlder|delete_older)\w{0,20}\s?\(/;
const LEAVES = /^(?:return|continue|next|break)\b/;
/** An error that is passed on is no decision to keep something. */
const PASSES_ON = /^(?:return|raise|throw)\b.{0,60}\b(?:err|error|e|ex|exc)\b\)?;?$/;
const REACH = 14;

/**
 * What is no longer taken away, or only under a new condition: it piles up until the disk is full or
 * the table is large. Yuan et al. (OSDI 2014) find clean-up among what is tested least.
 */
export const detectCleanups: Detector = function* ({ files }) {
  for (const file of files) {
    if (file.language.family !== 'code' || file.status === 'added') continue;
    const stays = file.lines.some(({ new: now }) => now !== null && TAKES_AWAY.test(now.bare));
    for (const change of file.lines) {
      if (change.kind === 'removed' && change.old && TAKES_AWAY.test(change.old.bare) && !stays) {
        yield findingAt('cleanup-skipped', 0.8, change);
      }
      yield* conditionFindings(change);
    }
  }
};

/** A new way out before, or a new condition around, what is taken away. */
function* conditionFindings(change: LineChange): Generator<Finding> {
  const { new: now, hunk, file, kind } = change;
  if (!now || kind === 'moved' || isLogLine(now)) return;
  const { lines } = hunk.after;
  if (kind === 'added' && LEAVES.test(now.bare) && !PASSES_ON.test(now.bare)) {
    const below = lines.slice(now.index + 1, now.index + REACH);
    const taken = below.find((line) => TAKES_AWAY.test(line.bare));
    const isBefore = taken !== undefined && taken.indent < now.indent + 1;
    if (!isBefore || taken.isChanged) return;
    const condition = enclosing(hunk.after, now.index)[0];
    const at = condition ? file.changeOf.get(condition) : undefined;
    yield findingAt('cleanup-skipped', 0.8, at ?? change);
  } else if (kind === 'reindented' && TAKES_AWAY.test(now.bare) && isDeeper(change, now)) {
    const condition = enclosing(hunk.after, now.index).find(({ bare }) =>
      /^(?:if|unless|when)\b/.test(bare),
    );
    const at = condition ? file.changeOf.get(condition) : undefined;
    if (at?.kind === 'added') yield findingAt('cleanup-skipped', 0.8, at);
  }
}

function isDeeper({ old }: LineChange, now: SideLine): boolean {
  return old !== null && now.indent > old.indent;
}
