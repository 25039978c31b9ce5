import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DerivedSignal } from '#src/metrics/contract.ts';
import { detectShift } from '#src/metrics/shift/detect-shift.ts';
import { at, createNoise, type Noise, range, scopeOf } from '../build-series.ts';
import { BASELINE, COUNT, errorSignal, signalOf, trafficSignal } from './build-signal.ts';

const scope = scopeOf(BASELINE, COUNT);
/** What counts as an alarm when a signal is tested alone. */
const ALARM = -4;
const alarms = (signal: DerivedSignal) => {
  const { logP, shift } = detectShift(signal, scope);
  return shift !== null && logP < ALARM;
};

const HEALTHY: Record<string, (noise: Noise) => DerivedSignal> = {
  flat: () => signalOf(range(COUNT, () => 5)),
  white: (noise) => signalOf(range(COUNT, () => 0.1 + 0.01 * noise.normal())),
  skewed: (noise) => signalOf(range(COUNT, () => 0.1 * Math.exp(0.5 * noise.normal()))),
  bursty: (noise) =>
    signalOf(
      range(
        COUNT,
        () =>
          0.05 * (noise.next() < 0.08 ? 5 + 5 * noise.next() : 1) * Math.exp(0.1 * noise.normal()),
      ),
    ),
  wandering: (noise) => {
    let wander = 0;
    return signalOf(
      range(COUNT, () => {
        wander = 0.9 * wander + 0.02 * noise.normal();
        return 0.4 + wander;
      }),
      { signal: 'saturation', facet: 'cpu', unit: 'ratio' },
    );
  },
  seasonal: (noise) => trafficSignal(noise, (i) => 400 * (1 + 0.5 * Math.sin(i / 5))),
  drifting: (noise) => trafficSignal(noise, (i) => 300 * (1 - i / 400)),
  gappy: (noise) =>
    signalOf(
      range(COUNT, () => (noise.next() < 0.3 ? Number.NaN : 0.1 * Math.exp(0.2 * noise.normal()))),
    ),
  quantised: (noise) =>
    signalOf(
      range(COUNT, () => Math.max(0, Math.round(0.6 + 0.7 * noise.normal()))),
      {
        signal: 'saturation',
        facet: 'queue',
        unit: 'none',
      },
    ),
  'sawtooth of a heap': (noise) => {
    let heap = 100;
    return signalOf(
      range(COUNT, () => {
        heap += 4 + noise.normal();
        if (heap > 200) heap = 100;
        return heap;
      }),
      { signal: 'saturation', facet: 'memory', unit: 'bytes' },
    );
  },
  'low traffic with a rare failure': (noise) => errorSignal(noise, 1.5, () => 0.01),
  'sparse errors': (noise) => {
    const signal = trafficSignal(noise, () => 0.05);
    return { ...signal, signal: 'errors', facet: 'error-rate', harm: 'up' };
  },
};

test.each(Object.keys(HEALTHY))('%s noise seldom gives an alarm', (name) => {
  const noise = createNoise(11);
  const found = range(150, () => (alarms(HEALTHY[name]!(noise)) ? 1 : 0)).reduce<number>(
    (a, b) => a + b,
    0,
  );
  expect(found).toBeLessThanOrEqual(6);
});

test('one failure of two requests is no shift, many of many are', () => {
  const noise = createNoise(5);
  const quiet = errorSignal(noise, 1, () => 0);
  quiet.values[150] = 0.5;
  quiet.weights![150] = 2;
  expect(alarms(quiet)).toBe(false);
  const busy = detectShift(
    errorSignal(noise, 300, (i) => (i >= 150 ? 0.1 : 0.002)),
    scope,
  );
  expect(busy.logP).toBeLessThan(-20);
  expect(busy.shift!.onset).toBe(at(150));
});

describe('onset of a clear step', () => {
  const STEPS: Record<string, (noise: Noise, from: number) => DerivedSignal> = {
    latency: (noise, from) =>
      signalOf(range(COUNT, (i) => (i >= from ? 0.4 : 0.1) * Math.exp(0.2 * noise.normal()))),
    errors: (noise, from) => errorSignal(noise, 100, (i) => (i >= from ? 0.2 : 0.01)),
    'lost traffic': (noise, from) => trafficSignal(noise, (i) => (i >= from ? 20 : 200)),
    'gappy latency': (noise, from) =>
      signalOf(
        range(COUNT, (i) =>
          noise.next() < 0.2
            ? Number.NaN
            : (i >= from ? 0.4 : 0.1) * Math.exp(0.1 * noise.normal()),
        ),
      ),
    up: (_, from) =>
      signalOf(
        range(COUNT, (i) => (i >= from ? 0 : 1)),
        { signal: 'up', facet: 'up', unit: 'none', harm: 'down' },
      ),
  };
  test.each(Object.keys(STEPS))('%s: within two samples', (name) => {
    const noise = createNoise(21);
    let close = 0;
    for (let run = 0; run < 40; run += 1) {
      const from = BASELINE + 3 + Math.floor(noise.next() * 40);
      const { shift } = detectShift(STEPS[name]!(noise, from), scope);
      expect(shift?.harmful).toBe(true);
      if (Math.abs(shift!.onset - at(from)) <= 2 * 30_000) close += 1;
      expect(shift!.onsetAfter).toBeLessThan(shift!.onset);
    }
    expect(close).toBeGreaterThanOrEqual(36);
  });
});

test('a ramp is dated where it leaves normal, and later where it hurts', () => {
  const noise = createNoise(8);
  const values = range(
    COUNT,
    (i) => 0.2 + 0.01 * noise.normal() + (i >= 130 ? 0.012 * (i - 129) : 0),
  );
  const { shift } = detectShift(
    signalOf(values, { signal: 'saturation', facet: 'memory', unit: 'ratio' }),
    scope,
  );
  expect(shift).toMatchObject({ shape: 'ramp', direction: 'up', end: null });
  expect(Math.abs(shift!.onset - at(130))).toBeLessThanOrEqual(4 * 30_000);
  expect(shift!.harmAt).toBeGreaterThan(shift!.onset);
});

const shapeOf = (of: (i: number) => number, over: Partial<DerivedSignal> = {}) => {
  const noise = createNoise(4);
  return detectShift(
    signalOf(
      range(COUNT, (i) => of(i) * (1 + 0.02 * noise.normal())),
      over,
    ),
    scope,
  ).shift;
};

test('shapes: spike, drop to zero, oscillation, and whether it is over', () => {
  expect(shapeOf((i) => (i >= 150 && i < 153 ? 9 : 1))).toMatchObject({
    shape: 'spike',
    end: at(153),
  });
  const traffic = {
    signal: 'traffic',
    facet: 'request-rate',
    harm: 'both',
    unit: 'count',
  } as const;
  expect(shapeOf((i) => (i >= 150 ? 0 : 9), traffic)).toMatchObject({
    shape: 'drop-to-zero',
    end: null,
  });
  expect(shapeOf((i) => (i >= 130 && i % 12 < 6 ? 9 : 1))).toMatchObject({ shape: 'oscillation' });
  expect(shapeOf((i) => (i >= 130 && i < 160 ? 9 : 1))).toMatchObject({
    shape: 'step',
    end: at(160),
  });
});

test('a service that falls silent is found, one with a later gap in everything is not', () => {
  const presence = signalOf(
    range(140, () => 1),
    { facet: 'presence', signal: 'up', harm: 'down', unit: 'none' },
  );
  expect(detectShift(presence, scope, at(179)).shift).toMatchObject({
    shape: 'gap',
    onset: at(140),
    onsetAfter: at(139),
  });
  expect(detectShift(presence, scope, at(140)).shift).toBeNull();
});

test('a baseline that holds the beginning of the trouble still dates it', () => {
  const noise = createNoise(9);
  const values = range(COUNT, (i) => (i >= 105 ? 0.5 : 0.1) * Math.exp(0.15 * noise.normal()));
  const { shift } = detectShift(signalOf(values), scope);
  expect(Math.abs(shift!.onset - at(105))).toBeLessThanOrEqual(2 * 30_000);
  expect(shift!.reference).toBeCloseTo(0.1, 1);
});

test('without a baseline, what precedes the window is normal; without that, its quiet part', () => {
  const noise = createNoise(2);
  const values = range(COUNT, (i) => (i >= 150 ? 0.5 : 0.1) * Math.exp(0.15 * noise.normal()));
  const { window } = scope;
  expect(detectShift(signalOf(values), { window }).shift!.onset).toBe(at(150));
  const whole = { start: at(0), end: at(COUNT) };
  const alone = detectShift(signalOf(values), { window: whole }).shift!;
  expect(Math.abs(alone.onset - at(150))).toBeLessThanOrEqual(30_000);
});

test('against a baseline of another day, only what changes in the window is dated', () => {
  const noise = createNoise(6);
  const day = 86_400_000;
  const make = (of: (i: number) => number) => {
    const signal = signalOf(range(COUNT, (i) => of(i) * Math.exp(0.1 * noise.normal())));
    return {
      ...signal,
      times: signal.times.map((time, i) => (i < BASELINE ? time - 40 * day : time)),
    };
  };
  const far = {
    baseline: { start: at(0) - 40 * day, end: at(BASELINE) - 40 * day },
    window: scope.window,
  };
  const other = detectShift(
    make((i) => (i >= BASELINE ? 0.3 : 0.1)),
    far,
  ).shift!;
  expect(other.preexisting).toBe(true);
  const changed = detectShift(
    make((i) => (i >= 150 ? 0.9 : i >= BASELINE ? 0.3 : 0.1)),
    far,
  ).shift!;
  expect(changed).toMatchObject({ preexisting: false, onset: at(150) });
});

test('hostile values and times neither throw nor hang', () => {
  const number = fc.oneof(
    fc.double(),
    fc.constantFrom(0, 1, Number.NaN, Infinity, -Infinity, 1e308, -1e308, 5e-324),
  );
  const models = fc.constantFrom('level', 'count', 'proportion');
  fc.assert(
    fc.property(
      fc.array(number, { maxLength: 200 }),
      fc.array(number, { maxLength: 200 }),
      models,
      (values, weights, model) => {
        const padded = Float64Array.from(values, (_, i) => weights[i] ?? 1);
        const { logP, shift } = detectShift(signalOf(values, { model, weights: padded }), scope);
        expect(logP).toBeLessThanOrEqual(0);
        if (shift !== null) expect(shift.onset).toBeGreaterThan(0);
      },
    ),
    { numRuns: 400 },
  );
});
