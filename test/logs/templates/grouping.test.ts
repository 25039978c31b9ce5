import { describe, expect, test } from 'vitest';
import { TemplateMiner } from '#src/logs/templates/miner.ts';
import { groupingAccuracy, groupingF1 } from '../../../bench/logs/accuracy.ts';
import { generate } from '../../../bench/logs/corpus/generate.ts';
import { TUNED } from '../../../bench/logs/corpus/registry.ts';
import { PlainDrain } from '../../../bench/logs/plain-drain.ts';

describe('grouping accuracy', () => {
  test('counts a line only when its group holds exactly the lines of its template', () => {
    expect(groupingAccuracy([0, 0, 1, 1], ['a', 'a', 'b', 'b'])).toBe(1);
    expect(groupingAccuracy([0, 0, 1, 1], ['a', 'a', 'b', 'c'])).toBe(0.5);
    expect(groupingAccuracy([0, 0, 1, 1], ['a', 'a', 'a', 'a'])).toBe(0);
    expect(groupingF1([0, 0, 1, 1], ['a', 'a', 'b', 'c'])).toBeCloseTo(0.4);
  });

  test('is far above plain Drain over many systems with one setting', () => {
    let ours = 0;
    let drains = 0;
    for (const style of TUNED) {
      const { messages, truth } = generate(style, 400);
      const miner = new TemplateMiner();
      const drain = new PlainDrain();
      const patterns = messages.map((message) => miner.add(message));
      const mined = miner.finish();
      ours += groupingAccuracy(
        truth,
        patterns.map((pattern) => mined.templateOf(pattern)),
      );
      drains += groupingAccuracy(
        truth,
        messages.map((message) => drain.add(message)),
      );
    }
    expect(ours / TUNED.length).toBeGreaterThan(0.9);
    expect(ours / TUNED.length).toBeGreaterThan(drains / TUNED.length + 0.15);
  });
});
