import type { GuardResult } from '#src/domain/fix.ts';
import { allowedPaths } from '#src/fix/guards/allowed-paths.ts';
import { baseMoved } from '#src/fix/guards/base-moved.ts';
import { citedLines } from '#src/fix/guards/cited-lines.ts';
import { confidence } from '#src/fix/guards/confidence.ts';
import type { Guard, GuardFacts } from '#src/fix/guards/contract.ts';
import { dailyNumber } from '#src/fix/guards/daily-number.ts';
import { dependencies } from '#src/fix/guards/dependencies.ts';
import { dirtyRepository } from '#src/fix/guards/dirty-repository.ts';
import { fileCount } from '#src/fix/guards/file-count.ts';
import { forbiddenPaths } from '#src/fix/guards/forbidden-paths.ts';
import { generatedCode } from '#src/fix/guards/generated-code.ts';
import { knownRepository } from '#src/fix/guards/known-repository.ts';
import { lineCount } from '#src/fix/guards/line-count.ts';
import { offSwitch } from '#src/fix/guards/off-switch.ts';
import { openPullRequest } from '#src/fix/guards/open-pull-request.ts';
import { permissions } from '#src/fix/guards/permissions.ts';
import { plainFiles } from '#src/fix/guards/plain-files.ts';
import { proof } from '#src/fix/guards/proof.ts';
import { secrets } from '#src/fix/guards/secrets.ts';
import { shallowRepository } from '#src/fix/guards/shallow-repository.ts';
import { verdict } from '#src/fix/guards/verdict.ts';

/** Every guard, in the order in which they are shown. Add one by a file and a line here. */
export const GUARDS = {
  'off-switch': offSwitch,
  verdict,
  confidence,
  proof,
  'file-count': fileCount,
  'line-count': lineCount,
  'allowed-paths': allowedPaths,
  'forbidden-paths': forbiddenPaths,
  'plain-files': plainFiles,
  'generated-code': generatedCode,
  secrets,
  dependencies,
  permissions,
  'cited-lines': citedLines,
  'dirty-repository': dirtyRepository,
  'shallow-repository': shallowRepository,
  'known-repository': knownRepository,
  'base-moved': baseMoved,
  'open-pull-request': openPullRequest,
  'daily-number': dailyNumber,
} satisfies Record<string, Guard>;

/** Asks every guard. */
export function askGuards(facts: GuardFacts): GuardResult[] {
  return Object.entries(GUARDS).map(([id, guard]) => ({ id, ...guard(facts) }));
}
