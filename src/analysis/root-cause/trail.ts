import type { Weighed } from '#src/analysis/hypotheses/weigh.ts';
import type { Findings } from '#src/analysis/investigation/investigate.ts';
import { roleOf } from '#src/changes/classify/role.ts';
import type { RootCause } from '#src/domain/result.ts';

/** A trail through more than this is not followed to an end: no cause is guessed. */
const MOST_FILES = 5;
const MOST_SUBSYSTEMS = 2;
/** Explanations with less belief are no part of the trail. */
const LEAST_SHARE = 0.15;
const MOST_WAYS = 4;
/** Files that cannot have done it, or that follow from others. */
const NO_CODE = new Set([
  ...['docs', 'test', 'ci', 'tooling', 'manifest', 'lock', 'generated'],
  ...['dashboard', 'translation', 'asset'],
]);

/** Files and subsystems (services, and top folders of a repository) that the leads run through. */
type Trail = { files: string[]; subsystems: string[] };

/**
 * Names no cause where the trail leads through more than five files or two subsystems and nothing
 * singles a line out; tells ways forward instead.
 */
export function withTrail(cause: RootCause, findings: Findings): RootCause {
  const isOpen = cause.verdict === 'inconclusive';
  if (
    cause.category === 'none' ||
    (!isOpen && (cause.commit === null || cause.location !== null))
  ) {
    return cause;
  }
  const leads = isOpen
    ? findings.hypotheses.filter(({ share }) => share >= LEAST_SHARE)
    : findings.hypotheses.filter(({ commit }) => commit === cause.commit).slice(0, 1);
  const { files, subsystems } = trailOf(leads, findings, isOpen);
  if (files.length <= MOST_FILES && subsystems.length <= MOST_SUBSYSTEMS) return cause;
  const through = `${files.length} files and ${subsystems.length} subsystems (${subsystems.slice(0, 4).join(', ')})`;
  const ways = leads.map(({ test }) => test).filter((test) => test !== '');
  return {
    ...cause,
    verdict: 'inconclusive',
    category: 'unknown',
    statement: isOpen
      ? `${cause.statement} The trail leads through ${through}.`
      : `The trail leads through ${through}, and nothing singles a line out. Strongest lead: ${cause.statement}`,
    service: null,
    location: null,
    remediation: 'none',
    alternatives: [...cause.alternatives, ...new Set([...ways, ...wholeChanges(leads)])].slice(
      0,
      MOST_WAYS,
    ),
  };
}

function trailOf(leads: readonly Weighed[], { known }: Findings, isOpen: boolean): Trail {
  const files = new Set<string>();
  const subsystems = new Set<string>();
  for (const { commit, location, service } of leads) {
    if (isOpen && service !== null) subsystems.add(service);
    const touched = known.commits.find(({ sha }) => sha === commit)?.files ?? [];
    const code = touched.filter((file) => !NO_CODE.has(roleOf(file)));
    for (const file of location ? [location.file] : code) {
      files.add(`${service ?? ''}:${file}`);
      if (!isOpen) subsystems.add(file.includes('/') ? file.slice(0, file.indexOf('/')) : '.');
    }
  }
  return { files: [...files].sort(), subsystems: [...subsystems].sort() };
}

/** A change too wide to find the line in can be undone or halved as a whole. */
function wholeChanges(leads: readonly Weighed[]): string[] {
  return leads.flatMap(({ commit, service }) => {
    if (commit === null) return [];
    const name = commit.slice(0, 10);
    return [
      `Take ${name} back as a whole${service ? ` in ${service}` : ''}, or halve it until the errors stop.`,
    ];
  });
}
