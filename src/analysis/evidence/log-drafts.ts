import type { Draft } from '#src/analysis/evidence/ledger.ts';
import type { LogFinding } from '#src/analysis/facts/contract.ts';
import type { StackTrace } from '#src/domain/stack-trace.ts';
import { formatTime, parseTime, type TimeWindow } from '#src/domain/time.ts';

const MOST_SAMPLES = 5;
/** Characters of a raw record that evidence keeps. */
const MOST_TEXT = 4000;

export function logDraft(finding: LogFinding, window: TimeWindow): Draft {
  const { kind, count, baselineCount, onset, level, template } = finding;
  const since = onset === null ? '' : ` since ${formatTime(onset)}`;
  const before =
    kind === 'new'
      ? 'never before'
      : kind === 'standing'
        ? 'what was before is not known'
        : `${baselineCount} times before`;
  return {
    kind: 'log',
    source: 'logs',
    query: template,
    window,
    service: finding.service,
    at: onset,
    summary: `${level ?? 'log'} ${count} times${since}, ${before}: ${template}`,
    data: {
      type: 'records',
      template,
      count,
      baselineCount,
      perMinute: finding.perMinute,
      records: finding.samples
        .slice(0, MOST_SAMPLES)
        .map((record) => ({ ...record, line: record.line.slice(0, MOST_TEXT) })),
    },
  };
}

export function stackDraft(trace: StackTrace, window: TimeWindow): Draft {
  const innermost = innermostCause(trace);
  const frame = innermost.frames.find((one) => one.inApp) ?? innermost.frames[0];
  const place = frame ? ` in ${frame.function} (${frame.file}:${frame.line ?? '?'})` : '';
  return {
    kind: 'stack',
    source: 'stack traces',
    query: `${trace.language} ${innermost.type}`,
    window,
    service: trace.service,
    at: parseTime(trace.first ?? ''),
    summary: `${innermost.type}: ${innermost.message.split('\n')[0]}${place}, ${trace.count} times`,
    // The id in the data would be another one than the evidence's; it is filled in later.
    data: { type: 'frames', trace: { ...trace, id: '' } },
  };
}

/** The cause at the bottom of a chain: where it began. */
export function innermostCause(trace: StackTrace): StackTrace {
  let at = trace;
  for (let depth = 0; depth < 64; depth++) {
    const next = at.causes.at(-1);
    if (!next) return at;
    at = next;
  }
  return at;
}
