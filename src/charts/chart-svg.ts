import { type ScaleTime, scaleUtc } from 'd3-scale';
import { valueAxis } from '#src/charts/axis.ts';
import type { ChartMark, ChartOptions, SignalEvidence } from '#src/charts/contract.ts';
import {
  chartAltText,
  chartMovement,
  chartTitle,
  clock,
  dayOf,
} from '#src/charts/describe-chart.ts';
import { drawMarks, drawSignal } from '#src/charts/draw.ts';
import type { Frame } from '#src/charts/frame.ts';
import { element, xmlText } from '#src/charts/markup.ts';
import { createPaint, type Paint } from '#src/charts/paint.ts';
import { labelWidth, placeLabels } from '#src/charts/place-labels.ts';
import { drawable, extentOf, normalBand, thinned } from '#src/charts/samples.ts';
import { parseTime } from '#src/domain/time.ts';
import { oneLine } from '#src/platform/sanitize.ts';
import { truncate } from '#src/platform/terminal-text.ts';

const ROW = 16;
const HEAD = 44;
const FOOT = 30;
/** Height of the plot itself, where no height of the whole is asked for. */
const PLOT = 150;
const WIDEST_GUTTER = 100;

/**
 * Draws a signal over time with the band of what was normal, its onset and marks, as one `<svg>`
 * element: no script, no style sheet, no ids and no reference, so it may stand in any page under
 * any content security policy. The same input gives the same bytes. Times are UTC.
 * @param marks oldest first, as `marksFor` gives them; those far outside the samples are left out
 */
export function chartSvg(
  signal: SignalEvidence,
  marks: readonly ChartMark[],
  options: ChartOptions = {},
): string {
  const width = Math.max(240, options.width ?? 720);
  const paint = createPaint(options.theme ?? 'light');
  const { data } = signal;
  const times = timeDomain(signal, marks);
  const points = drawable(data.points);
  const extent = extentOf(points) ?? [0, 1];
  const band = normalBand(points, (data.onset ? (parseTime(data.onset) ?? 0) : times[1]) / 1000);

  const values = (top: number, bottom: number) =>
    valueAxis(extent, [bottom, top], data.unit, isFromZero(data.unit, extent));
  const widest = Math.max(0, ...values(0, 200).ticks.map(({ label }) => labelWidth(label)));
  const gutter = Math.min(widest + 14, WIDEST_GUTTER);
  const x = scaleUtc()
    .domain(times)
    .range([gutter, width - 14]);
  const placed = placeLabels(marks, (millis) => x(millis), gutter, width - 14);
  const rows = Math.max(0, ...placed.map(({ row }) => row + 1));
  const top = HEAD + rows * ROW;
  const height = Math.max(160, options.height ?? top + PLOT + FOOT);
  const bottom = height - FOOT;
  const axis = values(top, bottom);
  const frame = { left: gutter, right: width - 14, top, bottom, head: HEAD, row: ROW };

  const alt = chartAltText(signal, marks);
  const inner = [
    `<title>${xmlText(alt)}</title>`,
    element('rect', { width, height, ...paint.fill('paper') }),
    heading(signal, width, paint),
    ...axis.ticks.map(({ value, label }) => valueTick(axis.scale(value), label, frame, paint)),
    ...timeTicks(x, frame, paint),
    drawSignal(thinned(points, width), {
      x: (seconds) => x(seconds * 1000),
      y: axis.scale,
      band,
      baseline: typeof data.baseline === 'number' ? data.baseline : null,
      frame,
      paint,
    }),
    drawMarks(placed, frame, paint),
  ];
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-label': xmlText(alt),
      class: 'chart',
      'font-family': 'DejaVu Sans, Verdana, sans-serif',
      'font-size': 11,
    },
    inner.join('\n'),
  );
}

function heading(signal: SignalEvidence, width: number, paint: Paint): string {
  const title = truncate(chartTitle(signal), Math.floor((width - 70) / 8.3));
  const movement = truncate(chartMovement(signal), Math.floor((width - 28) / 6.6));
  return [
    element(
      'text',
      { x: 14, y: 20, 'font-size': 13, 'font-weight': 'bold', ...paint.fill('text') },
      xmlText(title),
    ),
    element(
      'text',
      { x: width - 14, y: 20, 'text-anchor': 'end', ...paint.fill('faint') },
      xmlText(signal.id),
    ),
    element('text', { x: 14, y: 37, ...paint.fill('faint') }, xmlText(movement)),
  ].join('');
}

/** The samples' time, widened a little where a mark lies just outside; milliseconds. */
function timeDomain({ data }: SignalEvidence, marks: readonly ChartMark[]): [number, number] {
  const first = (data.points[0]?.[0] ?? 0) * 1000;
  const last = (data.points.at(-1)?.[0] ?? 0) * 1000;
  const slack = (last - first) * 0.15;
  const near = marks
    .map(({ at }) => parseTime(at) ?? first)
    .filter((at) => at >= first - slack && at <= last + slack);
  const end = Math.max(last, ...near);
  return [Math.min(first, ...near), end > first ? end : first + 1000];
}

/** Shares and rates are read against nothing; a level far from zero shows more of itself. */
function isFromZero(unit: string | undefined, [low, high]: readonly [number, number]): boolean {
  if (unit === 'ratio' || unit === 'count') return true;
  if (low < 0) return high > 0;
  return low < high * 0.7 || low === high;
}

function valueTick(y: number, label: string, frame: Frame, paint: Paint): string {
  const line = element('line', {
    x1: frame.left,
    x2: frame.right,
    y1: y,
    y2: y,
    'stroke-width': 1,
    ...paint.stroke('grid'),
  });
  const text = element(
    'text',
    { x: frame.left - 6, y: y + 4, 'text-anchor': 'end', ...paint.fill('faint') },
    xmlText(truncate(oneLine(label), Math.floor((WIDEST_GUTTER - 8) / 6.6))),
  );
  return line + text;
}

function timeTicks(x: ScaleTime<number, number>, frame: Frame, paint: Paint): string[] {
  const [first = new Date(0), last = new Date(0)] = x.domain();
  const wide = frame.right - frame.left;
  const isLong = last.getTime() - first.getTime() > 36 * 3_600_000;
  const label = (millis: number): string =>
    isLong ? `${dayOf(millis).slice(5)} ${clock(millis)}` : clock(millis);
  const ticks = x.ticks(Math.max(2, Math.floor(wide / (isLong ? 110 : 90)))).map((tick) => {
    const millis = tick.getTime();
    const at = x(tick);
    return (
      element('line', {
        x1: at,
        x2: at,
        y1: frame.bottom,
        y2: frame.bottom + 4,
        ...paint.stroke('faint'),
      }) +
      (at < frame.left + 18 || at > frame.right - 14
        ? ''
        : element(
            'text',
            { x: at, y: frame.bottom + 16, 'text-anchor': 'middle', ...paint.fill('faint') },
            label(millis),
          ))
    );
  });
  const zone = `${dayOf(first.getTime())} UTC`;
  const ground = element('line', {
    x1: frame.left,
    x2: frame.right,
    y1: frame.bottom,
    y2: frame.bottom,
    ...paint.stroke('faint'),
  });
  const day = element(
    'text',
    {
      x: frame.right,
      y: frame.bottom + 27,
      'text-anchor': 'end',
      'font-size': 10,
      ...paint.fill('faint'),
    },
    zone,
  );
  return [ground, ...ticks, day];
}
