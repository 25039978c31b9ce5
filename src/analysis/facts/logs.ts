import type { LogFacts } from '#src/analysis/facts/contract.ts';
import type { Subject } from '#src/analysis/facts/subject.ts';
import type { Bundle } from '#src/domain/bundle.ts';
import { parseTime } from '#src/domain/time.ts';
import { extractStackTraces } from '#src/stacktrace/extract.ts';

/** What the logs of a bundle tell: unusual patterns, derived series, stack traces. */
export async function gatherLogs(bundle: Bundle, subject: Subject): Promise<LogFacts> {
  const traces = await extractStackTraces(
    bundle.logs.map((record) => ({
      text: record.line,
      at: parseTime(record.timestamp),
      service: record.service || null,
      stream: streamOf(record.labels),
    })),
  );
  void subject;
  return { findings: [], series: [], traces, hasBaseline: false };
}

/** Labels that tell streams of one service apart. */
function streamOf(labels: Record<string, string> | undefined): string {
  if (!labels) return '';
  const keys = [
    'pod',
    'instance',
    'host',
    'container',
    'container_id',
    'filename',
    'file',
    'stream',
  ];
  return keys.map((key) => labels[key] ?? '').join('\0');
}
