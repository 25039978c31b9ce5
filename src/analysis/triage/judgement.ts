import type { Facts } from '#src/analysis/facts/contract.ts';
import { isHealthy } from '#src/analysis/facts/series-of-health.ts';
import type { Condition } from '#src/domain/result.ts';
import type { ServiceAssessment, ServiceHarm } from '#src/metrics/contract.ts';

/** What code makes of the facts about who is harmed, before it is put into words. */
export type Judgement = {
  /** The service that the incident is about. */
  service: string;
  condition: Condition;
  /** The target's own harms, strongest first. */
  harms: ServiceHarm[];
  assessment: ServiceAssessment | null;
  /** The first to break by its own signals, or null. */
  firstFailing: string | null;
  blastRadius: string[];
  /** Milliseconds since the epoch, or null. */
  onset: number | null;
};

const RANK: Record<Condition, number> = { failing: 3, degraded: 2, healthy: 1, unknown: 0 };

/** How the target fares, who broke first, who suffers, since when. */
export function judge(facts: Facts): Judgement {
  const { metrics, subject } = facts;
  const named = subject.target ?? metrics.firstFailingService ?? worstService(facts);
  const service = named ?? 'unknown';
  const assessment = metrics.services.find((one) => one.service === service) ?? null;
  const harms = assessment?.harms ?? [];
  const condition = [
    assessment?.condition ?? 'unknown',
    conditionByHealth(facts, service),
    conditionByBacklog(assessment),
  ].reduce(worse);
  const isTrouble = condition === 'failing' || condition === 'degraded';
  return {
    service,
    condition,
    harms,
    assessment,
    firstFailing: isTrouble ? metrics.firstFailingService : null,
    blastRadius: isTrouble ? metrics.blastRadius : [],
    onset: isTrouble ? (assessment?.onset ?? metrics.onset) : null,
  };
}

function worstService({ metrics }: Facts): string | null {
  const [worst] = [...metrics.services].sort((a, b) => RANK[b.condition] - RANK[a.condition]);
  return worst?.service ?? null;
}

/** A worker that nobody calls has no errors to show: work that piles up is its harm. */
function conditionByBacklog(assessment: ServiceAssessment | null): Condition {
  const isPiling = assessment?.causes.some(
    ({ kind, strength }) => kind === 'queue' && strength >= 0.5,
  );
  return isPiling ? 'degraded' : 'unknown';
}

/** The last health check has the word where nothing else tells. */
function conditionByHealth(facts: Facts, service: string): Condition {
  const last = facts.health
    .filter((checks) => checks[0]?.service === service)
    .map((checks) => checks.at(-1));
  if (last.length === 0) return 'unknown';
  return last.some((check) => check && !isHealthy(check)) ? 'failing' : 'healthy';
}

function worse(a: Condition, b: Condition): Condition {
  return RANK[a] >= RANK[b] ? a : b;
}
