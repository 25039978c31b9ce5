import type { Ledger } from '#src/analysis/evidence/ledger.ts';
import type { Facts } from '#src/analysis/facts/contract.ts';
import type { Weighed } from '#src/analysis/hypotheses/weigh.ts';
import type { Findings } from '#src/analysis/investigation/investigate.ts';
import type { Cite } from '#src/domain/evidence.ts';
import type { Hypothesis, Investigation } from '#src/domain/result.ts';
import type { StackTrace } from '#src/domain/stack-trace.ts';

const MOST = { hypotheses: 12, services: 30, commits: 20, locations: 20, traces: 12 } as const;

/** The findings in the form of the result. */
export function investigationOf(facts: Facts, findings: Findings, ledger: Ledger): Investigation {
  const { metrics } = facts;
  const { refs, assessments, located } = findings;
  const signalCites = (id: string | null): Cite[] => {
    const ref = id === null ? undefined : refs.signal.get(id);
    return ref ? [ledger.cite(ref)] : [];
  };
  const commitCites = (sha: string): Cite[] => {
    const ref = refs.commit.get(sha);
    return ref ? [ledger.cite(ref)] : [];
  };
  const seen = new Set<string>();
  return {
    hypotheses: findings.hypotheses.slice(0, MOST.hypotheses).map(hypothesisOf),
    suspects: {
      services: metrics.suspects
        .filter(({ service, metric }) => {
          const key = `${service}\0${metric ?? ''}`;
          if (seen.has(key)) return false;
          seen.add(key);
          return true;
        })
        .slice(0, MOST.services)
        .map(({ service, metric, score, signalId }) => ({
          service,
          metric,
          score: round(score),
          cites: signalCites(signalId),
        })),
      commits: assessments
        .filter(({ kind }) => kind === 'commit')
        .slice(0, MOST.commits)
        .map(({ id, score, factors, acquitted }) => ({
          sha: id,
          score: round(score),
          reasons: acquitted ? [acquitted] : factors.map(({ text }) => text).slice(0, 6),
          cites: commitCites(id),
        })),
      locations: located.locations.slice(0, MOST.locations).map((location) => ({
        file: location.file,
        line: location.line,
        function: location.function,
        score: round(location.score),
        cites: [],
      })),
    },
    stackTraces: [...refs.trace]
      .slice(0, MOST.traces)
      .map(([trace, ref]): StackTrace => ({ ...trace, id: ledger.idOf(ref) })),
  };
}

function hypothesisOf(candidate: Weighed, index: number): Hypothesis {
  const cites = (sign: 1 | -1): Cite[] =>
    unique(
      candidate.reasons.filter(({ weight }) => weight * sign > 0).flatMap((reason) => reason.cites),
    );
  return {
    id: `H${index + 1}`,
    statement: candidate.statement,
    category: candidate.category,
    status: candidate.share >= 0.35 ? 'supported' : candidate.odds < -1.5 ? 'refuted' : 'untested',
    score: round(candidate.share),
    supports: cites(1),
    contradicts: cites(-1),
    test: candidate.test,
  };
}

/** The same citation once. */
export function unique(cites: readonly Cite[]): Cite[] {
  const seen = new Map(cites.map((cite) => [JSON.stringify(cite), cite]));
  return [...seen.values()];
}

/** Scores are shown to four digits: more would differ between machines. */
export const round = (value: number): number => Number(Math.min(1, Math.max(0, value)).toFixed(4));
