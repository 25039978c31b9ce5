import type { FactRefs } from '#src/analysis/evidence/draft-facts.ts';
import type { Ledger } from '#src/analysis/evidence/ledger.ts';
import type { Facts } from '#src/analysis/facts/contract.ts';
import type { About, Candidate, Reason } from '#src/analysis/hypotheses/candidate.ts';
import { instanceSpread } from '#src/analysis/hypotheses/siblings.ts';
import { oddsOf } from '#src/analysis/hypotheses/weights.ts';
import { refOfClue } from '#src/analysis/investigation/clue-ids.ts';
import type { Judgement } from '#src/analysis/triage/judgement.ts';
import { roleOf } from '#src/changes/classify/role.ts';
import type { ChangeAssessment, Factor } from '#src/changes/contract.ts';
import type { Cite } from '#src/domain/evidence.ts';
import type { Category, Remediation } from '#src/domain/result.ts';
import { formatDuration } from '#src/domain/time.ts';

/** Changes with less are not worth a hypothesis. */
const LEAST_SCORE = 0.05;
/** Older than this, and age speaks for a change. */
const OLD_MS = 3 * 86_400_000;
const CONFIG_ROLES = new Set(['config', 'orchestration', 'proxy', 'infra', 'container']);

/** Factors of an assessment that are weighed on scales of their own. */
const ABOUT: Readonly<Record<string, About>> = {
  time: 'time',
  reach: 'reach',
  touch: 'touch',
  trace: 'trace',
  kind: 'kind',
  risk: 'risk',
};

/** One explanation for each change that can have been, best first. */
export function candidatesFromChanges(
  facts: Facts,
  judgement: Judgement,
  assessments: readonly ChangeAssessment[],
  refs: FactRefs,
  ledger: Ledger,
): Candidate[] {
  const commits = new Set(assessments.flatMap(({ kind, id }) => (kind === 'commit' ? [id] : [])));
  return (
    assessments
      .filter(({ acquitted, score }) => acquitted === null && score >= LEAST_SCORE)
      // A deploy stands for its commits where those are known.
      .filter(({ kind, id }) => kind !== 'deploy' || !commits.has(id))
      .map((change) => candidateOf(facts, judgement, change, refs, ledger))
  );
}

function candidateOf(
  facts: Facts,
  judgement: Judgement,
  change: ChangeAssessment,
  refs: FactRefs,
  ledger: Ledger,
): Candidate {
  const { category, remediation } = kindOfChange(facts, change);
  const isCommit =
    change.kind === 'commit' || (change.kind === 'deploy' && /^[0-9a-f]{7,64}$/.test(change.id));
  const own = citesOfChange(change, facts, refs, ledger);
  const reasons = [
    ...change.factors.map((factor) => reasonOf(factor, own, facts, refs, ledger)),
    ...ageReasons(facts, judgement, change),
    ...spreadReasons(facts, judgement, change),
    ...silenceReasons(facts, change),
  ];
  return {
    key: `change:${change.kind}:${change.id}:${change.service ?? ''}`,
    kind: 'change',
    statement: statementOf(facts, change),
    category,
    remediation,
    service: change.service,
    commit: isCommit ? change.id : null,
    location: change.location,
    odds: oddsOf('change', reasons),
    reasons,
    test: testOf(change),
    nextSteps: stepsOf(change, remediation),
    change,
  };
}

/** What has run for so long is rarely what broke, whatever else speaks against it. */
function ageReasons(facts: Facts, judgement: Judgement, change: ChangeAssessment): Reason[] {
  const onset = judgement.onset ?? facts.subject.detectedAt;
  if (change.liveAt === null || change.kind === 'flag') return [];
  const age = onset - change.liveAt;
  const isExplained = change.factors.some(({ id, weight }) => id === 'time' && weight > 0);
  if (age < OLD_MS || isExplained) return [];
  const weight = -Math.min(3, 1 + Math.log2(age / OLD_MS));
  return [
    { about: 'age', weight, text: `it ran for ${formatDuration(age)} without harm`, cites: [] },
  ];
}

/** A change that all instances got harms all of them; a bad host harms those on it. */
function spreadReasons(
  facts: Facts,
  judgement: Judgement,
  { service }: ChangeAssessment,
): Reason[] {
  const since = judgement.strongOnset ?? judgement.onset;
  if (service === null || since === null) return [];
  const spread = instanceSpread(facts, service, since);
  if (!spread) return [];
  const share = spread.harmed / spread.all;
  if (share > 1 / 3 && !(share <= 1 / 2 && spread.all >= 4)) return [];
  const text = `only ${spread.harmed} of ${spread.all} instances of ${service} are harmed`;
  return [{ about: 'spread', weight: -1.2, text, cites: [] }];
}

/** Where nothing was seen of a service itself, its change can be suspected but hardly proven. */
function silenceReasons(facts: Facts, { service }: ChangeAssessment): Reason[] {
  if (service === null) return [];
  const assessed = facts.metrics.services.find((one) => one.service === service);
  const hasSignals = (assessed?.signals ?? 0) > 0;
  const hasLogs = facts.bundle.logs.some((record) => record.service === service);
  const hasSpans = facts.bundle.spans.some((span) => span.service === service);
  if (hasSignals || hasLogs || hasSpans) return [];
  const text = `nothing was seen of ${service} itself`;
  return [{ about: 'silence', weight: -1.2, text, cites: [] }];
}

/** What kind of thing was changed, and how it is undone. */
function kindOfChange(
  { bundle }: Facts,
  change: ChangeAssessment,
): { category: Category; remediation: Remediation } {
  if (change.kind === 'flag')
    return { category: 'configuration', remediation: 'feature-flag-disable' };
  const commit = bundle.changes.commits.find(({ sha }) => sha === change.id);
  const culprit = change.location ? [change.location.file] : (commit?.files ?? []);
  const roles = culprit.map((file) => roleOf(file));
  const isConfig = roles.length > 0 && roles.every((role) => CONFIG_ROLES.has(role));
  if (isConfig) return { category: 'configuration', remediation: 'config-revert' };
  const isData = roles.length > 0 && roles.every((role) => role === 'data');
  if (isData) return { category: 'data', remediation: 'fix-data' };
  return { category: 'code', remediation: 'rollback' };
}

function statementOf({ bundle }: Facts, change: ChangeAssessment): string {
  const where = change.service ? ` of ${change.service}` : '';
  const [first] = change.classes;
  const does = first ? `: it ${first.says}` : '';
  if (change.kind === 'flag') return `The flag ${change.id}${where} was switched${does}.`;
  const commit = bundle.changes.commits.find(({ sha }) => sha === change.id);
  const subject = commit ? ` ("${commit.message.split('\n')[0]?.slice(0, 80)}")` : '';
  const name = `${change.kind === 'deploy' ? 'The deploy' : 'Commit'} ${change.id.slice(0, 10)}${where}`;
  return `${name}${subject} broke it${does}.`;
}

function testOf(change: ChangeAssessment): string {
  if (change.kind === 'flag')
    return `Switch ${change.id} back for a part of the traffic and watch the errors.`;
  const name = change.id.slice(0, 10);
  return `Run ${change.service ?? 'the service'} without ${name} on one instance and compare; or run its tests before and after.`;
}

function stepsOf(change: ChangeAssessment, remediation: Remediation): string[] {
  const name = change.id.slice(0, 10);
  const service = change.service ?? 'the service';
  const place = change.location ? ` Look at ${change.location.file}:${change.location.line}.` : '';
  const undo: Partial<Record<Remediation, string>> = {
    rollback: `Roll ${service} back to before ${name}.${place}`,
    'config-revert': `Put the setting back that ${name} changed in ${service}.${place}`,
    'feature-flag-disable': `Switch the flag ${change.id} back.`,
    'fix-data': `Put the data back that ${name} changed.${place}`,
  };
  return [undo[remediation] ?? `Undo ${name}.`, 'Watch whether the signals return to normal.'];
}

/** The change itself, by its diff line where that is known. */
function citesOfChange(
  change: ChangeAssessment,
  { bundle }: Facts,
  refs: FactRefs,
  ledger: Ledger,
): Cite[] {
  if (change.kind === 'flag') {
    const flag = bundle.changes.flags.find(({ name }) => name === change.id);
    const ref = flag && refs.flag.get(flag);
    return ref ? [ledger.cite(ref)] : [];
  }
  const commit = refs.commit.get(change.id);
  const deploy = bundle.changes.deploys.find(
    (one) =>
      one.service === change.service && (one.commit === change.id || one.version === change.id),
  );
  const deployRef = deploy && refs.deploy.get(deploy);
  const [finding] = change.classes[0]?.evidence ?? [];
  const quote = finding?.new ?? finding?.old ?? undefined;
  return [
    ...(commit ? [ledger.cite(commit, quote ? { quote } : {})] : []),
    ...(deployRef ? [ledger.cite(deployRef)] : []),
  ];
}

/** Cites the change, and the logs, traces and signals that the factor rests on. */
function reasonOf(
  { id, weight, text, cites }: Factor,
  own: readonly Cite[],
  facts: Facts,
  refs: FactRefs,
  ledger: Ledger,
): Reason {
  const seen = cites.flatMap((cite) => {
    const ref = refOfClue(cite, facts, refs);
    return ref ? [ledger.cite(ref)] : [];
  });
  return { about: ABOUT[id] ?? 'other', weight, text, cites: [...own, ...seen] };
}
