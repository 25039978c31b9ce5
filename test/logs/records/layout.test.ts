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

/** Lines that tell the seconds since the machine started, which is no time of day. */
const UPTIMES = new Set(['kernel']);

describe('learnLayout', () => {
  const styles = TUNED.filter(({ name, wrap }) => !wrap && !TEXT_COLUMNS.has(name));

  test.each(styles.map((style) => [style.name, style] as const))(
    'finds the head of %s',
    (name, style) => {
      const { lines, messages } = generate(style, 200);
      const layout = learnLayout(lines);
      const read = createHeaderReader(layout);
      const right = lines.filter(
        (line, index) => line.slice(read(line).start) === messages[index]?.trimStart(),
      ).length;
      expect(layout.timed).toBe(!UPTIMES.has(name));
      expect(right / lines.length).toBeGreaterThan(0.97);
    },
  );

  test.each([
    ['bare', ''],
    ['behind a container name', 'web-1 | '],
    ['behind a process', 'web-1 nginx: '],
  ])('leaves the request of an access line in its message, %s', (_name, before) => {
    const lines = Array.from(
      { length: 60 },
      (_, i) =>
        `${before}10.1.${i % 7}.${i} - - [03/Mar/2026:10:${String(i % 60).padStart(2, '0')}:01 +0000] "${['GET', 'PUT'][i % 2]} /orders/${i} HTTP/1.1" ${[200, 500][i % 2]} ${i * 37}`,
    );
    const line = lines[5] ?? '';
    const read = createHeaderReader(learnLayout(lines));
    expect(line.slice(read(line).start)).toBe('"PUT /orders/5 HTTP/1.1" 500 185');
  });

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
