import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createHeaderReader } from '#src/logs/records/header.ts';
import { learnLayout } from '#src/logs/records/layout.ts';
import { generate } from '../../../bench/logs/corpus/generate.ts';
import { TUNED } from '../../../bench/logs/corpus/registry.ts';

/** Heads that end where the message begins in all but a few lines; the rest is not head but a column of text. */
const TEXT_COLUMNS = new Set([
  'servicing',
  'cluster-state',
  'batch-ledger',
  'trading-venue',
  'booking-dotnet',
]);

describe('learnLayout', () => {
  const styles = TUNED.filter(({ name, wrap }) => !wrap && !TEXT_COLUMNS.has(name));

  test.each(styles.map((style) => [style.name, style] as const))(
    'finds the head of %s',
    (_name, style) => {
      const { lines, messages } = generate(style, 200);
      const layout = learnLayout(lines);
      const read = createHeaderReader(layout);
      const right = lines.filter(
        (line, index) => line.slice(read(line).start) === messages[index]?.trimStart(),
      ).length;
      expect(layout.timed).toBe(true);
      expect(right / lines.length).toBeGreaterThan(0.97);
    },
  );

  test('leaves lines without any head alone', () => {
    const lines = Array.from(
      { length: 50 },
      (_, i) => ['building the thing', 'linking it', `done with part ${i}`][i % 3] ?? '',
    );
    const layout = learnLayout(lines);
    expect(layout).toMatchObject({ timed: false, steps: [] });
  });

  test('never cuts beyond a line and never fails', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 80, unit: 'binary' }), { maxLength: 40 }),
        (lines) => {
          const read = createHeaderReader(learnLayout(lines));
          for (const line of lines) expect(read(line).start).toBeLessThanOrEqual(line.length);
        },
      ),
      { numRuns: 40 },
    );
  });
});
