import type { FileChange } from '#src/changes/classify/change-view.ts';
import { type Detector, findingAt } from '#src/changes/classify/finding.ts';
import { isInLoop, remoteCalls } from '#src/changes/classify/patterns.ts';
import { isLogLine } from '#src/changes/classify/quiet.ts';
import type { SideLine } from '#src/changes/classify/side.ts';

/** Names of what is written once for each item of a list. */
const PER_ITEM =
  /(?:^|[/_.-]|[a-z])(?:[sS]erializer|[pP]resenter|[rR]esolver|[dD]ecorator|[rR]epresenter|[mM]apper|[aA]ssembler|[tT]ransformer|[vV]iew_?[mM]odel|[nN]ormalizer|[hH]ydrator|[fF]ormatter|[bB]lueprint|[dD]to|DTO|[rR]esources?\/\w{1,60}[rR]esource)s?(?:$|[/_.-]|[A-Z(:\s])|\/_[a-z_]{2,60}\.(?:html|json|jbuilder|haml|slim)|\.jbuilder$/;

/** Reads of what belongs to a row that look like a field and are a query, by language. */
const LAZY: Partial<Record<string, RegExp>> = {
  ruby: /\.\w{2,60}(?:\.\w{2,60}){0,3}\.(?:to_a|where|pluck|exists\?|find_by|count|sum|order|all|active|average|maximum|minimum|reload|load)\b/,
  python:
    /_set\.|\.objects\.|\.\w{2,60}\.(?:all|filter|exists|count|first|last|aggregate|order_by|values_list|values)\(/,
  php: /->\w{2,60}\(\)->(?:get|count|first|where|pluck|exists|sum|latest)\(|->\w{2,60}->(?:count|first|where|pluck|load)\(|->load\(/,
  java: /\.get\w{2,60}s\(\)\.(?:stream|size|isEmpty|iterator|forEach)\(/,
  kotlin: /\.\w{2,60}s\.(?:count|size|firstOrNull|maxByOrNull)\b/,
  csharp: /\.\w{2,60}s\.(?:Count|Any|First|FirstOrDefault|Where|Sum|Max)\(/,
};

/**
 * New lookups in what is written once per item, where the loop stands elsewhere: fields of
 * serializers, resolvers and the like. The `N+1` of Yang et al. (ICSE 2018) hides in these.
 */
export const detectPerItem: Detector = function* ({ files }) {
  for (const file of files) {
    if (file.language.family !== 'code' || file.status === 'added') continue;
    const isNamed = PER_ITEM.test(file.path);
    for (const change of file.lines) {
      const { old, new: now, hunk } = change;
      if (!now || (change.kind !== 'added' && change.kind !== 'modified') || isLogLine(now))
        continue;
      if (!isNamed && !PER_ITEM.test(hunk.after.section)) continue;
      if (isInLoop(hunk.after, now)) continue;
      if (looksUp(now, file) && !(old && looksUp(old, file))) {
        yield findingAt('call-in-loop', 0.75, change);
      }
    }
  }
};

function looksUp(line: SideLine, file: FileChange): boolean {
  if (remoteCalls(line).some((call) => !LOADER.test(call))) return true;
  return LAZY[file.language.id]?.test(line.bare) ?? false;
}

/** What gathers the lookups of many items into one. */
const LOADER = /loader|Loader|batch|Batch|preload|prefetch/;
