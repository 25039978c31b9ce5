import { type ScaleLinear, scaleLinear } from 'd3-scale';

/** An upright axis: the scale in the metric's own unit, and its ticks in the unit that fits. */
export type ValueAxis = {
  scale: ScaleLinear<number, number>;
  ticks: { value: number; label: string }[];
};

type Step = readonly [factor: number, suffix: string];

const STEPS: Readonly<Record<string, readonly Step[]>> = {
  seconds: [
    [1e-6, ' µs'],
    [1e-3, ' ms'],
    [1, ' s'],
    [60, ' min'],
    [3600, ' h'],
    [86_400, ' d'],
  ],
  bytes: [
    [1, ' B'],
    [1024, ' KiB'],
    [1024 ** 2, ' MiB'],
    [1024 ** 3, ' GiB'],
    [1024 ** 4, ' TiB'],
  ],
  ratio: [[0.01, ' %']],
  count: [
    [1, '/s'],
    [1e3, ' k/s'],
    [1e6, ' M/s'],
  ],
};
const PLAIN: readonly Step[] = [
  [1, ''],
  [1e3, ' k'],
  [1e6, ' M'],
  [1e9, ' G'],
  [1e12, ' T'],
];

/** The largest number is at least 1.5 of the unit, so that ticks are few digits. */
function stepFor(most: number, unit: string | undefined): Step {
  const steps = STEPS[unit ?? ''] ?? PLAIN;
  return steps.findLast(([factor]) => most >= factor * 1.5) ?? steps[0] ?? [1, ''];
}

/**
 * @param extent least and largest value, in the metric's own unit
 * @param range pixels of the least and of the largest
 * @param isFromZero whether zero belongs into the picture
 */
export function valueAxis(
  extent: readonly [number, number],
  range: readonly [number, number],
  unit: string | undefined,
  isFromZero: boolean,
): ValueAxis {
  const low = isFromZero ? Math.min(0, extent[0]) : extent[0];
  const high = isFromZero ? Math.max(0, extent[1]) : extent[1];
  const [factor, suffix] = stepFor(Math.max(Math.abs(low), Math.abs(high)), unit);
  // What differs by less than its own last digits is one level.
  const isFlat = high - low <= Math.max(Math.abs(high), Math.abs(low)) * 1e-9;
  const room = isFlat ? Math.max(Math.abs(high) * 0.1, factor) : 0;
  const inUnit = scaleLinear()
    .domain([(low - (isFromZero && low >= 0 ? 0 : room)) / factor, (high + room) / factor])
    .nice(4);
  const [from = 0, to = 1] = inUnit.domain();
  const format = inUnit.tickFormat(4);
  const ticks = inUnit.ticks(4).map((tick) => ({
    value: tick * factor,
    label: `${format(tick).replace('\u2212', '-')}${tick === 0 ? suffix.replace(/k|M/, '').replace(' /', '/') : suffix}`,
  }));
  return {
    scale: scaleLinear()
      .domain([from * factor, to * factor])
      .range(range),
    ticks,
  };
}
