import type { ChartMark } from '#src/charts/contract.ts';
import { clock } from '#src/charts/describe-chart.ts';
import { parseTime } from '#src/domain/time.ts';
import { oneLine } from '#src/platform/sanitize.ts';
import { displayWidth, truncate } from '#src/platform/terminal-text.ts';

/** A mark with the row and the side of its label. */
export type PlacedMark = {
  mark: ChartMark;
  x: number;
  row: number;
  text: string;
  side: 'right' | 'left';
};

/** Width of a character of the 11 pixel labels, with some room. */
const CHARACTER = 6.6;
const GAP = 10;
const LONGEST = 44;

/** Width that a text takes in the labels, in pixels, roughly. */
export function labelWidth(text: string): number {
  return displayWidth(text) * CHARACTER;
}

/**
 * Puts labels into rows so that none covers another: from left to right, each into the first row
 * that has room, on the right of its line where that fits, else on the left.
 * @param right edge of the picture, pixels
 */
export function placeLabels(
  marks: readonly ChartMark[],
  xOf: (millis: number) => number,
  left: number,
  right: number,
): PlacedMark[] {
  const rows: [from: number, to: number][][] = [];
  return marks.map((mark) => {
    const millis = parseTime(mark.at) ?? 0;
    const x = Math.min(right, Math.max(left, xOf(millis)));
    const time = clock(millis);
    const whole = `${truncate(oneLine(mark.label), LONGEST - time.length - 1)} ${time}`;
    const side = x + labelWidth(whole) + GAP <= right || right - x >= x ? 'right' : 'left';
    // Labels may reach over the scale on the left, which ends below them.
    const room = Math.floor(((side === 'right' ? right - x : x) - GAP) / CHARACTER);
    const text = `${truncate(oneLine(mark.label), Math.min(LONGEST, room) - time.length - 1)} ${time}`;
    const width = labelWidth(text) + GAP;
    const span: [number, number] = side === 'right' ? [x - 6, x + width] : [x - width, x + 6];
    const row = freeRow(rows, span);
    rows[row] = [...(rows[row] ?? []), span];
    return { mark, x, row, text, side };
  });
}

function freeRow(rows: readonly [number, number][][], [from, to]: [number, number]): number {
  const row = rows.findIndex((taken) => taken.every(([start, end]) => to < start || from > end));
  return row < 0 ? rows.length : row;
}
