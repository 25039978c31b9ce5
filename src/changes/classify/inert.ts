import { alignTokens } from '#src/changes/classify/alignment.ts';
import type { ChangeView, FileChange } from '#src/changes/classify/change-view.ts';
import { isUnitName } from '#src/changes/classify/quantity.ts';
import { isImport } from '#src/changes/classify/quiet.ts';
import { quietChange } from '#src/changes/classify/quiet-change.ts';
import { type Renames, renamesOf } from '#src/changes/classify/renames.ts';
import { type FileRole, INERT_ROLES } from '#src/changes/classify/role.ts';
import type { SideLine } from '#src/changes/classify/side.ts';
import { valueChangesOf } from '#src/changes/classify/value-change.ts';

const ROLE_REASONS: Partial<Record<FileRole, string>> = {
  test: 'only tests change',
  docs: 'only documentation changes',
  ci: 'only the build pipeline changes',
  tooling: 'only development tooling changes',
  dashboard: 'only dashboards or alerts change',
};

/**
 * Why a change cannot alter what a service does, or null when it may. SZZ has to look through
 * comments, layout, renames and moves in the same way (Kim et al., ASE 2006; Neto et al., SANER 2018).
 */
export function noOpReason(view: ChangeView): { reason: string; isCertain: boolean } | null {
  if (view.files.length === 0) return null;
  const renames = renamesOf(view.files);
  const reasons = new Set<string>();
  for (const file of view.files) {
    const found = inertReasons(file, renames, view.files);
    if (found === null) return null;
    for (const reason of found) reasons.add(reason);
  }
  const [first, ...rest] = [...reasons].sort();
  const all = [first, ...rest.map((reason) => reason.replace(/^only /, ''))];
  return {
    reason: all.slice(0, 3).join('; '),
    isCertain: ![...reasons].some((one) => UNCERTAIN.has(one)),
  };
}

/** What keeps behaviour if it was done right: people get refactorings wrong. */
const UNCERTAIN = new Set([
  'only renames identifiers',
  'only moves code',
  'only moves files',
  'only imports are rearranged',
  'only modifiers change',
  'only annotations change',
  'only the order of entries changes',
  'only adds log lines',
  'only the wording of a message changes',
]);

/** Why each part of a file's change alters nothing, or null when one may. */
function inertReasons(
  file: FileChange,
  renames: Renames,
  files: readonly FileChange[],
): ReadonlySet<string> | null {
  const byRole = roleReason(file.path, file.role);
  if (byRole) return new Set([byRole]);
  if (file.isBinary || file.modeChanged || file.status === 'deleted') return null;
  if (file.lines.length === 0 && file.commentLines === 0) {
    const isMove = file.status === 'renamed' && importsFollow(file, files);
    return isMove ? new Set(['only moves files']) : null;
  }
  const sameAmounts = linesOfSameAmount(file);
  const reasons = new Set<string>();
  for (const change of file.lines) {
    const isSame = change.new !== null && sameAmounts.has(change.new);
    const quiet = isSame ? 'only writes the same value differently' : quietChange(change, renames);
    if (quiet === null) return null;
    if (quiet !== '') reasons.add(quiet);
  }
  return reasons.size > 0 ? reasons : new Set(['only comments or layout change']);
}

/** Lines on which nothing but the writing of amounts changed. */
function linesOfSameAmount(file: FileChange): ReadonlySet<SideLine> {
  const found = new Set<SideLine>();
  const { values } = valueChangesOf(file);
  const others = new Set(values.filter(({ isSameAmount }) => !isSameAmount).map((one) => one.new));
  for (const value of values) {
    if (!value.isSameAmount || !value.old || !value.new || others.has(value.new)) continue;
    const runs = value.isConfig ? [] : alignTokens(value.old.tokens, value.new.tokens);
    const isAmount = runs.every(({ before, after }) =>
      [...before, ...after].every(
        ({ type, text }) => type === 'number' || text === '*' || isUnitName(text),
      ),
    );
    if (isAmount) found.add(value.new);
  }
  return found;
}

/** Whether a file's role alone keeps it from running. Style sheets and pictures reach browsers only. */
export function roleReason(path: string, role: FileRole): string | null {
  if (INERT_ROLES.has(role)) return ROLE_REASONS[role] ?? null;
  if (
    role === 'asset' &&
    /\.(?:css|scss|sass|less|styl|png|jpe?g|gif|svg|ico|webp|avif|woff2?|ttf|eot|otf|pdf)$/i.test(
      path,
    )
  ) {
    return 'only styles or pictures change';
  }
  return null;
}

function importsFollow(file: FileChange, files: readonly FileChange[]): boolean {
  const name = (file.path.split('/').at(-1) ?? '').replace(/\.\w+$/, '');
  return files.some((other) =>
    other.lines.some(({ new: now }) => now && isImport(now) && now.text.includes(name)),
  );
}
