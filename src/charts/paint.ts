import type { ChartTheme } from '#src/charts/contract.ts';
import { colourOf, PALETTES, type PaintRole } from '#src/charts/palette.ts';

/** Gives elements their colour as presentation attributes, and the class by which a page can change it. */
export type Paint = {
  fill(role: PaintRole): { class: string; fill: string };
  stroke(role: PaintRole): { class: string; fill: string; stroke: string };
};

export function createPaint(theme: ChartTheme): Paint {
  const palette = PALETTES[theme];
  return {
    fill: (role) => ({ class: `chart-fill-${role}`, fill: colourOf(palette, role) }),
    stroke: (role) => ({
      class: `chart-stroke-${role}`,
      fill: 'none',
      stroke: colourOf(palette, role),
    }),
  };
}
