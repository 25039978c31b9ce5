import type { FactRefs } from '#src/analysis/evidence/draft-facts.ts';
import type { Ledger } from '#src/analysis/evidence/ledger.ts';
import type { Facts } from '#src/analysis/facts/contract.ts';
import { type Incident, incidentId, type TimelineEntry } from '#src/domain/incident.ts';
import type { Triage } from '#src/domain/result.ts';
import { formatTime, parseTime } from '#src/domain/time.ts';

/** Changes so long before the onset are no part of the story, in milliseconds. */
const STORY_MS = 6 * 3_600_000;
const MOST_ENTRIES = 40;

/** The incident that the alerts make, with its story so far. */
export function incidentOf(facts: Facts, triage: Triage, refs: FactRefs, ledger: Ledger): Incident {
  const { subject, bundle } = facts;
  const [worst] = subject.alerts;
  const name = worst?.labels.alertname;
  const title =
    worst?.annotations.summary ??
    (name ? `${name} on ${triage.service}` : `${triage.service}: ${triage.condition}`);
  const isOver =
    subject.alerts.length > 0 && subject.alerts.every((alert) => alert.endsAt !== null);
  return {
    id: incidentId(subject.alerts, triage.service, bundle.manifest.window.start),
    title,
    status: isOver || triage.condition === 'healthy' ? 'resolved' : 'open',
    severity: triage.severity,
    service: triage.service,
    alerts: subject.alerts,
    detectedAt: formatTime(subject.detectedAt),
    acknowledgedAt: null,
    timeline: timelineOf(facts, triage, refs, ledger),
  };
}

function timelineOf(facts: Facts, triage: Triage, refs: FactRefs, ledger: Ledger): TimelineEntry[] {
  const { subject, bundle } = facts;
  const onset = triage.onsetAt === null ? null : parseTime(triage.onsetAt);
  const from = (onset ?? subject.detectedAt) - STORY_MS;
  const entries: TimelineEntry[] = [];
  const add = (at: string, what: string, ref: Parameters<Ledger['cite']>[0] | undefined): void => {
    const millis = parseTime(at);
    if (millis === null || millis < from) return;
    entries.push({ at: formatTime(millis), what, cites: ref ? [ledger.cite(ref)] : [] });
  };
  for (const [alert, ref] of refs.alert) {
    const alertname = alert.labels.alertname ?? 'alert';
    add(alert.startsAt, `${alertname} fires`, ref);
    if (alert.endsAt) add(alert.endsAt, `${alertname} is resolved`, ref);
  }
  for (const deploy of bundle.changes.deploys) {
    const what = `deploy of ${deploy.service} ${deploy.version ?? deploy.commit.slice(0, 10)}`;
    add(deploy.timestamp, what, refs.deploy.get(deploy));
  }
  for (const flag of bundle.changes.flags) {
    add(
      flag.timestamp,
      `flag ${flag.name}: ${flag.from ?? '?'} → ${flag.to ?? '?'}`,
      refs.flag.get(flag),
    );
  }
  for (const [event, ref] of refs.event)
    add(event.timestamp, `${event.source}: ${event.title}`, ref);
  if (triage.onsetAt) {
    entries.push({
      at: triage.onsetAt,
      what: `${triage.firstFailingService ?? triage.service} departs from normal`,
      cites: triage.cites.slice(-1),
    });
  }
  return entries
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.what < b.what ? -1 : 1))
    .slice(-MOST_ENTRIES);
}
