import { area, line } from 'd3-shape';
import type { ChartMarkKind, Point } from '#src/charts/contract.ts';
import type { Frame } from '#src/charts/frame.ts';
import { element, xmlText } from '#src/charts/markup.ts';
import type { Paint } from '#src/charts/paint.ts';
import type { PaintRole } from '#src/charts/palette.ts';
import type { PlacedMark } from '#src/charts/place-labels.ts';

export type SignalPlan = {
  /** Unix seconds → pixels. */
  x: (seconds: number) => number;
  y: (value: number) => number;
  band: readonly [number, number] | null;
  baseline: number | null;
  frame: Frame;
  paint: Paint;
};

/** The band of what was normal, then the samples as a line with holes where there are none. */
export function drawSignal(points: readonly Point[], plan: SignalPlan): string {
  const { x, y, paint } = plan;
  const isKnown = ([, value]: Point): boolean => value !== null;
  const path = line<Point>()
    .digits(1)
    .defined(isKnown)
    .x(([at]) => x(at))
    .y(([, value]) => y(value ?? 0));
  const shade = area<Point>()
    .digits(1)
    .defined(isKnown)
    .x(([at]) => x(at))
    .y0(plan.frame.bottom)
    .y1(([, value]) => y(value ?? 0));
  return [
    normal(plan),
    element('path', { d: shade(points) ?? '', ...paint.fill('line'), 'fill-opacity': '0.1' }),
    element('path', {
      d: path(points) ?? '',
      ...paint.stroke('line'),
      'stroke-width': 2,
      'stroke-linejoin': 'round',
    }),
    ...lonely(points).map(([at, value]) =>
      element('circle', { cx: x(at), cy: y(value ?? 0), r: 2, ...paint.fill('line') }),
    ),
  ].join('\n');
}

/** Samples between two holes, which a line does not show. */
function lonely(points: readonly Point[]): Point[] {
  return points.filter(
    ([, value], at) =>
      value !== null &&
      (points[at - 1]?.[1] ?? null) === null &&
      (points[at + 1]?.[1] ?? null) === null,
  );
}

function normal({ band, baseline, y, frame, paint }: SignalPlan): string {
  const middle = baseline ?? (band ? (band[0] + band[1]) / 2 : null);
  if (middle === null) return '';
  const top = band ? Math.min(y(band[1]), y(band[0]) - 4) : y(middle) - 2;
  const height = band ? Math.max(y(band[0]) - top, 4) : 4;
  const width = frame.right - frame.left;
  const at = Math.min(frame.bottom, Math.max(frame.top, y(middle)));
  return (
    element('rect', {
      x: frame.left,
      y: top,
      width,
      height,
      ...paint.fill('band'),
      'fill-opacity': '0.18',
    }) +
    element('line', {
      x1: frame.left,
      x2: frame.right,
      y1: at,
      y2: at,
      ...paint.stroke('band'),
      'stroke-dasharray': '6 4',
    }) +
    element(
      'text',
      {
        x: frame.left + 4,
        y: Math.max(frame.top + 12, Math.min(top, at) - 4),
        ...haloed(paint, 'band'),
      },
      'normal',
    )
  );
}

/** Letters with paper-coloured edges stay readable where lines pass. */
function haloed(paint: Paint, role: PaintRole): Record<string, string | number> {
  const edge = paint.stroke('paper');
  const letters = paint.fill(role);
  return {
    class: `${letters.class} ${edge.class}`,
    fill: letters.fill,
    stroke: edge.stroke,
    'stroke-width': 3,
    'stroke-linejoin': 'round',
    'paint-order': 'stroke',
  };
}

/** Each kind has its own shape, so that nothing is told by colour alone. Centred on 0,0, about 8 high. */
const SHAPES: Readonly<Record<ChartMarkKind, string>> = {
  onset: 'M-3.5-3.5H3.5V3.5H-3.5Z',
  deploy: 'M-4.5-4H4.5L0 4Z',
  flag: 'M0-5L4.5 0L0 5L-4.5 0Z',
  alert: 'M-4 0A4 4 0 1 0 4 0A4 4 0 1 0-4 0Z',
  event: 'M0-4.5L4.5 4H-4.5Z',
};
const DASHES: Readonly<Partial<Record<ChartMarkKind, string>>> = {
  deploy: '5 3',
  flag: '2 3',
  alert: '1 3',
  event: '1 4',
};

/** Upright lines with a shape and words at their head. */
export function drawMarks(placed: readonly PlacedMark[], frame: Frame, paint: Paint): string {
  const heads = placed.map(({ row }) => frame.head + row * frame.row + 8);
  const lines = placed.map(({ mark, x }, at) =>
    element('line', {
      x1: x,
      x2: x,
      y1: heads[at],
      y2: frame.bottom,
      ...paint.stroke(mark.kind),
      'stroke-width': mark.kind === 'onset' ? 2 : 1,
      'stroke-dasharray': DASHES[mark.kind],
    }),
  );
  const labels = placed.map(({ mark, x, text, side }, at) => {
    const y = heads[at] ?? 0;
    const shape = element('path', {
      d: SHAPES[mark.kind],
      transform: `translate(${Math.round(x * 10) / 10} ${y})`,
      ...paint.fill(mark.kind),
    });
    const words = element(
      'text',
      {
        x: side === 'right' ? x + 8 : x - 8,
        y: y + 4,
        'text-anchor': side === 'right' ? 'start' : 'end',
        ...haloed(paint, 'text'),
      },
      xmlText(text),
    );
    return words + shape;
  });
  return [...lines, ...labels].join('\n');
}
