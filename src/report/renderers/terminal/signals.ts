import { sparkline } from '#src/charts/sparkline.ts';
import type { Evidence, EvidenceData } from '#src/domain/evidence.ts';
import { formatQuantity } from '#src/domain/quantity.ts';
import type { Result } from '#src/domain/result.ts';
import { oneLine } from '#src/platform/sanitize.ts';
import { padEnd, truncate } from '#src/platform/terminal-text.ts';
import type { Paper } from '#src/report/renderers/terminal/paper.ts';

type SeriesData = Extract<EvidenceData, { type: 'series' }>;

const MOST_ROWS = 6;
const NAME_WIDTH = 22;
const SPARK_WIDTH = 24;

/** A line per signal that matters: name, picture, value now against normal, id. */
export function renderSignals(paper: Paper, result: Result): void {
  const rows = chooseSignals(result);
  if (rows.length === 0) return;
  paper.line();
  const width = Math.max(...rows.map(({ evidence }) => evidence.id.length));
  const showService = new Set(rows.map(({ evidence }) => evidence.service)).size > 1;
  for (const { evidence, data } of rows) {
    const own = data.derived ?? data.metric.__name__ ?? data.signal ?? 'signal';
    const name = showService ? `${evidence.service ?? '?'} ${own}` : own;
    const spark = sparkline(data.points, SPARK_WIDTH, data.signal === 'up');
    const room = paper.columns - 2 - NAME_WIDTH - SPARK_WIDTH - 4 - width;
    const value = padEnd(truncate(valueText(data), room), room);
    const picture = data.onset ? paper.style.warn(spark) : spark;
    paper.line(
      `  ${padEnd(truncate(oneLine(name), NAME_WIDTH - 1), NAME_WIDTH)}${picture}  ${value}  ${paper.style.accent(evidence.id)}`,
    );
  }
}

/** Signals that triage cites first, then those that shifted. */
function chooseSignals(result: Result): { evidence: Evidence; data: SeriesData }[] {
  const cited = new Set(
    [...result.triage.cites, ...result.triage.indicators.flatMap((one) => one.cites)].map(
      ({ id }) => id,
    ),
  );
  return result.evidence
    .flatMap((evidence) =>
      evidence.data.type === 'series' ? [{ evidence, data: evidence.data }] : [],
    )
    .filter(({ data }) => data.points.length > 1)
    .map((one, index) => ({
      ...one,
      rank: (cited.has(one.evidence.id) ? 0 : 2) + (one.data.onset ? 0 : 1),
      index,
    }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .slice(0, MOST_ROWS);
}

function valueText(data: SeriesData): string {
  const last = data.points.at(-1)?.[1] ?? null;
  if (data.signal === 'up') return last === null ? 'absent' : last > 0 ? 'up' : 'DOWN';
  const extreme = data.peak ?? last;
  if (extreme === null || extreme === undefined) return '';
  const now = formatQuantity(extreme, data.unit);
  if (data.baseline === null || data.baseline === undefined) return now;
  return `${now} (was ${formatQuantity(data.baseline, data.unit)})`;
}
