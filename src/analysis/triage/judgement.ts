import type { Facts } from '#src/analysis/facts/contract.ts';
import { isHealthy } from '#src/analysis/facts/series-of-health.ts';
import { ERROR_RECORDS } from '#src/analysis/facts/series-of-logs.ts';
import { onsetByTraces } from '#src/analysis/triage/onset-by-traces.ts';
import { isOnlyUnseen } from '#src/analysis/triage/telemetry-lost.ts';
import type { Condition } from '#src/domain/result.ts';
import { parseTime } from '#src/domain/time.ts';
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
  /** When the strongest harm began: a faint one may have been dated too early. */
  strongOnset: number | null;
};

/** Errors a second in the logs from which users must be meeting them. */
const STREAM_PER_SECOND = 1 / 60;
/** So many errors that are so much of the log are trouble, whatever was before. */
const FEW_ERRORS = 10;
const MOSTLY = 0.3;
/** A pattern in the log that is as good as the alert's own signal. */
const TELLING = 0.5;
const MANY = 50;
const MANY_TIMES = 3;

const RANK: Record<Condition, number> = { failing: 3, degraded: 2, healthy: 1, unknown: 0 };

/** How the target fares, who broke first, who suffers, since when. */
export function judge(facts: Facts): Judgement {
  const { metrics, subject } = facts;
  const named = subject.target ?? metrics.firstFailingService ?? worstService(facts);
  const service = named ?? 'unknown';
  const assessment = metrics.services.find((one) => one.service === service) ?? null;
  const harms = assessment?.harms ?? [];
  const own = [
    assessment?.condition ?? 'unknown',
    conditionByHealth(facts, service),
    conditionByBacklog(assessment),
    conditionByLogs(facts, assessment),
    conditionByErrorsAlone(facts, service),
  ].reduce(worse);
  // Where nothing is seen of the target itself, the harm around it has the word.
  const seen =
    own === 'unknown'
      ? worse(conditionAround(facts), conditionByAlert(facts, service))
      : own === 'healthy'
        ? [conditionOfCallers(facts, service), conditionByAlert(facts, service)].reduce(worse, own)
        : own;
  const condition = isOnlyUnseen(facts, service, harms) ? 'healthy' : seen;
  const isTrouble = condition === 'failing' || condition === 'degraded';
  return {
    service,
    condition,
    harms,
    assessment,
    firstFailing: isTrouble ? metrics.firstFailingService : null,
    blastRadius: isTrouble ? metrics.blastRadius : [],
    onset: isTrouble ? (assessment?.onset ?? metrics.onset ?? onsetByTraces(facts, service)) : null,
    strongOnset: isTrouble ? strongOnset(facts, service) : null,
  };
}

/** Of the target, else of the first to fail; the latest of the harms that count fully. */
function strongOnset({ metrics }: Facts, service: string): number | null {
  for (const name of [service, metrics.firstFailingService]) {
    const harms = metrics.services.find((one) => one.service === name)?.harms ?? [];
    const strongest = harms[0]?.strength ?? 0;
    const onsets = harms
      .filter(({ strength, onset }) => onset !== null && strength >= strongest * 0.9)
      .map(({ onset }) => onset ?? 0);
    if (onsets.length > 0) return Math.max(...onsets);
  }
  return null;
}

function worstService({ metrics }: Facts): string | null {
  const [worst] = [...metrics.services].sort((a, b) => RANK[b.condition] - RANK[a.condition]);
  return worst?.service ?? null;
}

/** A steady stream of errors that was not there before, where logs are all that is known. */
function conditionByLogs(facts: Facts, assessment: ServiceAssessment | null): Condition {
  const isStream = assessment?.harms.some(({ signalId, shift }) => {
    const signal = facts.metrics.signals.find(({ id }) => id === signalId);
    const isFromLogs = facts.all.origins[signal?.sources[0] ?? -1] === 'log';
    if (!isFromLogs || signal?.facet !== 'error-rate' || !shift) return false;
    return shift.level >= STREAM_PER_SECOND && shift.level >= shift.reference * 10;
  });
  return isStream ? 'failing' : 'unknown';
}

/**
 * An alert that still fires may speak of what the service's own metrics do not show: then a callee
 * that fails, or what its log says much more often than before, has the word.
 */
function conditionByAlert({ metrics, subject, logs }: Facts, service: string): Condition {
  if (!subject.alerts.some(({ endsAt }) => endsAt === null)) return 'unknown';
  const callees = new Set(
    metrics.edges
      .filter(({ from, source }) => from === service && source !== 'host')
      .map(({ to }) => to),
  );
  const isLetDown = metrics.services.some(
    (one) => callees.has(one.service) && one.condition === 'failing',
  );
  const isTold = logs.findings.some(
    (one) =>
      (one.kind === 'new' || one.kind === 'surging') &&
      one.service === service &&
      one.score >= TELLING &&
      one.count >= MANY &&
      one.count >= MANY_TIMES * one.baselineCount,
  );
  return isLetDown || isTold ? 'failing' : 'unknown';
}

/** Where nothing tells what is normal, a log that is mostly errors speaks for itself. */
function conditionByErrorsAlone({ logs, bundle, subject }: Facts, service: string): Condition {
  if (logs.hasBaseline) return 'unknown';
  const isTold = (time: string): boolean => (parseTime(time) ?? 0) >= subject.window.start;
  const all = bundle.logs.filter((one) => one.service === service && isTold(one.timestamp)).length;
  const counted = logs.series.find(
    ({ service: of, metric }) => of === service && metric.__name__ === ERROR_RECORDS,
  );
  const errors = Number(counted?.values.at(-1)?.[1] ?? 0);
  return errors >= FEW_ERRORS && errors >= all * MOSTLY ? 'failing' : 'unknown';
}

/**
 * A service that fares well by itself while an alert fires may be out of reach: whoever calls it,
 * a proxy for one, has the word.
 */
function conditionOfCallers({ metrics, subject }: Facts, service: string): Condition {
  if (!subject.alerts.some(({ endsAt }) => endsAt === null)) return 'healthy';
  const callers = metrics.edges.filter(({ to }) => to === service).map(({ from }) => from);
  return metrics.services
    .filter((one) => callers.includes(one.service) && one.condition === 'failing')
    .map((one) => one.condition)
    .reduce(worse, 'healthy');
}

function conditionAround(facts: Facts): Condition {
  return facts.metrics.services
    .map((one) => worse(one.condition, conditionByLogs(facts, one)))
    .filter((condition) => condition !== 'healthy')
    .reduce(worse, 'unknown');
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
