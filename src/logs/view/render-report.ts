import type { StackTrace } from '#src/domain/stack-trace.ts';
import { parseTime } from '#src/domain/time.ts';
import type { LogReport } from '#src/logs/log-report.ts';
import type { Level } from '#src/logs/records/level.ts';
import type { LogAnomaly, TemplateSummary } from '#src/logs/windows/types.ts';
import { oneLine } from '#src/platform/sanitize.ts';
import type { Style } from '#src/platform/style.ts';
import { padEnd, truncate, wrap } from '#src/platform/terminal-text.ts';
import { countBars } from './count-bars.ts';
import { byteSize, grouped, shortTime } from './format.ts';

export type ViewOptions = { columns: number; style: Style };

const MAX_COLUMNS = 100;
const MAX_ANOMALIES = 8;
const MAX_TRACES = 5;
const MAX_FRAMES = 4;
const MAX_TEMPLATES = 20;
const BAR_SLOTS = 12;

type Paper = {
  columns: number;
  style: Style;
  from: number;
  to: number;
  withDay: boolean;
  lines: string[];
};

/** A report for a terminal: what is different first, then stack traces, then the templates. */
export function renderLogReport(report: LogReport, options: ViewOptions): string {
  const times = report.templates
    .flatMap(({ first, last }) => [first, last])
    .flatMap((time) => (time === null ? [] : [parseTime(time) ?? 0]));
  const from = Math.min(...times) / 1000;
  const to = Math.max(...times) / 1000;
  const paper: Paper = {
    columns: Math.min(options.columns, MAX_COLUMNS),
    style: options.style,
    from: times.length > 0 ? from : 0,
    to: times.length > 0 ? to : 0,
    withDay: to - from > 86_400,
    lines: [],
  };
  headline(paper, report);
  anomalies(paper, report);
  stackTraces(paper, report.stackTraces);
  templates(paper, report.templates);
  notes(paper, report);
  return `${paper.lines.join('\n')}\n`;
}

function headline(paper: Paper, report: LogReport): void {
  const { style, lines } = paper;
  const size = `${grouped(report.lines)} lines, ${grouped(report.records)} records, ${byteSize(report.bytes)}`;
  lines.push(style.heading(`${size}: ${grouped(report.templates.length)} templates`));
  if (paper.to > 0) {
    const [from, to] = [paper.from, paper.to].map((seconds) =>
      new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' '),
    );
    lines.push(style.dim(`${from} to ${to} UTC`));
  }
}

function anomalies(paper: Paper, { anomalies: all, comparison }: LogReport): void {
  const { style, lines } = paper;
  if (comparison.against === 'none') return;
  const since = shortTime(comparison.window?.start ?? null, paper.withDay);
  lines.push('', style.heading(`Different since ${since}`));
  if (all.length === 0)
    lines.push(style.good('  nothing: the same templates at about the same rates'));
  for (const anomaly of all.slice(0, MAX_ANOMALIES)) oneAnomaly(paper, anomaly);
  if (all.length > MAX_ANOMALIES)
    lines.push(style.dim(`  and ${all.length - MAX_ANOMALIES} more (--json shows all)`));
}

function oneAnomaly(paper: Paper, anomaly: LogAnomaly): void {
  const { style, lines, columns } = paper;
  const mark = { new: 'new', surging: 'more', vanished: 'gone', 'burst-of-rate': 'burst' }[
    anomaly.kind
  ];
  const [first = '', ...rest] = wrap(oneLine(anomaly.template), columns - 16).slice(0, 2);
  const head = `  ${anomaly.score.toFixed(2)}  ${padEnd(mark, 6)}`;
  lines.push(
    `${style.dim(head.slice(0, 8))}${style.accent(padEnd(mark, 6))}  ${colourOf(style, anomaly.level)(first)}`,
  );
  for (const line of rest) lines.push(`${' '.repeat(16)}${colourOf(style, anomaly.level)(line)}`);
  const since = anomaly.onset === null ? '' : `since ${shortTime(anomaly.onset, paper.withDay)}`;
  const facts = [...anomaly.reasons, since, anomaly.services.join(', ')].filter(Boolean).join('; ');
  lines.push(`${' '.repeat(16)}${style.dim(truncate(facts, columns - 16))}`);
}

function stackTraces(paper: Paper, traces: readonly StackTrace[]): void {
  const { style, lines, columns } = paper;
  if (traces.length === 0) return;
  lines.push('', style.heading(`Stack traces (${traces.length})`));
  const byCount = [...traces].sort((a, b) => b.count - a.count);
  for (const trace of byCount.slice(0, MAX_TRACES)) {
    const innermost = innermostOf(trace);
    const count = `${grouped(trace.count)}×`;
    lines.push(
      `  ${padEnd(count, 7)}${style.bad(truncate(oneLine(`${innermost.type}: ${innermost.message}`), columns - 9))}`,
    );
    const own = innermost.frames.filter(({ inApp }) => inApp);
    for (const frame of (own.length > 0 ? own : innermost.frames).slice(0, MAX_FRAMES)) {
      const place = oneLine(
        `${frame.function} ${frame.file}${frame.line === null ? '' : `:${frame.line}`}`,
      );
      lines.push(`${' '.repeat(9)}${style.dim('at')} ${truncate(place, columns - 12)}`);
    }
  }
  if (traces.length > MAX_TRACES)
    lines.push(style.dim(`  and ${traces.length - MAX_TRACES} more (--json shows all)`));
}

function innermostOf(trace: StackTrace): StackTrace {
  const cause = trace.causes[trace.causes.length - 1];
  return cause ? innermostOf(cause) : trace;
}

function templates(paper: Paper, all: readonly TemplateSummary[]): void {
  const { style, lines, columns, from, to } = paper;
  const withBars = to > from;
  const width = Math.max(
    7,
    ...all.slice(0, MAX_TEMPLATES).map(({ count }) => grouped(count).length + 1),
  );
  const room = columns - width - 8 - (withBars ? BAR_SLOTS + 2 : 0);
  lines.push('', style.heading(`Templates (${grouped(all.length)})`));
  for (const template of all.slice(0, MAX_TEMPLATES)) {
    const count = grouped(template.count).padStart(width);
    const level = colourOf(style, template.level)(padEnd(template.level ?? '', 5));
    const bars = withBars ? `${countBars(template.perMinute, from, to, BAR_SLOTS)}  ` : '';
    lines.push(`${count} ${level} ${bars}${truncate(oneLine(template.template), room)}`);
  }
  const rest = all.slice(MAX_TEMPLATES);
  if (rest.length === 0) return;
  const records = rest.reduce((sum, { count }) => sum + count, 0);
  lines.push(
    style.dim(
      `${' '.repeat(width)} and ${grouped(rest.length)} more with ${grouped(records)} records (--json shows all)`,
    ),
  );
}

function notes(paper: Paper, report: LogReport): void {
  if (report.notes.length === 0) return;
  paper.lines.push('');
  for (const note of report.notes) {
    for (const line of wrap(oneLine(note), paper.columns - 2))
      paper.lines.push(paper.style.dim(`  ${line}`));
  }
}

function colourOf(style: Style, level: Level | null): (text: string) => string {
  if (level === 'fatal' || level === 'error') return style.bad;
  if (level === 'warn') return style.warn;
  return level === 'debug' || level === 'trace' ? style.dim : (text) => text;
}
