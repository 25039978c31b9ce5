import { loadRasterizer } from '#src/charts/chart-png.ts';
import { chartSvg } from '#src/charts/chart-svg.ts';
import { chartAltText } from '#src/charts/describe-chart.ts';
import type { DrawOnset } from '#src/notify/contract.ts';

/** As wide as mails are read on a desk; phones scale it. */
const WIDTH = 600;
const HEIGHT = 240;

/** The onset as a picture for a mail: light, since mail readers put it on paper of their own. */
export const drawOnset: DrawOnset = async ({ signal, marks }) => {
  const rasterize = await loadRasterizer();
  const svg = chartSvg(signal, marks, { width: WIDTH, height: HEIGHT, theme: 'light' });
  return { png: rasterize(svg), alt: chartAltText(signal, marks), width: WIDTH, height: HEIGHT };
};
