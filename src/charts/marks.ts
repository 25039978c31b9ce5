import type { ChartMark, SignalEvidence } from '#src/charts/contract.ts';
import type { Evidence } from '#src/domain/evidence.ts';
import { parseTime } from '#src/domain/time.ts';
import { compareText, firstDifference } from '#src/platform/compare.ts';

const MOST = 7;

/**
 * What to mark in the picture of a signal: its onset, and the deploys, flags, alerts and outside
 * events of the same investigation that lie nearest to it, oldest first, seven at the most.
 * Commits are left out: the time of a commit is not the time at which it went live.
 */
export function marksFor(signal: SignalEvidence, evidence: readonly Evidence[]): ChartMark[] {
  const { onset, points } = signal.data;
  const marks = withoutRepeats(evidence.flatMap((one) => markOf(one) ?? []));
  if (onset) marks.push({ at: onset, kind: 'onset', label: 'onset' });
  const first = (points[0]?.[0] ?? 0) * 1000;
  const last = (points.at(-1)?.[0] ?? 0) * 1000;
  const slack = (last - first) * 0.15;
  const centre = (onset ? parseTime(onset) : null) ?? last;
  const distance = (mark: ChartMark): number =>
    mark.kind === 'onset' ? -1 : Math.abs((parseTime(mark.at) ?? 0) - centre);
  return marks
    .filter(({ at }) => {
      const millis = parseTime(at);
      return millis !== null && millis >= first - slack && millis <= last + slack;
    })
    .sort((a, b) => firstDifference(distance(a) - distance(b), inTime(a, b)))
    .slice(0, MOST)
    .sort(inTime);
}

function inTime(a: ChartMark, b: ChartMark): number {
  return firstDifference(
    (parseTime(a.at) ?? 0) - (parseTime(b.at) ?? 0),
    compareText(a.kind, b.kind),
    compareText(a.label, b.label),
  );
}

/** Each mark once; of alerts of one name the first, with how many there were. */
function withoutRepeats(marks: readonly ChartMark[]): ChartMark[] {
  const groups = new Map<string, ChartMark[]>();
  for (const mark of [...marks].sort(inTime)) {
    const key = `${mark.kind} ${mark.label} ${mark.kind === 'alert' ? '' : mark.at}`;
    groups.set(key, [...(groups.get(key) ?? []), mark]);
  }
  return [...groups.values()].flatMap(([first, ...more]) => {
    if (!first) return [];
    const count = first.kind === 'alert' && more.length > 0 ? ` ×${more.length + 1}` : '';
    return [{ ...first, label: first.label + count }];
  });
}

function markOf({ data }: Evidence): ChartMark | null {
  if (data.type === 'alert') {
    const name = data.alert.labels.alertname ?? 'alert';
    return { at: data.alert.startsAt, kind: 'alert', label: `alert ${name}` };
  }
  if (data.type === 'event') {
    return { at: data.event.timestamp, kind: 'event', label: data.event.title };
  }
  if (data.type !== 'change') return null;
  const { change } = data;
  if (change.type === 'deploy') {
    const what = change.version ?? change.commit.slice(0, 10);
    return {
      at: change.timestamp,
      kind: 'deploy',
      label: `deploy ${change.service} ${what}`.trim(),
    };
  }
  if (change.type === 'flag') {
    const to = change.to === undefined ? '' : ` → ${change.to}`;
    return { at: change.timestamp, kind: 'flag', label: `flag ${change.name}${to}` };
  }
  return null;
}
