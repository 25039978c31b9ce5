import { boundDiff } from '#src/changes/bound-diff.ts';
import { type Classification, classifyChange } from '#src/changes/classify/classify.ts';
import { MECHANISMS } from '#src/changes/classify/mechanisms.ts';
import type { ChangesInput } from '#src/changes/contract.ts';
import type { LiveIndex, LiveSpan } from '#src/changes/live.ts';
import { readCommit } from '#src/changes/read-commit.ts';
import { undoingCommits } from '#src/changes/reverts.ts';
import type { Suspect } from '#src/changes/score/suspect.ts';
import type { Commit, Deploy, Flag } from '#src/domain/bundle.ts';
import { parseTime } from '#src/domain/time.ts';

/** Bound on the changes that are looked at: the newest. */
const MAX_COMMITS = 500;
/** Characters of diffs that are read, of one commit and of all; beyond, the names of files must do. */
const MAX_DIFF = 150_000;
const MAX_FILE = 60_000;
const MAX_DIFFS = 3_000_000;

/** Everything that may be suspected, read and placed in time. */
export function suspectsOf(input: ChangesInput, live: LiveIndex): Suspect[] {
  const commits = [...input.commits]
    .sort((a, b) => (parseTime(b.timestamp) ?? 0) - (parseTime(a.timestamp) ?? 0))
    .slice(0, MAX_COMMITS);
  let room = MAX_DIFFS;
  const undoing = undoingCommits(commits);
  const found: Suspect[] = commits.map((commit) => {
    const diff = commit.diff && room > 0 ? boundDiff(commit.diff, MAX_FILE, MAX_DIFF) : null;
    room -= diff?.length ?? 0;
    const { spans, notDeployedTo } = live.of(commit);
    const undone = undoneAt(undoing.get(commit.sha) ?? [], live);
    const known = spans.map((span) => ({
      ...span,
      until: earlier(span.until, undone.get(span.service ?? '') ?? undone.get('') ?? null),
    }));
    return {
      ...{ kind: 'commit', id: commit.sha, notDeployedTo, commit, deploy: null, flag: null },
      services: [...new Set(known.flatMap(({ service }) => (service === null ? [] : [service])))],
      spans: known,
      ...readCommit({ diff, files: commit.files }),
    };
  });
  const bySha = new Map(found.map((suspect) => [suspect.id, suspect]));
  for (const deploy of input.deploys) {
    const suspect = deploySuspect(deploy, input.deploys);
    const brought = live.broughtBy(deploy).flatMap(({ sha }) => bySha.get(sha)?.services ?? []);
    found.push(brought.includes(deploy.service) ? suspect : elsewhere(suspect, brought));
  }
  const onset = Math.min(...input.onsets.map(({ at }) => at));
  for (const group of flagGroups(input.flags)) found.push(flagSuspect(group, onset));
  return found;
}

/** When the commits that take one back went live, by service; `''` where that is not known. */
function undoneAt(undoing: readonly Commit[], live: LiveIndex): Map<string, number> {
  const times = new Map<string, number>();
  for (const span of undoing.flatMap((commit) => live.of(commit).spans)) {
    const service = span.service ?? '';
    times.set(service, Math.min(times.get(service) ?? Number.POSITIVE_INFINITY, span.from));
  }
  return times;
}

function earlier(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

/** What a deploy does when nothing is known of its commits: another build runs. */
function deploySuspect(deploy: Deploy, deploys: readonly Deploy[]): Suspect {
  const from = parseTime(deploy.timestamp);
  const next = deploys
    .filter((other) => other.service === deploy.service && other.commit !== deploy.commit)
    .map((other) => parseTime(other.timestamp))
    .filter((at) => at !== null && from !== null && at > from)
    .sort((a, b) => (a ?? 0) - (b ?? 0))[0];
  return {
    ...{ kind: 'deploy', commit: null, deploy, flag: null, view: null, notDeployedTo: [] },
    id: deploy.commit || deploy.version || deploy.timestamp,
    services: [deploy.service],
    spans:
      from === null
        ? []
        : [{ service: deploy.service, from, until: next ?? null, basis: 'deploy' }],
    classification: plainClass('image-changed'),
  };
}

/** What a deploy of settings brought takes effect in the services that they are for. */
function elsewhere(suspect: Suspect, brought: readonly string[]): Suspect {
  const services = [...new Set(brought)].sort();
  if (services.length === 0) return suspect;
  const spans = suspect.spans.flatMap((span) =>
    services.map((service): LiveSpan => ({ ...span, service })),
  );
  return { ...suspect, services, spans };
}

/** Changes of one flag for one service, in order. */
function flagGroups(flags: readonly Flag[]): Flag[][] {
  const groups = new Map<string, Flag[]>();
  for (const flag of flags) {
    const key = `${flag.name}\u0000${flag.service ?? ''}`;
    const group = groups.get(key);
    if (group) group.push(flag);
    else groups.set(key, [flag]);
  }
  return [...groups.values()].map((group) =>
    [...group].sort((a, b) => (parseTime(a.timestamp) ?? 0) - (parseTime(b.timestamp) ?? 0)),
  );
}

/** A flag may be set a little after the first harm is dated. */
const NEAR_ONSET = 120e3;

/** A flag is live from each of its changes until the next one takes it back. */
function flagSuspect(group: readonly Flag[], onset: number): Suspect {
  const [first] = group;
  // Of a roll-out in steps, the last one before the harm is the one to look at.
  const step = group
    .filter((flag) => (parseTime(flag.timestamp) ?? 0) <= onset + NEAR_ONSET)
    .at(-1);
  const service = first?.service ?? null;
  const spans: LiveSpan[] = [];
  for (const [index, flag] of group.entries()) {
    const from = parseTime(flag.timestamp);
    if (from === null) continue;
    const isReturn = index > 0 && flag.to !== undefined && flag.to === group[index - 1]?.from;
    const open = spans.at(-1);
    const goesOn = !isReturn && index > 0 && flag.from === group[index - 1]?.to && isFurther(flag);
    if (open && open.until === null && !goesOn) open.until = from;
    if (!isReturn) spans.push({ service, from, until: null, basis: 'deploy' });
  }
  return {
    ...{ kind: 'flag', commit: null, deploy: null, view: null, notDeployedTo: [] },
    id: first?.name ?? '',
    services: service === null ? [] : [service],
    spans,
    flag: step ?? first ?? null,
    classification: plainClass('flag-flipped'),
  };
}

/** Whether a flag went on in the direction of a roll-out: from a tenth to all. */
function isFurther({ from, to }: Flag): boolean {
  const [before, after] = [from, to].map((text) => Number.parseFloat(text ?? ''));
  return before !== undefined && after !== undefined && before > 0 && after > before;
}

function plainClass(mechanism: 'flag-flipped' | 'image-changed'): Classification {
  const nothing = classifyChange({ diff: null, files: [] });
  const { says, symptoms, delayed } = MECHANISMS[mechanism];
  return {
    ...nothing,
    classes: [{ mechanism, weight: 0.8, says, evidence: [] }],
    symptoms: { ...symptoms },
    delayed: [...delayed],
    basis: 'files',
  };
}
