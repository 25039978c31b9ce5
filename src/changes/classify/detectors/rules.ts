import type { Detector } from '#src/changes/classify/finding.ts';
import { applyRules, type PreparedRule, prepareRule } from '#src/changes/classify/rule.ts';
import { ACCESS_RULES } from '#src/changes/classify/rules/access.ts';
import { CONCURRENCY_RULES } from '#src/changes/classify/rules/concurrency.ts';
import { DATA_RULES } from '#src/changes/classify/rules/data.ts';
import { ERROR_RULES } from '#src/changes/classify/rules/errors.ts';
import { GUARD_RULES } from '#src/changes/classify/rules/guards.ts';
import { RESOURCE_RULES } from '#src/changes/classify/rules/resources.ts';

const RULES: readonly PreparedRule[] = [
  ...GUARD_RULES,
  ...ERROR_RULES,
  ...RESOURCE_RULES,
  ...CONCURRENCY_RULES,
  ...DATA_RULES,
  ...ACCESS_RULES,
].map(prepareRule);

/** What the tables of rules say about code that went or came. */
export const detectByRules: Detector = function* ({ files }) {
  for (const file of files) {
    if (file.language.family !== 'code' && file.language.family !== 'query') continue;
    if (file.role === 'manifest' || file.role === 'lock') continue;
    if (file.role === 'migration' && file.language.id === 'sql') continue;
    // A new file takes nothing away, and what it brings in is reached through other files.
    if (file.status === 'added') continue;
    yield* applyRules(file, RULES);
  }
};
