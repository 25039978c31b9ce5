import type { Result } from '#src/domain/result.ts';
import { parseTime } from '#src/domain/time.ts';
import type { Strategy } from '#src/fix/contract.ts';

/** Which ways to try, in order, and why; or why none. */
export type Plan = { ways: Strategy[]; commit: string | null; why: string };

export type PlanOptions = {
  strategy: 'auto' | Strategy;
  /** Below this confidence nothing is shown. */
  showConfidence: number;
  hasModel: boolean;
};

/** A commit is recent while nothing much can rest on it yet. */
const RECENT_DAYS = 14;
/** Categories whose cause can lie in the repository. */
const IN_REPOSITORY = new Set(['code', 'configuration', 'dependency']);

/** Decides from the cause alone how a change could be made. */
export function planFix(result: Result, options: PlanOptions): Plan {
  const { rootCause, triage, evidence, incident } = result;
  if (triage.condition === 'healthy') return none('Nothing is wrong, so there is nothing to fix.');
  if (rootCause === null)
    return none('There is no root cause: the investigation did not get there.');
  const { verdict, category, commit, confidence } = rootCause;
  if (verdict === 'inconclusive') {
    const next = rootCause.nextQuery ? ` What would settle it: ${rootCause.nextQuery}` : '';
    return none(`The cause is not known, so nothing is changed.${next}`);
  }
  if (confidence < options.showConfidence) {
    const has = `${Math.floor(confidence * 100)} %`;
    return none(`The confidence in the cause is ${has}: too little to change anything.`);
  }
  if (!IN_REPOSITORY.has(category) || (commit === null && rootCause.location === null)) {
    const step = rootCause.nextSteps[0]?.text;
    const what = `The cause is not in the code (${category}), so there is no patch.`;
    return none(step === undefined ? what : `${what} What to do instead: ${step}`);
  }
  const change = evidence.find(({ data }) => isCommit(data, commit));
  const at = change?.data.type === 'change' ? parseTime(change.data.change.timestamp) : null;
  const detected = parseTime(incident.detectedAt);
  const days = at === null || detected === null ? null : Math.max(0, detected - at) / 86_400_000;
  return { ...waysFor(commit, days, options), commit };
}

function isCommit(data: Result['evidence'][number]['data'], commit: string | null): boolean {
  return data.type === 'change' && data.change.type === 'commit' && data.change.sha === commit;
}

function waysFor(
  commit: string | null,
  days: number | null,
  { strategy, hasModel }: PlanOptions,
): { ways: Strategy[]; why: string } {
  if (strategy === 'patch') {
    return hasModel
      ? { ways: ['patch'], why: 'A patch was asked for.' }
      : none('A patch was asked for, and no model is configured to write it.');
  }
  if (commit === null) {
    const missing = 'No commit is known to have caused it, so there is nothing to revert';
    if (strategy === 'revert') return none(`${missing}.`);
    return hasModel
      ? { ways: ['patch'], why: `${missing}; a model writes a patch.` }
      : none(`${missing}, and no model is configured to write a patch.`);
  }
  if (strategy === 'revert') return { ways: ['revert'], why: 'A revert was asked for.' };
  const more: Strategy[] = hasModel ? ['patch'] : [];
  if (days !== null && days > RECENT_DAYS && hasModel) {
    const why = `The commit is ${Math.floor(days)} days old and others rest on it: a patch first, then a revert.`;
    return { ways: ['patch', 'revert'], why };
  }
  const age = days === null ? '' : ` (${ageText(days)} old when it was noticed)`;
  const why = `The cause is a recent commit${age}: going back to what worked is the safest way.`;
  return { ways: ['revert', ...more], why };
}

function ageText(days: number): string {
  if (days >= 2) return `${Math.floor(days)} days`;
  const hours = Math.floor(days * 24);
  return hours >= 2 ? `${hours} hours` : `${Math.floor(days * 1440)} minutes`;
}

function none(why: string): Plan {
  return { ways: [], commit: null, why };
}
