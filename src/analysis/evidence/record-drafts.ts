import type { Draft } from '#src/analysis/evidence/ledger.ts';
import type { Alert } from '#src/domain/alert.ts';
import type {
  Commit,
  Deploy,
  Flag,
  HealthCheck,
  OutsideEvent,
  PastIncident,
  Runbook,
} from '#src/domain/bundle.ts';
import { parseTime, type TimeWindow } from '#src/domain/time.ts';

/** Characters of a commit's diff that evidence keeps. */
const MOST_DIFF = 20_000;

export function alertDraft(alert: Alert, window: TimeWindow): Draft {
  const name = alert.labels.alertname ?? 'alert';
  const text = alert.annotations.summary ?? alert.annotations.description ?? '';
  const state = alert.endsAt ? `resolved ${alert.endsAt}` : 'firing';
  return {
    kind: 'alert',
    source: 'alertmanager',
    query: alert.generatorURL ?? name,
    window,
    service: null,
    at: parseTime(alert.startsAt),
    summary: `${name} ${state}, since ${alert.startsAt}${text ? `: ${text}` : ''}`,
    data: { type: 'alert', alert },
  };
}

/** All checks of one URL as one observation. */
export function healthDraft(checks: readonly HealthCheck[], window: TimeWindow): Draft {
  const last = checks.at(-1);
  const answer =
    last?.status === undefined
      ? `no answer (${last?.error ?? 'unknown'})`
      : `HTTP ${last.status}${last.latencyMs === undefined ? '' : ` in ${last.latencyMs} ms`}${last.error ? `: ${last.error}` : ''}`;
  return {
    kind: 'health',
    source: 'health',
    query: `GET ${last?.url ?? ''}`,
    window,
    service: last?.service ?? null,
    at: parseTime(last?.timestamp ?? ''),
    summary: `${last?.url}: ${answer}`,
    data: { type: 'check', checks: [...checks] },
  };
}

export function commitDraft(commit: Commit, window: TimeWindow): Draft {
  const [subject = ''] = commit.message.split('\n');
  const diff = commit.diff === null ? null : commit.diff.slice(0, MOST_DIFF);
  return {
    kind: 'change',
    source: 'git',
    query: commit.sha,
    window,
    service: commit.service ?? null,
    at: parseTime(commit.timestamp),
    summary: `commit ${commit.sha.slice(0, 10)}${commit.service ? ` of ${commit.service}` : ''} ${commit.timestamp}: ${subject}`,
    data: { type: 'change', change: { type: 'commit', ...commit, diff } },
  };
}

export function deployDraft(deploy: Deploy, window: TimeWindow): Draft {
  const what = [deploy.version, deploy.commit.slice(0, 10)].filter(Boolean).join(' ');
  return {
    kind: 'change',
    source: 'deploys',
    query: deploy.service,
    window,
    service: deploy.service,
    at: parseTime(deploy.timestamp),
    summary: `deploy of ${deploy.service} ${what} at ${deploy.timestamp}`,
    data: { type: 'change', change: { type: 'deploy', ...deploy } },
  };
}

export function flagDraft(flag: Flag, window: TimeWindow): Draft {
  return {
    kind: 'change',
    source: 'flags',
    query: flag.name,
    window,
    service: flag.service ?? null,
    at: parseTime(flag.timestamp),
    summary: `flag ${flag.name}${flag.service ? ` of ${flag.service}` : ''} ${flag.from ?? '?'} → ${flag.to ?? '?'} at ${flag.timestamp}`,
    data: { type: 'change', change: { type: 'flag', ...flag } },
  };
}

export function eventDraft(event: OutsideEvent, window: TimeWindow): Draft {
  return {
    kind: 'event',
    source: event.source,
    query: event.title,
    window,
    service: event.service ?? null,
    at: parseTime(event.timestamp),
    summary: `${event.source} ${event.timestamp}: ${event.title}`,
    data: { type: 'event', event },
  };
}

export function runbookDraft(runbook: Runbook, window: TimeWindow): Draft {
  return {
    kind: 'runbook',
    source: 'runbooks',
    query: runbook.name,
    window,
    service: null,
    summary: `runbook ${runbook.name}`,
    data: { type: 'text', title: runbook.name, text: runbook.text.slice(0, 20_000) },
  };
}

export function pastDraft(past: PastIncident, window: TimeWindow): Draft {
  return {
    kind: 'past',
    source: 'past incidents',
    query: past.id,
    window,
    service: past.service ?? null,
    at: parseTime(past.at ?? ''),
    summary: `${past.id}: ${past.title}${past.cause ? ` (cause: ${past.cause})` : ''}`,
    data: {
      type: 'text',
      title: past.title,
      text: [past.cause, past.remediation].filter(Boolean).join('\n'),
    },
  };
}
