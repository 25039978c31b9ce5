import type { Evidence, EvidenceData } from '#src/domain/evidence.ts';
import type { StackTrace } from '#src/domain/stack-trace.ts';
import { formatTime } from '#src/domain/time.ts';
import { multiline } from '#src/report/model/text.ts';

/** Characters of one piece of evidence that a report shows at the most. */
const MOST = 60_000;
const PER_LINE = 6;
const MOST_CAUSES = 16;

/** The stored bytes of a piece of evidence as lines of text, cut with a word where they are too many. */
export function evidenceText(evidence: Evidence): string {
  const text = multiline(linesOf(evidence.data).join('\n'));
  if (text.length <= MOST) return text;
  return `${text.slice(0, MOST).toWellFormed()}\n[${text.length - MOST} more characters in the result]`;
}

function linesOf(data: EvidenceData): string[] {
  switch (data.type) {
    case 'alert':
      return [
        `${data.alert.status} since ${data.alert.startsAt}${data.alert.endsAt ? ` until ${data.alert.endsAt}` : ''}`,
        ...pairs(data.alert.labels),
        ...pairs(data.alert.annotations),
      ];
    case 'series':
      return [
        `${data.derived ?? data.signal ?? 'signal'} in ${data.unit ?? 'its own unit'}`,
        ...pairs(data.metric),
        ...sampleLines(data.points),
      ];
    case 'records':
      return [
        ...(data.template === undefined ? [] : [`template: ${data.template}`]),
        `${data.count} records${data.baselineCount === undefined ? '' : `, ${data.baselineCount} in the baseline`}`,
        ...data.records.map(({ timestamp, service, line }) => `${timestamp} ${service} ${line}`),
      ];
    case 'frames':
      return traceLines(data.trace, 0);
    case 'spans':
      return data.spans.map(
        ({ start, service, name, durationMs, status, attributes }) =>
          `${start} ${service} ${name} ${durationMs} ms ${status} ${pairs(attributes ?? {}).join(' ')}`,
      );
    case 'check':
      return data.checks.map(
        ({ timestamp, url, status, error, latencyMs }) =>
          `${timestamp} ${url} ${status ?? ''} ${error ?? ''} ${latencyMs === undefined ? '' : `${latencyMs} ms`}`,
      );
    case 'change':
      return changeLines(data.change);
    case 'event':
      return [
        `${data.event.timestamp} ${data.event.source}: ${data.event.title}`,
        data.event.body ?? '',
      ];
    case 'source':
      return [
        `${data.file}${data.revision ? ` at ${data.revision}` : ''}`,
        ...data.lines.map((line, at) => `${data.startLine + at}  ${line}`),
      ];
    case 'text':
      return [data.text];
  }
}

/** Samples, six a line: the line's day and time, then time and value of each. */
function sampleLines(points: readonly (readonly [number, number | null])[]): string[] {
  const lines: string[] = [];
  for (let at = 0; at < points.length; at += PER_LINE) {
    const some = points.slice(at, at + PER_LINE);
    const day = formatTime((some[0]?.[0] ?? 0) * 1000).slice(0, 10);
    const samples = some.map(([seconds, value]) => {
      const time = formatTime(seconds * 1000);
      const shown = time.startsWith(day) ? time.slice(11).replace('Z', '') : time;
      return `${shown} ${value ?? '-'}`;
    });
    lines.push(`${day}  ${samples.join('  ')}`);
  }
  return lines;
}

function changeLines(change: Extract<EvidenceData, { type: 'change' }>['change']): string[] {
  switch (change.type) {
    case 'commit':
      return [
        `commit ${change.sha}`,
        `date ${change.timestamp}`,
        '',
        change.message,
        '',
        ...(change.diff === null ? change.files : [change.diff]),
      ];
    case 'deploy':
      return [
        `${change.timestamp} deploy of ${change.service} ${change.version ?? ''} commit ${change.commit}`,
      ];
    case 'flag':
      return [
        `${change.timestamp} flag ${change.name}: ${change.from ?? '?'} → ${change.to ?? '?'}`,
      ];
  }
}

function traceLines(trace: StackTrace, depth: number): string[] {
  if (depth > MOST_CAUSES) return [];
  return [
    `${depth > 0 ? 'caused by ' : ''}${trace.type}: ${trace.message}`,
    ...trace.frames.map(
      ({ function: name, file, line, inApp }) =>
        `  ${inApp ? '→' : ' '} ${name} (${file}:${line ?? '?'})`,
    ),
    ...trace.causes.flatMap((cause) => traceLines(cause, depth + 1)),
  ];
}

function pairs(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).map(([key, value]) => `${key}=${value}`);
}
