import type { Ledger, Ref } from '#src/analysis/evidence/ledger.ts';
import { logDraft, stackDraft } from '#src/analysis/evidence/log-drafts.ts';
import {
  alertDraft,
  commitDraft,
  deployDraft,
  eventDraft,
  flagDraft,
  healthDraft,
  pastDraft,
  runbookDraft,
} from '#src/analysis/evidence/record-drafts.ts';
import { signalDraft } from '#src/analysis/evidence/signal-draft.ts';
import type { Facts, LogFinding } from '#src/analysis/facts/contract.ts';
import type { Alert } from '#src/domain/alert.ts';
import type { Deploy, Flag, OutsideEvent } from '#src/domain/bundle.ts';
import type { StackTrace } from '#src/domain/stack-trace.ts';
import { parseTime } from '#src/domain/time.ts';
import { fittingSection } from '#src/knowledge/runbook.ts';
import type { DerivedSignal, Shift } from '#src/metrics/contract.ts';

/** So much of each kind becomes evidence; the most telling first. */
const MOST = { signals: 48, logs: 30, traces: 12, events: 24, commits: 60, changes: 60 } as const;

/** Handles on the evidence that facts became; what was left out has none. */
export type FactRefs = {
  alert: ReadonlyMap<Alert, Ref>;
  /** By {@link DerivedSignal.id}. */
  signal: ReadonlyMap<string, Ref>;
  log: ReadonlyMap<LogFinding, Ref>;
  trace: ReadonlyMap<StackTrace, Ref>;
  /** By service: its health checks. */
  health: ReadonlyMap<string, Ref[]>;
  /** By sha. */
  commit: ReadonlyMap<string, Ref>;
  deploy: ReadonlyMap<Deploy, Ref>;
  flag: ReadonlyMap<Flag, Ref>;
  event: ReadonlyMap<OutsideEvent, Ref>;
  runbook: readonly Ref[];
  past: readonly Ref[];
};

/** Puts the facts that matter into the ledger. */
export function draftFacts(facts: Facts, ledger: Ledger): FactRefs {
  const { bundle, subject } = facts;
  const window = bundle.manifest.window;
  const mapped = <T>(items: readonly T[], draft: (item: T) => Parameters<Ledger['add']>[0]) =>
    new Map(items.map((item) => [item, ledger.add(draft(item))] as const));
  const health = new Map<string, Ref[]>();
  for (const checks of facts.health) {
    const service = checks[0]?.service ?? '';
    const ref = ledger.add(healthDraft(checks, window));
    health.set(service, [...(health.get(service) ?? []), ref]);
  }
  const topic = {
    alerts: subject.alerts.flatMap(({ labels }) => labels.alertname ?? []),
    services: subject.target === null ? [] : [subject.target],
    symptoms: subject.alerts.flatMap(({ annotations }) => Object.values(annotations)),
  };
  const { commits, deploys, flags } = bundle.changes;
  const recent = <T extends { timestamp: string }>(items: readonly T[], most: number): T[] =>
    items.slice(-most);
  const commitRefs = mapped(recent(commits, MOST.commits), (commit) => commitDraft(commit, window));
  return {
    alert: mapped(subject.alerts.slice(0, 20), (alert) => alertDraft(alert, window)),
    signal: draftSignals(facts, ledger),
    log: mapped(facts.logs.findings.slice(0, MOST.logs), (finding) => logDraft(finding, window)),
    trace: mapped(tellingTraces(facts), (trace) => stackDraft(trace, window)),
    health,
    commit: new Map([...commitRefs].map(([commit, ref]) => [commit.sha, ref])),
    deploy: mapped(recent(deploys, MOST.changes), (deploy) => deployDraft(deploy, window)),
    flag: mapped(recent(flags, MOST.changes), (flag) => flagDraft(flag, window)),
    event: mapped(nearEvents(facts), (event) => eventDraft(event, window)),
    runbook: bundle.runbooks
      .slice(0, 5)
      .map((runbook) => ledger.add(runbookDraft(fittingSection(runbook, topic), window))),
    past: bundle.past.slice(0, 5).map((past) => ledger.add(pastDraft(past, window))),
  };
}

/** Signals that shifted, strongest first, and the plain state of the target. */
function draftSignals(facts: Facts, ledger: Ledger): Map<string, Ref> {
  const { metrics, all, subject, bundle } = facts;
  const byId = new Map(metrics.signals.map((signal) => [signal.id, signal]));
  const chosen = new Map<string, { signal: DerivedSignal; shift: Shift | null }>();
  const choose = (id: string | null, shift: Shift | null): void => {
    const signal = id === null ? undefined : byId.get(id);
    if (signal && !chosen.has(signal.id)) chosen.set(signal.id, { signal, shift });
  };
  const shiftOf = new Map(metrics.shifts.map((shift) => [shift.signalId, shift]));
  // Whoever is suspected or harmed is heard first; then whatever else moved.
  for (const suspect of metrics.suspects.slice(0, 16)) {
    choose(suspect.signalId, shiftOf.get(suspect.signalId ?? '') ?? null);
  }
  for (const service of metrics.services) {
    const isTarget = service.service === subject.target;
    for (const harm of service.harms.slice(0, isTarget ? 6 : 2)) choose(harm.signalId, harm.shift);
    for (const cause of service.causes.slice(0, isTarget ? 4 : 2)) {
      choose(cause.signalId, shiftOf.get(cause.signalId ?? '') ?? null);
    }
  }
  for (const shift of metrics.shifts) {
    if (chosen.size >= MOST.signals) break;
    choose(shift.signalId, shift);
  }
  for (const signal of steadySignals(facts)) choose(signal.id, shiftOf.get(signal.id) ?? null);
  return new Map(
    [...chosen.values()].map(({ signal, shift }) => [
      signal.id,
      ledger.add(signalDraft(signal, shift, all, bundle.manifest.window)),
    ]),
  );
}

/** One signal of each golden kind of the target, so that "healthy" rests on something. */
function steadySignals({ metrics, subject }: Facts): DerivedSignal[] {
  const seen = new Set<string>();
  return metrics.signals.filter((signal) => {
    const isGolden = signal.signal !== 'other' && signal.signal !== 'saturation';
    if (signal.service !== subject.target || !isGolden || signal.scope !== 'service') return false;
    if (signal.peer !== null && signal.signal !== 'dependency') return false;
    const key = `${signal.signal}\0${signal.peer ?? ''}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function tellingTraces({ logs }: Facts): StackTrace[] {
  return [...logs.traces]
    .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1))
    .slice(0, MOST.traces);
}

/** Events in reach of the window, newest first where there are too many. */
function nearEvents({ bundle, subject }: Facts): OutsideEvent[] {
  const from = Math.min(
    subject.baseline?.start ?? subject.window.start,
    subject.window.start - 3_600_000,
  );
  return bundle.events
    .filter((event) => (parseTime(event.timestamp) ?? 0) >= from)
    .slice(-MOST.events);
}
