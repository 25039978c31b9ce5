import { describe, expect, it } from 'vitest';
import type { Symptom } from '#src/changes/classify/symptoms.ts';
import { rootSymptoms } from '#src/changes/seen/root-symptoms.ts';

const seen = (symptom: Symptom, weight: number) => ({
  ...{ symptom, weight, services: new Set(['shop']) },
  cite: { kind: 'log' as const, id: null },
});
const telling = (all: readonly ReturnType<typeof seen>[], symptom: Symptom): number =>
  rootSymptoms(all).find((one) => one.symptom === symptom)?.telling ?? 0;

describe('rootSymptoms', () => {
  it('counts slowness less where an exhausted pool explains it', () => {
    const alone = telling([seen('latency', 0.9)], 'latency');
    const explained = telling([seen('latency', 0.9), seen('connections', 0.9)], 'latency');
    expect(explained).toBeLessThan(alone * 0.5);
  });

  it('leaves a symptom whole that nothing else explains', () => {
    const pair = [seen('disk', 0.8), seen('memory', 0.8)];
    expect(telling(pair, 'disk')).toBe(telling([seen('disk', 0.8)], 'disk'));
  });

  it('counts what any failure shows less than what only some do', () => {
    const pair = [seen('server-errors', 0.8), seen('rate-limited', 0.8)];
    expect(telling(pair, 'server-errors')).toBeLessThan(telling(pair, 'rate-limited'));
  });
});
