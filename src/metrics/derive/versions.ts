import { formatTime } from '#src/domain/time.ts';
import type { MetricChange } from '#src/metrics/contract.ts';
import type { PreparedSeries } from '#src/metrics/derive/prepare.ts';
import { groupBy } from '#src/metrics/derive/signal-builder.ts';
import { usualStep } from '#src/metrics/samples/time-axes.ts';

const VERSION_KEYS =
  /^(?:version|service_version|app_version|revision|git_(?:sha|commit|revision)|commit|commit_sha|sha|image|image_tag|tag|build|release|branch_commit|git_hash)$/i;

function versionOf(labels: Readonly<Record<string, string>>): string | null {
  const parts: string[] = [];
  for (const key of Object.keys(labels).sort()) {
    if (VERSION_KEYS.test(key)) parts.push(labels[key] as string);
  }
  return parts.length === 0 ? null : parts.join(' ').slice(0, 200);
}

/** Versions that were not there when the data begins, beside one that was. */
export function versions(all: readonly PreparedSeries[]): MetricChange[] {
  const found: MetricChange[] = [];
  const infos = all.filter(({ cls, labels, times }) => {
    const telling = cls.facet === 'info' || cls.family === 'up' || 'image' in labels;
    return telling && times.length > 0 && versionOf(labels) !== null;
  });
  const groups = groupBy(infos, ({ cls }) => `${cls.service ?? ''}\n${cls.family}`);
  for (const group of groups.values()) {
    const spans = new Map<string, { first: number; last: number; series: PreparedSeries }>();
    let step = 0;
    for (const series of group) {
      const version = versionOf(series.labels) as string;
      const first = series.times[0] as number;
      const last = series.times.at(-1) as number;
      step = Math.max(step, usualStep(series.times));
      const known = spans.get(version);
      if (known === undefined) spans.set(version, { first, last, series });
      else {
        if (first < known.first) spans.set(version, { ...known, first, series });
        known.last = Math.max(known.last, last);
      }
    }
    const order = [...spans].sort((a, b) => a[1].first - b[1].first || (a[0] < b[0] ? -1 : 1));
    for (let i = 1; i < order.length; i += 1) {
      const [to, { first, series }] = order[i] as (typeof order)[number];
      const [from, before] = order[i - 1] as (typeof order)[number];
      if (first <= before.first) continue;
      const { service } = series.cls;
      found.push({
        kind: 'version',
        service,
        at: first,
        after: Math.min(first - step, Math.max(before.first, Math.min(before.last, first - step))),
        from,
        to,
        instance: series.instance,
        text: `${service ?? 'a service'} went from ${from} to ${to} at ${formatTime(first)}`,
        sources: [before.series.index, series.index],
      });
    }
  }
  return found;
}
