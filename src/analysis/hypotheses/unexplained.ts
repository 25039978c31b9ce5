import type { FactRefs } from '#src/analysis/evidence/draft-facts.ts';
import type { Ledger } from '#src/analysis/evidence/ledger.ts';
import type { Facts } from '#src/analysis/facts/contract.ts';
import { type Candidate, logit, type Reason } from '#src/analysis/hypotheses/candidate.ts';
import { isStore } from '#src/analysis/hypotheses/stores.ts';
import { oddsOf } from '#src/analysis/hypotheses/weights.ts';
import type { Judgement } from '#src/analysis/triage/judgement.ts';
import type { Category, Remediation } from '#src/domain/result.ts';
import type { Suspect } from '#src/metrics/contract.ts';

/** A ranking by metrics alone is never surer than this. */
const SURE = 0.9;
/** Where no change can have been, it was none: what remains is the service itself. */
const NO_CHANGE = 1.3;

/**
 * What metrics alone suspect: the service that broke by its own signals while nothing that is known
 * explains why.
 */
export function unexplained(
  facts: Facts,
  judgement: Judgement,
  viableChanges: number,
  refs: FactRefs,
  ledger: Ledger,
): Candidate[] {
  const seen = new Set<string>();
  return facts.metrics.suspects
    .filter(({ service, role }) => {
      if (role !== 'cause' || seen.has(service)) return false;
      seen.add(service);
      return true;
    })
    .slice(0, 3)
    .map((suspect): Candidate => {
      const ref = suspect.signalId ? refs.signal.get(suspect.signalId) : undefined;
      const cites = ref ? [ledger.cite(ref)] : [];
      const { category, remediation } = kindOf(suspect);
      const weight =
        (viableChanges === 0 ? NO_CHANGE : 0) +
        (isStore(suspect.service) ? 0.5 : 0) +
        logit(Math.min(SURE, suspect.score)) * 0.35 +
        (suspect.service === judgement.firstFailing ? 0.3 : 0);
      const texts = suspect.reasons.length > 0 ? suspect.reasons : ['its own signals moved first'];
      const reasons = texts.map(
        (text): Reason => ({ about: 'signals', weight: weight / texts.length, text, cites }),
      );
      return {
        key: `unexplained:${suspect.service}`,
        kind: 'unexplained',
        statement: `${suspect.service} broke by itself: ${suspect.reasons[0] ?? 'its own signals moved first'}; no change explains it.`,
        category,
        remediation,
        service: suspect.service,
        commit: null,
        location: null,
        odds: oddsOf('unexplained', reasons),
        reasons,
        test: `Look at ${suspect.service} itself around the onset: its host, its limits, its own logs.`,
        nextSteps: [
          `Look at ${suspect.service} itself: its host, its limits, its logs around the onset.`,
        ],
      };
    });
}

function kindOf({ category, service }: Suspect): { category: Category; remediation: Remediation } {
  if (category === 'traffic') return { category: 'traffic', remediation: 'scale' };
  if (isStore(service)) return { category: 'infrastructure', remediation: 'failover' };
  if (category === 'infrastructure') return { category: 'infrastructure', remediation: 'scale' };
  if (category === 'dependency') return { category: 'dependency', remediation: 'wait-upstream' };
  return { category: 'unknown', remediation: 'none' };
}
