import { innermostCause } from '#src/analysis/evidence/log-drafts.ts';
import type { Facts } from '#src/analysis/facts/contract.ts';
import { clueId } from '#src/analysis/investigation/clue-ids.ts';
import type { KnownChanges } from '#src/analysis/investigation/known-changes.ts';
import type { Located } from '#src/analysis/investigation/locate-traces.ts';
import type { Judgement } from '#src/analysis/triage/judgement.ts';
import type {
  ChangesInput,
  LogClue,
  MetricClue,
  ServiceOnset,
  TopologyService,
} from '#src/changes/contract.ts';
import { parseTime } from '#src/domain/time.ts';
import { environmentShare } from '#src/knowledge/environment.ts';

/** An onset is never taken to be less sure than this, in milliseconds. */
const MOST_SPREAD_MS = 15 * 60_000;
const MOST = { logs: 60, metrics: 80 } as const;

/** Puts the facts into the form in which changes are judged. */
export function changesCase(
  facts: Facts,
  judgement: Judgement,
  known: KnownChanges,
  located: Located,
): ChangesInput {
  const { bundle, metrics } = facts;
  const code = codeShare(facts);
  return {
    commits: known.commits,
    deploys: bundle.changes.deploys,
    flags: bundle.changes.flags,
    onsets: onsetsOf(facts, judgement),
    firstFailing: judgement.firstFailing,
    healthy: metrics.services
      .filter(({ condition, signals }) => condition === 'healthy' && signals > 0)
      .map(({ service }) => service),
    topology: topologyOf(facts),
    logs: logClues(facts),
    usualLogs: facts.logs.usual,
    metrics: metricClues(facts),
    locations: located.locations.map((location) => ({ ...location, score: location.score * code })),
    blame: located.commits.map(({ sha, score, reasons }) => ({
      sha,
      score: score * code,
      why: reasons[0] ?? '',
    })),
    restarts: metrics.changes
      .filter(({ kind, service }) => (kind === 'restart' || kind === 'version') && service !== null)
      .map(({ service, at, to }) => ({ service: service ?? '', at, version: to })),
    history: known.history,
  };
}

/** What is left of a line's guilt where its errors only report trouble of the world around it. */
const LEAST_CODE_SHARE = 0.15;

/** How far the stack traces of the incident speak of the code itself, 0..1. */
function codeShare({ logs, subject }: Facts): number {
  let all = 0;
  let code = 0;
  for (const trace of logs.traces) {
    if ((parseTime(trace.last ?? '') ?? subject.window.end) < subject.window.start) continue;
    const inner = innermostCause(trace);
    const share = environmentShare(
      `${trace.type}: ${trace.message} ${inner.type}: ${inner.message}`,
    );
    all += trace.count;
    code += trace.count * Math.max(LEAST_CODE_SHARE, 1 - share);
  }
  return all === 0 ? 1 : code / all;
}

/** Harmed services with the time since when; errors in logs date those that have no metrics. */
function onsetsOf({ metrics, logs, subject }: Facts, judgement: Judgement): ServiceOnset[] {
  const onsets = new Map<string, ServiceOnset>();
  for (const { service, condition, onset, harms } of metrics.services) {
    if ((condition !== 'failing' && condition !== 'degraded') || onset === null) continue;
    const ends = harms.map(({ end }) => end);
    const endedAt = ends.every((end) => end !== null)
      ? Math.max(...ends.map((end) => end ?? 0))
      : null;
    const dating = harms.find((harm) => harm.onset === onset)?.shift;
    // A faint harm may have been dated too early: the strongest one bounds how late a cause may be.
    const strongest = harms[0]?.onset ?? onset;
    const spread = Math.max(0, Math.min(strongest - onset, MOST_SPREAD_MS));
    const step = dating ? Math.max(15_000, dating.onset - dating.onsetAfter) : 60_000;
    const toleranceMs = step + spread;
    onsets.set(service, { service, at: onset, clearAt: onset + spread, endedAt, toleranceMs });
  }
  if (onsets.size === 0 && judgement.condition !== 'healthy') {
    const first = logs.findings
      .filter(({ kind, onset }) => kind !== 'vanished' && onset !== null)
      .map(({ onset }) => onset ?? 0);
    const at = first.length > 0 ? Math.min(...first) : (judgement.onset ?? subject.detectedAt);
    onsets.set(judgement.service, { service: judgement.service, at, toleranceMs: 120_000 });
  }
  return [...onsets.values()];
}

function topologyOf({ metrics, subject }: Facts): TopologyService[] {
  const calls = new Map<string, Set<string>>(subject.services.map(({ name }) => [name, new Set()]));
  for (const { from, to } of metrics.edges) {
    const known = calls.get(from) ?? new Set();
    known.add(to);
    calls.set(from, known);
  }
  return [...calls].map(([name, to]) => ({ name, dependsOn: [...to].sort() }));
}

/** Words in an error about the world around it name who was met, not who did it. */
function ofCode(text: string): number {
  return 1 - 0.8 * environmentShare(text);
}

function logClues({ logs, subject }: Facts): LogClue[] {
  const fromLogs = logs.findings
    .map((finding, index) => ({ finding, id: clueId.finding(index) }))
    .filter(({ finding }) => finding.kind !== 'vanished')
    .slice(0, MOST.logs)
    .map(({ finding, id }) => ({
      id,
      text: finding.samples[0]?.line ?? finding.template,
      service: finding.service,
      at: finding.onset,
      weight: finding.score,
      ofCode: ofCode(finding.samples[0]?.line ?? finding.template),
    }));
  const fromTraces = logs.traces
    .map((trace, index) => ({ trace, id: clueId.trace(index) }))
    .filter(
      ({ trace }) => (parseTime(trace.last ?? '') ?? subject.window.end) >= subject.window.start,
    )
    .slice(0, MOST.logs)
    .map(({ trace, id }) => {
      const inner = innermostCause(trace);
      return {
        id,
        text: `${inner.type}: ${inner.message}`,
        service: trace.service,
        at: parseTime(trace.first ?? ''),
        weight: 0.8,
        ofCode: ofCode(`${inner.type}: ${inner.message}`),
      };
    });
  return [...fromLogs, ...fromTraces];
}

function metricClues({ metrics }: Facts): MetricClue[] {
  const byId = new Map(metrics.signals.map((signal) => [signal.id, signal]));
  return metrics.shifts.slice(0, MOST.metrics).flatMap((shift): MetricClue[] => {
    const signal = byId.get(shift.signalId);
    if (!signal || signal.service === null) return [];
    return [
      {
        service: signal.service,
        signal: signal.signal,
        direction: shift.direction,
        name: signal.name,
        at: shift.onset,
        weight: shift.strength,
        measures: signal.facet,
        id: clueId.signal(signal.id),
        isRamp: shift.shape === 'ramp',
      },
    ];
  });
}
