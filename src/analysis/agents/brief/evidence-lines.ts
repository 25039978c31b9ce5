import { innermostCause } from '#src/analysis/evidence/log-drafts.ts';
import type { Evidence } from '#src/domain/evidence.ts';

/** A piece of evidence in two lengths, for prompts. */
export type EvidenceLines = { id: string; short: string; long: string };

const MOST = { summary: 260, sample: 420, diff: 1600, text: 900, frames: 6 } as const;

/** @param isSuspect whether a change is shown with what it does */
export function evidenceLines(evidence: Evidence, isSuspect: boolean): EvidenceLines {
  const { id, service, summary } = evidence;
  const of = service && !summary.includes(service) ? ` (${service})` : '';
  const short = `${id}${of} ${cut(oneLined(summary), MOST.summary)}`;
  const more = detailOf(evidence, isSuspect);
  return { id, short, long: more === '' ? short : `${short}\n${more}` };
}

function detailOf({ data }: Evidence, isSuspect: boolean): string {
  switch (data.type) {
    case 'records': {
      const [sample] = data.records;
      return sample ? `  e.g. ${sample.timestamp} ${cut(oneLined(sample.line), MOST.sample)}` : '';
    }
    case 'frames': {
      const inner = innermostCause(data.trace);
      const frames = inner.frames.filter(({ inApp }) => inApp).slice(0, MOST.frames);
      const shown = frames.length > 0 ? frames : inner.frames.slice(0, 3);
      return shown
        .map((frame) => `  at ${frame.function} (${frame.file}:${frame.line ?? '?'})`)
        .join('\n');
    }
    case 'change':
      if (data.change.type !== 'commit') return '';
      return isSuspect
        ? `  files: ${cut(data.change.files.join(', '), 300)}\n${cut(data.change.diff ?? '(no diff)', MOST.diff)}`
        : `  files: ${cut(data.change.files.join(', '), 120)}`;
    case 'event':
      return data.event.body ? `  ${cut(oneLined(data.event.body), MOST.sample)}` : '';
    case 'source':
      return cut(numbered(data.lines, data.startLine), MOST.diff);
    case 'text':
      return `  ${cut(oneLined(data.text), MOST.text)}`;
    case 'alert': {
      const { labels, annotations } = data.alert;
      const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
      const text = oneLined([...pairs, ...Object.values(annotations)].join(' '));
      return `  ${cut(text, MOST.sample)}`;
    }
    default:
      return '';
  }
}

export function numbered(lines: readonly string[], start: number): string {
  return lines.map((line, index) => `${start + index}: ${line}`).join('\n');
}

const oneLined = (text: string): string => text.replace(/\s+/g, ' ').trim();

export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}
