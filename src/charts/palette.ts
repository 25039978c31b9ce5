import type { ChartMarkKind, ChartTheme } from '#src/charts/contract.ts';

/**
 * Colours that colour-blind readers can tell apart: Okabe and Ito, "Color Universal Design" (2008),
 * https://jfly.uni-koeln.de/color/. On dark paper the two dark ones are exchanged for lighter ones
 * of the same set. Nothing is told by colour alone: each mark has its own shape and its words.
 */
export type Palette = {
  paper: string;
  text: string;
  faint: string;
  grid: string;
  line: string;
  band: string;
  marks: Readonly<Record<ChartMarkKind, string>>;
};

export const PALETTES: Readonly<Record<ChartTheme, Palette>> = {
  light: {
    paper: '#ffffff',
    text: '#1a1a1a',
    faint: '#595959',
    grid: '#e3e3e3',
    line: '#0072b2',
    band: '#009e73',
    marks: {
      onset: '#d55e00',
      deploy: '#1a1a1a',
      flag: '#a8558b',
      alert: '#d55e00',
      event: '#595959',
    },
  },
  dark: {
    paper: '#161a1f',
    text: '#f0f0f0',
    faint: '#b4b9bf',
    grid: '#343a41',
    line: '#56b4e9',
    band: '#009e73',
    marks: {
      onset: '#e69f00',
      deploy: '#f0f0f0',
      flag: '#cc79a7',
      alert: '#e69f00',
      event: '#b4b9bf',
    },
  },
};

/** A class of what is drawn, by which a page can give it the colour of another background. */
export type PaintRole = 'paper' | 'text' | 'faint' | 'grid' | 'line' | 'band' | ChartMarkKind;

export function colourOf(palette: Palette, role: PaintRole): string {
  return role in palette.marks
    ? palette.marks[role as ChartMarkKind]
    : (palette[role as keyof Omit<Palette, 'marks'>] as string);
}

const ROLES: readonly PaintRole[] = [
  'paper',
  'text',
  'faint',
  'grid',
  'line',
  'band',
  'onset',
  'deploy',
  'flag',
  'alert',
  'event',
];

/**
 * Rules for a page's style sheet that turn light charts of the page into those of another theme:
 * presentation attributes, which the charts carry, are weaker than any rule.
 * @param scope selector of the element around the charts, e.g. `figure`
 */
export function chartCss(theme: ChartTheme, scope: string): string {
  const palette = PALETTES[theme];
  return ROLES.map((role) => {
    const colour = colourOf(palette, role);
    return `${scope} .chart-fill-${role}{fill:${colour}}${scope} .chart-stroke-${role}{stroke:${colour}}`;
  }).join('');
}
