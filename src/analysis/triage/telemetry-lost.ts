import type { Facts } from '#src/analysis/facts/contract.ts';
import { parseTime } from '#src/domain/time.ts';
import type { ServiceHarm } from '#src/metrics/contract.ts';

/** What collectors, agents and exporters say when measurements do not get through. */
const LOST =
  /\b(?:export(?:ing|er)? (?:failed|error)|dropping (?:data|spans|metrics|samples|items)|remote.?write\b.{0,60}(?:fail|error|reject)|failed to (?:push|send|export|scrape|upload)\b.{0,40}(?:metric|span|telemetry|sample|data|batch)|otlp\b.{0,60}(?:fail|error|refus|unavailable)|scrape\b.{0,30}(?:fail|timed? ?out))/i;
/** A log that goes on at so much of its usual rate is that of a service that works. */
const GOES_ON = 0.6;
const LATELY_MS = 10 * 60_000;

/**
 * Whether nothing but measurements is missing: the only harm is traffic that is not seen any more,
 * something says that measurements are lost, and the service's own log goes on as before.
 */
export function isOnlyUnseen(
  { logs, bundle, subject }: Facts,
  service: string,
  harms: readonly ServiceHarm[],
): boolean {
  if (harms.length === 0 || !harms.every(({ kind }) => kind === 'traffic-drop')) return false;
  const isLost = logs.findings.some(
    ({ kind, template, samples }) =>
      kind !== 'vanished' && LOST.test(`${template} ${samples[0]?.line ?? ''}`.slice(0, 2000)),
  );
  if (!isLost) return false;
  const since = Math.min(...harms.map(({ onset }) => onset ?? subject.window.end));
  const times = bundle.logs.flatMap((record) =>
    record.service === service ? (parseTime(record.timestamp) ?? []) : [],
  );
  const first = times[0];
  const last = times.at(-1);
  if (first === undefined || last === undefined || first >= since) return false;
  const before = times.filter((at) => at < since).length / (since - first);
  const until = Math.max(subject.window.end, last);
  const from = Math.max(since, until - LATELY_MS);
  const lately = times.filter((at) => at >= from).length / (until - from);
  return lately >= GOES_ON * before;
}
