import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { loadRasterizer } from '#src/charts/chart-png.ts';
import { chartSvg } from '#src/charts/chart-svg.ts';
import { asSignal, type ChartMark, type SignalEvidence } from '#src/charts/contract.ts';
import { chartAltText } from '#src/charts/describe-chart.ts';
import { marksFor } from '#src/charts/marks.ts';
import { chartCss, PALETTES } from '#src/charts/palette.ts';
import { placeLabels } from '#src/charts/place-labels.ts';
import { normalBand, thinned } from '#src/charts/samples.ts';
import type { Evidence } from '#src/domain/evidence.ts';

vi.setConfig({ testTimeout: 60_000 });

const START = Date.parse('2026-03-01T14:00:00Z') / 1000;
const window = { start: '2026-03-01T14:00:00Z', end: '2026-03-01T15:00:00Z' };

function signal(values: (number | null)[], over: Partial<SignalEvidence['data']> = {}) {
  const evidence: Evidence = {
    id: 'M1',
    kind: 'metric',
    source: 'prometheus',
    query: 'q',
    window,
    service: 'orders',
    summary: '',
    data: {
      type: 'series',
      metric: { __name__: 'requests_total' },
      points: values.map((value, at) => [START + at * 60, value] as [number, number | null]),
      unit: 'ratio',
      derived: 'error ratio',
      ...over,
    },
  };
  const drawn = asSignal(evidence);
  if (!drawn) throw new Error('not a signal');
  return drawn;
}

const broken = signal([0.001, 0.001, 0.001, 0.002, 0.001, 0.001, 0.2, 0.23, 0.23, 0.22], {
  baseline: 0.001,
  peak: 0.23,
  onset: '2026-03-01T14:06:00Z',
});
const deploy: ChartMark = {
  at: '2026-03-01T14:05:00Z',
  kind: 'deploy',
  label: 'deploy orders 2.0',
};

/** What is not XML: tags that do not close in order, bare `<`, `&` or quotes in attributes. */
function flaw(svg: string): string | null {
  const open: string[] = [];
  const part = /([^<>&]+|&(?:amp|lt|gt|quot|#39);)|<(\/?)([a-z]+)((?: [\w:-]+="[^"<]*")*)(\/?)>/giy;
  while (part.lastIndex < svg.length) {
    const start = part.lastIndex;
    const found = part.exec(svg);
    if (!found) return svg.slice(start, start + 80);
    const [, text, isEnd, name = '', , isEmpty] = found;
    if (text !== undefined) continue;
    if (isEnd && open.pop() !== name) return `</${name}> does not end what is open`;
    if (!isEnd && !isEmpty) open.push(name);
  }
  return open.length > 0 ? `${open.join(' ')} left open` : null;
}

test('a chart says in words what it shows', () => {
  expect(chartAltText(broken, [deploy])).toBe(
    'orders error ratio (requests_total) rose from 0.1 % to 23 % at 14:06 UTC; ' +
      'deploy orders 2.0 at 14:05, 1m before it. Shown: 2026-03-01 14:00 to 14:09 UTC.',
  );
  const svg = chartSvg(broken, [deploy]);
  expect(svg).toContain('role="img"');
  expect(svg).toContain('aria-label="orders error ratio');
  expect(svg).toContain('>deploy orders 2.0 14:05<');
  expect(flaw(svg)).toBeNull();
});

test('a chart has nothing that a strict page would refuse, and no ids that could clash', () => {
  const svg = chartSvg(broken, [deploy]);
  expect(svg).not.toMatch(/ style=|<style|<script|\bid=|href|url\(/);
});

test('the same data gives the same bytes, as SVG and as PNG', async () => {
  const draw = await loadRasterizer();
  const once = chartSvg(broken, [deploy]);
  chartSvg(broken, [], { theme: 'dark' });
  const again = chartSvg(structuredClone(broken) as SignalEvidence, [{ ...deploy }]);
  expect(again).toBe(once);
  const png = draw(once);
  expect(Buffer.from(draw(again)).equals(Buffer.from(png))).toBe(true);
  expect([...png.slice(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
  expect(Buffer.from(png).readUInt32BE(16)).toBe(1440);
});

test('hostile names and labels are inert', async () => {
  const draw = await loadRasterizer();
  const evil = `</title><script>alert("1")</script>\u202e\u0000&amp;'`;
  const svg = chartSvg(
    signal([1, 2, 3], { metric: { __name__: evil }, derived: evil, unit: evil }),
    [{ at: '2026-03-01T14:01:00Z', kind: 'event', label: evil }],
  );
  expect(svg).not.toContain('<script');
  expect(svg).not.toContain('\u202e');
  expect(flaw(svg)).toBeNull();
  expect(draw(svg).length).toBeGreaterThan(1000);
});

test('any series and any marks give a well-formed picture without NaN', () => {
  const value = fc.oneof(
    fc.constant(null),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
    fc.constant(0),
  );
  const mark = fc.record({
    at: fc.oneof(
      fc.integer({ min: -2000, max: 8000 }).map((s) => new Date((START + s) * 1000).toISOString()),
      fc.constant('not a time'),
    ),
    kind: fc.constantFrom<ChartMark['kind']>('onset', 'deploy', 'flag', 'alert', 'event'),
    label: fc.string({ unit: 'binary', maxLength: 60 }),
  });
  fc.assert(
    fc.property(
      fc
        .array(value, { minLength: 2, maxLength: 60 })
        .filter((all) => all.filter((v) => v !== null).length > 1),
      fc.array(mark, { maxLength: 7 }),
      fc.constantFrom('ratio', 'seconds', 'bytes', 'count', undefined),
      fc.integer({ min: 200, max: 1200 }),
      (values, marks, unit, width) => {
        const svg = chartSvg(signal(values, unit === undefined ? {} : { unit }), marks, { width });
        expect(/NaN|Infinity|undefined/.exec(svg)?.[0]).toBeUndefined();
        expect(flaw(svg)).toBeNull();
      },
    ),
    {
      numRuns: 60,
      examples: [
        [[-5e-324, 5e-324, 0], [], 'ratio', 200],
        [[1e300, -1e300], [], undefined, 720],
        [[1e15, 1e15 + 0.125], [], 'bytes', 720],
      ],
    },
  );
});

test('labels of marks never cover one another', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 7 }), (seconds) => {
      const marks = seconds
        .sort((a, b) => a - b)
        .map((s) => ({ ...deploy, at: new Date((START + s) * 1000).toISOString() }));
      const placed = placeLabels(marks, (millis) => 50 + millis / 1000 - START, 50, 650);
      const spans = placed.map(({ x, text, side, row }) => {
        const width = text.length * 6.6;
        return {
          row,
          from: side === 'right' ? x : x - width,
          to: side === 'right' ? x + width : x,
        };
      });
      for (const [at, a] of spans.entries()) {
        for (const b of spans.slice(at + 1)) {
          expect(a.row !== b.row || a.to <= b.from || b.to <= a.from).toBe(true);
        }
      }
    }),
    { numRuns: 100 },
  );
});

test('a hundred thousand samples stay small and keep their one spike', () => {
  const many = signal(Array.from({ length: 100_000 }, (_, at) => (at === 54_321 ? 9 : 1)));
  expect(thinned(many.data.points, 720).length).toBeLessThan(720 * 5);
  expect(thinned(many.data.points, 720).some(([, value]) => value === 9)).toBe(true);
  expect(chartSvg(many, []).length).toBeLessThan(100_000);
});

test('normal is what most samples before the onset were', () => {
  const points = [1, 2, 3, 4, 5, 6, 7, 8, 9, 100].map((v, at) => [at, v] as const);
  expect(normalBand(points, 9)).toEqual([1, 9]);
  expect(normalBand(points, 4)).toBeNull();
});

test('marks are the deploys, flags, alerts and events near the onset, oldest first', () => {
  const at = (id: string, data: Evidence['data']): Evidence => ({ ...broken, id, data });
  const evidence = [
    broken,
    at('C1', {
      type: 'change',
      change: {
        type: 'deploy',
        timestamp: deploy.at,
        service: 'orders',
        commit: 'abc',
        version: '2.0',
      },
    }),
    at('C2', {
      type: 'change',
      change: {
        type: 'flag',
        timestamp: '2026-03-01T14:02:00Z',
        name: 'fast',
        from: 'off',
        to: 'on',
      },
    }),
    at('E1', {
      type: 'event',
      event: { timestamp: '2026-02-01T00:00:00Z', source: 'x', title: 'long ago' },
    }),
  ];
  expect(marksFor(broken, evidence).map(({ label }) => label)).toEqual([
    'flag fast → on',
    'deploy orders 2.0',
    'onset',
  ]);
});

test('fewer than two samples are no picture', () => {
  expect(
    asSignal({
      ...broken,
      data: {
        ...broken.data,
        points: [
          [START, 1],
          [START + 60, null],
        ],
      },
    }),
  ).toBeNull();
});

test('words keep a contrast of 4.5 to 1 on their paper', () => {
  for (const palette of Object.values(PALETTES)) {
    for (const colour of [palette.text, palette.faint]) {
      expect(contrast(colour, palette.paper)).toBeGreaterThanOrEqual(4.5);
    }
    for (const colour of [palette.line, ...Object.values(palette.marks)]) {
      expect(contrast(colour, palette.paper)).toBeGreaterThanOrEqual(3);
    }
  }
  // Every colour of a chart hangs on a class, so that a page can change it.
  for (const [tag] of chartSvg(broken, [deploy]).matchAll(
    /<(?:path|rect|line|text|circle)[^>]*>/g,
  )) {
    if (/ fill="#/.test(tag)) expect(tag).toMatch(/class="[^"]*chart-fill-/);
    if (/ stroke="#/.test(tag)) expect(tag).toMatch(/class="[^"]*chart-stroke-/);
  }
  expect(chartCss('dark', 'figure')).toContain('figure .chart-fill-text{fill:#f0f0f0}');
});

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
