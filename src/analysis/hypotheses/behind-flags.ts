import type { Candidate } from '#src/analysis/hypotheses/candidate.ts';
import { withReason } from '#src/analysis/hypotheses/weights.ts';
import type { ChangeAssessment } from '#src/changes/contract.ts';
import type { Commit } from '#src/domain/bundle.ts';

/** Names shorter than this stand in too many lines by chance. */
const SHORTEST = 6;
/** A flag that more commits speak of stands for none of them. */
const MOST_COMMITS = 2;
/** The code behind a flag is what broke; the flag is only how it came to run. */
const BEHIND = 0.4;
const SWITCH = -1.2;

/**
 * A commit whose code waits behind a flag goes live when the flag is turned on: it inherits what
 * speaks against the flag, and the flag is how it is undone (Rahman et al., "Feature toggles:
 * practitioner practices and a case study", MSR 2016).
 * @param commits with diffs, as far as they are known
 */
export function withCodeBehindFlags(
  candidates: readonly Candidate[],
  assessments: readonly ChangeAssessment[],
  commits: readonly Commit[],
): Candidate[] {
  let all = [...candidates];
  for (const flag of candidates) {
    if (flag.change?.kind !== 'flag') continue;
    const behind = commits.filter((commit) => speaksOf(commit, flag.change?.id ?? ''));
    const own = behind.filter(({ service }) => service === undefined || service === flag.service);
    if (own.length === 0 || own.length > MOST_COMMITS) continue;
    const first = own[0];
    if (!first) continue;
    const assessed = assessments.find(({ kind, id }) => kind === 'commit' && id === first.sha);
    all = all
      .filter(({ commit }) => commit !== first.sha)
      .map((one) =>
        one === flag
          ? withReason(one, {
              about: 'other',
              weight: SWITCH,
              text: 'it only let in what a commit had brought',
              cites: [],
            })
          : one,
      );
    all.push(behindFlag(flag, first, assessed));
  }
  return all;
}

function behindFlag(flag: Candidate, commit: Commit, assessed?: ChangeAssessment): Candidate {
  const subject = commit.message.split('\n')[0]?.slice(0, 80) ?? '';
  const name = flag.change?.id ?? '';
  const made: Candidate = {
    ...flag,
    key: `change:commit:${commit.sha}:${flag.service ?? ''}`,
    statement: `Commit ${commit.sha.slice(0, 10)} of ${flag.service ?? 'the service'} ("${subject}") broke it when the flag ${name} let it in.`,
    category: 'code',
    remediation: 'feature-flag-disable',
    commit: commit.sha,
    location: assessed?.location ?? null,
    nextSteps: [`Switch the flag ${name} back.`, 'Watch whether the signals return to normal.'],
    ...(assessed
      ? {
          change: {
            ...assessed,
            liveAt: flag.change?.liveAt ?? null,
            factors: flag.change?.factors ?? [],
          },
        }
      : {}),
  };
  return withReason(made, {
    about: 'other',
    weight: BEHIND,
    text: `its code asks for the flag ${name}`,
    cites: [],
  });
}

/** Whether a commit adds a line with the flag's name, or with its last part. */
function speaksOf({ diff }: Commit, flag: string): boolean {
  if (!diff) return false;
  const last = flag.split(/[./:]/).at(-1) ?? flag;
  const names = [flag, last, camel(last)].filter((name) => name.length >= SHORTEST);
  return diff
    .split('\n')
    .some((line) => line.startsWith('+') && names.some((name) => line.includes(name)));
}

function camel(name: string): string {
  return name.replace(/[-_]([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
