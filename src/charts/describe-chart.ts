import type { ChartMark, SignalEvidence } from '#src/charts/contract.ts';
import { drawable, extentOf } from '#src/charts/samples.ts';
import { formatQuantity } from '#src/domain/quantity.ts';
import { formatDuration, formatTime, parseTime } from '#src/domain/time.ts';
import { oneLine } from '#src/platform/sanitize.ts';

/** What is drawn: `checkout error ratio (http_requests_total)`. */
export function chartTitle({ data, service }: SignalEvidence): string {
  const name = data.metric.__name__;
  const what = data.derived ?? data.signal ?? name ?? 'signal';
  const named = name !== undefined && name !== what ? `${what} (${name})` : what;
  return oneLine(`${service ?? data.metric.service ?? ''} ${named}`);
}

/** What it did: `rose from 0.1 % to 23 % at 14:03:10 UTC`; without an onset where it stayed. */
export function chartMovement({ data }: SignalEvidence): string {
  const { baseline, peak, onset, unit } = data;
  const value = (number: number): string => formatQuantity(number, unit);
  const start = onset ? parseTime(onset) : null;
  if (start !== null && typeof baseline === 'number' && typeof peak === 'number') {
    const verb = peak > baseline ? 'rose' : peak < baseline ? 'fell' : 'stayed';
    return `${verb} from ${value(baseline)} to ${value(peak)} at ${clock(start)} UTC`;
  }
  const [low, high] = extentOf(drawable(data.points)) ?? [0, 0];
  const range =
    low === high ? `stayed at ${value(low)}` : `lay between ${value(low)} and ${value(high)}`;
  return start === null ? range : `${range}, departing from normal at ${clock(start)} UTC`;
}

/**
 * A chart in words, for people who do not see it, made of the same data: what moved from where to
 * where and when, and what was marked.
 */
export function chartAltText(signal: SignalEvidence, marks: readonly ChartMark[]): string {
  const { points, onset } = signal.data;
  const first = (points[0]?.[0] ?? 0) * 1000;
  const last = (points.at(-1)?.[0] ?? 0) * 1000;
  const start = onset ? parseTime(onset) : null;
  const marked = marks
    .filter(({ kind }) => kind !== 'onset')
    .map(({ at, label }) => `${oneLine(label)} ${whenOf(parseTime(at) ?? 0, start)}`);
  const span = `${dayOf(first)} ${clock(first)} to ${clock(last)} UTC`;
  const tail = marked.length > 0 ? `; ${marked.join('; ')}` : '';
  return `${chartTitle(signal)} ${chartMovement(signal)}${tail}. Shown: ${span}.`;
}

function whenOf(at: number, onset: number | null): string {
  if (onset === null) return `at ${clock(at)}`;
  const distance = at - onset;
  if (distance === 0) return `at ${clock(at)}, with the onset`;
  return `at ${clock(at)}, ${formatDuration(distance)} ${distance < 0 ? 'before' : 'after'} it`;
}

/** `14:03`, or `14:03:10` where it is not a full minute; UTC. */
export function clock(millis: number): string {
  const text = formatTime(millis).slice(11, 19);
  return text.endsWith(':00') ? text.slice(0, 5) : text;
}

/** `2026-01-28`, UTC. */
export function dayOf(millis: number): string {
  return formatTime(millis).slice(0, 10);
}
