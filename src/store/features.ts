import type { Alert } from '#src/domain/alert.ts';
import type { Result } from '#src/domain/result.ts';
import type { StackTrace } from '#src/domain/stack-trace.ts';
import { shortHash } from '#src/platform/hash.ts';

export const FEATURE_KINDS = [
  'stack',
  'template',
  'commit',
  'alertname',
  'service',
  'label',
] as const;
export type FeatureKind = (typeof FEATURE_KINDS)[number];

/** Something by which one incident may be like another. */
export type Feature = { kind: FeatureKind; value: string };

/** How much it says that two incidents have a feature of a kind in common. */
export const FEATURE_WEIGHTS: Record<FeatureKind, number> = {
  stack: 4,
  template: 3,
  commit: 4,
  alertname: 2,
  service: 2,
  label: 0.5,
};

const MOST_OF_A_KIND = 40;
const MOST_CHARACTERS = 300;

/** Labels that name one process or place: they differ where the trouble is the same. */
const PLACES = /^(?:instance|pod|host|hostname|node|ip|container_id|uid|id|replica|endpoint)$/;

/** What alerts tell of an incident. */
export function featuresOfAlerts(service: string, alerts: readonly Alert[]): Feature[] {
  const labels = alerts.flatMap((alert) =>
    Object.entries(alert.labels).flatMap(([key, value]) =>
      key === 'alertname' || PLACES.test(key) ? [] : [`${key}=${value}`],
    ),
  );
  return [
    { kind: 'service' as const, value: service },
    ...few(
      'alertname',
      alerts.map((alert) => alert.labels.alertname ?? ''),
    ),
    ...few('label', labels),
  ];
}

/** What a result tells beyond the alerts: message templates, stack traces and the commit. */
export function featuresOfResult(result: Result): Feature[] {
  const templates = result.evidence.flatMap(({ data }) =>
    data.type === 'records' && data.template ? [data.template] : [],
  );
  const stacks = (result.investigation?.stackTraces ?? []).map(stackKey);
  const commit = result.rootCause?.commit;
  return [
    ...few('template', templates),
    ...few('stack', stacks),
    ...few('commit', commit ? [commit] : []),
  ];
}

function few(kind: FeatureKind, values: readonly string[]): Feature[] {
  const different = [
    ...new Set(
      values.filter(Boolean).map((value) => value.slice(0, MOST_CHARACTERS).toWellFormed()),
    ),
  ];
  return different.slice(0, MOST_OF_A_KIND).map((value) => ({ kind, value }));
}

/** The innermost cause by type and the own functions it passed: no lines, which move with edits. */
function stackKey(trace: StackTrace): string {
  let at = trace;
  for (let depth = 0; depth < 16 && at.causes.length > 0; depth++) at = at.causes[0] as StackTrace;
  const own = at.frames.filter((frame) => frame.inApp);
  const frames = (own.length > 0 ? own : at.frames).slice(0, 3);
  return `${at.type} ${shortHash(frames.map((frame) => `${frame.file} ${frame.function}`))}`;
}
