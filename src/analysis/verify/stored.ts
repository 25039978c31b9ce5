import { foldMarks } from '#src/analysis/agents/fence.ts';
import type { Evidence, EvidenceData } from '#src/domain/evidence.ts';
import type { StackTrace } from '#src/domain/stack-trace.ts';
import { parseTime } from '#src/domain/time.ts';
import { neutralize } from '#src/platform/sanitize.ts';

const MOST_CAUSES = 16;

/** Text in the form in which quotes are compared: inert, on one line, fence marks as they were. */
export function normalize(text: string): string {
  return foldMarks(neutralize(text)).replace(/\s+/g, ' ').trim();
}

/** Everything of a piece of evidence that can be quoted, as it is stored. */
export function storedText(evidence: Evidence): string {
  const { summary, query, service } = evidence;
  return [summary, query, service ?? '', ...textsOf(evidence.data)].join('\n');
}

function textsOf(data: EvidenceData): string[] {
  switch (data.type) {
    case 'alert': {
      const { labels, annotations } = data.alert;
      return [...pairs(labels), ...Object.values(annotations)];
    }
    case 'series':
      return [...pairs(data.metric), data.derived ?? ''];
    case 'records':
      return [data.template ?? '', ...data.records.map(({ line }) => line)];
    case 'frames':
      return traceLines(data.trace, 0);
    case 'spans':
      return data.spans.map((span) =>
        [span.service, span.name, span.status, ...pairs(span.attributes ?? {})].join(' '),
      );
    case 'check':
      return data.checks.map((check) =>
        [check.url, check.status ?? '', check.error ?? ''].join(' '),
      );
    case 'change':
      return changeTexts(data.change);
    case 'event':
      return [data.event.title, data.event.body ?? ''];
    case 'source':
      return [data.file, ...data.lines];
    case 'text':
      return [data.title, data.text];
  }
}

function changeTexts(change: Extract<EvidenceData, { type: 'change' }>['change']): string[] {
  switch (change.type) {
    case 'commit':
      return [change.sha, change.message, change.files.join('\n'), plainDiff(change.diff ?? '')];
    case 'deploy':
      return [change.service, change.commit, change.version ?? ''];
    case 'flag':
      return [
        change.name,
        `${change.from ?? ''} ${change.to ?? ''}`,
        `${change.from} → ${change.to}`,
      ];
  }
}

/** A diff as it stands, and its lines without the signs before them, so that both can be quoted. */
function plainDiff(diff: string): string {
  return `${diff}\n${diff.replace(/^[+\- ]/gm, '')}`;
}

const pairs = (values: Readonly<Record<string, string>>): string[] =>
  Object.entries(values).flatMap(([key, value]) => [`${key}=${value}`, value]);

function traceLines(trace: StackTrace, depth: number): string[] {
  if (depth > MOST_CAUSES) return [];
  return [
    `${trace.type}: ${trace.message}`,
    ...trace.frames.map((frame) => `${frame.function} (${frame.file}:${frame.line ?? '?'})`),
    ...trace.causes.flatMap((cause) => traceLines(cause, depth + 1)),
  ];
}

/** The figures that sum a piece of evidence up, without those in its text. */
export function figuresOf({ data }: Evidence): number[] {
  switch (data.type) {
    case 'series': {
      const values = data.points.flatMap(([, value]) => (value === null ? [] : [value]));
      const ends = [values.at(0), values.at(-1), data.baseline, data.peak];
      return [...ends, ...extremes(values)].filter((value) => typeof value === 'number');
    }
    case 'records':
      return [data.count, ...(data.baselineCount === undefined ? [] : [data.baselineCount])];
    case 'frames':
      return [data.trace.count];
    case 'check':
      return data.checks.flatMap(({ status, latencyMs }) =>
        [status, latencyMs].filter((value) => value !== undefined),
      );
    case 'spans':
      return data.spans.map(({ durationMs }) => durationMs);
    default:
      return [];
  }
}

function extremes(values: readonly number[]): number[] {
  if (values.length === 0) return [];
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

/** The moments that a piece of evidence tells of, milliseconds since the epoch. */
export function momentsOf({ data, window }: Evidence): number[] {
  const texts = [window.start, window.end, ...momentTexts(data)];
  return texts.flatMap((text) => (text ? (parseTime(text) ?? []) : []));
}

function momentTexts(data: EvidenceData): (string | null | undefined)[] {
  switch (data.type) {
    case 'alert':
      return [data.alert.startsAt, data.alert.endsAt];
    case 'series':
      return [data.onset];
    case 'records':
      return data.records.map(({ timestamp }) => timestamp);
    case 'frames':
      return [data.trace.first, data.trace.last];
    case 'spans':
      return data.spans.map(({ start }) => start);
    case 'check':
      return data.checks.map(({ timestamp }) => timestamp);
    case 'change':
      return [data.change.timestamp];
    case 'event':
      return [data.event.timestamp];
    default:
      return [];
  }
}
