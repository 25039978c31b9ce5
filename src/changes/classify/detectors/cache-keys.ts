import { alignTokens } from '#src/changes/classify/alignment.ts';
import { type Detector, findingAt } from '#src/changes/classify/finding.ts';

const KEY_LINE =
  /\b\w{0,30}[kK]ey\w{0,10}\s?(?::\s?\w{1,20}\s?)?:?=[^=]|\b\w{0,30}[cC]ache\w{0,20}(?:\.|->)(?:get|set|fetch|put|has|delete|read|write|getOrSet|remember|Get|Set)\w{0,10}\(|\bcache_key\b|\bkey\s?[:=]/;

/**
 * Keys of caches that are made of something else: a part that goes mixes what was apart, a part
 * that comes makes every look-up miss (AWS Builders' Library, "Caching challenges and strategies").
 */
export const detectCacheKeys: Detector = function* ({ files }) {
  for (const file of files) {
    if (file.language.family !== 'code') continue;
    for (const change of file.lines) {
      const { old, new: now, hunk } = change;
      if (change.kind !== 'modified' || !old || !now) continue;
      if (!KEY_LINE.test(now.bare) || !KEY_LINE.test(old.bare)) continue;
      const isCache =
        /cache|memo|redis/i.test(now.text) ||
        hunk.after.lines.some(({ bare }) => /[cC]ache|memo|redis/.test(bare));
      const runs = alignTokens(old.tokens, now.tokens);
      const isNaming = runs.some(({ before, after }) =>
        [...before, ...after].some(({ type }) => type === 'string' || type === 'word'),
      );
      if (isCache && isNaming) yield findingAt('cache-key-changed', 0.8, change);
    }
  }
};
