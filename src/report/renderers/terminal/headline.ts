import type { Condition, Result } from '#src/domain/result.ts';
import { formatDuration, parseTime } from '#src/domain/time.ts';
import { oneLine } from '#src/platform/sanitize.ts';
import type { Style } from '#src/platform/style.ts';
import { displayWidth, wrap } from '#src/platform/terminal-text.ts';
import { localMoment } from '#src/report/renderers/terminal/moment.ts';
import type { Paper } from '#src/report/renderers/terminal/paper.ts';

const WORDS: Record<Condition, string> = {
  failing: 'is failing',
  degraded: 'is degraded',
  healthy: 'is healthy',
  unknown: 'could not be judged',
};

/** The condition, how bad, since when: what is read first and may be all that is read. */
export function renderHeadline(paper: Paper, result: Result): void {
  const { triage, incident } = result;
  const { style, columns } = paper;
  const badge = triage.condition === 'healthy' ? 'OK' : triage.severity.toUpperCase();
  const name = oneLine(triage.service);
  const plain = `${badge}  ${name} ${WORDS[triage.condition]}`;
  const gap = columns - displayWidth(plain) - incident.id.length;
  const id = gap >= 2 ? `${' '.repeat(gap)}${style.dim(incident.id)}` : '';
  const loud = loudness(style, triage.condition);
  paper.line(`${loud(badge)}  ${style.heading(`${name} ${WORDS[triage.condition]}`)}${id}`);
  for (const part of wrap(oneLine(triage.summary), columns)) paper.line(part);
  if (triage.onsetAt) paper.line(style.dim(sinceLine(result, triage.onsetAt)));
}

function sinceLine(result: Result, onsetAt: string): string {
  const { detectedAt, alerts } = result.incident;
  const onset = parseTime(onsetAt) ?? 0;
  const detected = parseTime(detectedAt) ?? onset;
  const since = `since ${localMoment(onsetAt)}`;
  if (alerts.length === 0) return `${since} (${formatDuration(detected - onset)} before this look)`;
  const lead = detected - onset;
  if (Math.abs(lead) < 1000) return `${since}, as the alert says`;
  return `${since}, ${formatDuration(lead)} ${lead > 0 ? 'before' : 'after'} the alert`;
}

function loudness(style: Style, condition: Condition): (text: string) => string {
  if (condition === 'failing') return style.bad;
  if (condition === 'healthy') return style.good;
  return style.warn;
}
