import { describe, expect, it } from 'vitest';
import type { StackTrace } from '#src/domain/stack-trace.ts';
import { createStyle } from '#src/platform/style.ts';
import { displayWidth } from '#src/platform/terminal-text.ts';
import { renderTraces, type TraceView } from '#src/stacktrace/view/terminal.ts';

const trace = (id: string, more: Partial<StackTrace> = {}): StackTrace => ({
  id,
  service: 'shop',
  language: 'python',
  type: 'RuntimeError',
  message: 'wrapped',
  count: 3,
  first: '2026-01-02T03:04:05Z',
  last: '2026-01-02T03:14:05Z',
  frames: [{ file: '/app/src/shop/outer.py', line: 9, function: 'outer', inApp: true }],
  causes: [],
  ...more,
});

const view = (more: Partial<TraceView> = {}): TraceView => ({
  stackTraces: [
    trace('K1', {
      causes: [
        trace('K1', {
          type: 'KeyError',
          message: `'${'very long '.repeat(40)}'`,
          frames: [
            {
              file: '/usr/lib/python3.11/json/decoder.py',
              line: 3,
              function: 'decode',
              inApp: false,
            },
            {
              file: `/app/src/${'deep/'.repeat(20)}inner.py`,
              line: 4,
              function: 'inner_function_with_a_rather_long_name',
              inApp: true,
            },
          ],
        }),
      ],
    }),
    trace('K2', { count: 40 }),
  ],
  locations: [
    {
      file: `src/${'deep/'.repeat(20)}inner.py`,
      line: 4,
      function: 'inner_function_with_a_rather_long_name',
      score: 0.93,
    },
  ],
  commits: [
    {
      sha: 'a'.repeat(40),
      score: 0.61,
      reasons: [
        'last changed src/inner.py:4, where KeyError comes from, and much more is said here to be wrapped',
      ],
    },
  ],
  notes: new Map([
    [
      'a'.repeat(40),
      {
        timestamp: '2026-01-01T00:00:00Z',
        author: 'Ann',
        subject: `Speed\u001b[31m up ${'everything '.repeat(20)}`,
      },
    ],
  ]),
  hasRepository: true,
  ...more,
});

describe('stack traces on a terminal', () => {
  it.each([60, 80, 200])('are no wider than %d columns', (columns) => {
    for (const line of renderTraces(view(), { columns, style: createStyle(false) }).split('\n')) {
      expect(displayWidth(line)).toBeLessThanOrEqual(Math.min(columns, 100));
    }
  });

  it('tell the most frequent first, the innermost cause first, and where it comes from', () => {
    const text = renderTraces(view(), { columns: 80, style: createStyle(false) });
    expect(text.indexOf('K2')).toBeLessThan(text.indexOf('K1 '));
    expect(text.indexOf('KeyError')).toBeLessThan(text.indexOf('became RuntimeError: wrapped'));
    expect(text).toContain('2 stack traces, 43 times');
    expect(text).toContain(' 93%');
    expect(text).toContain('aaaaaaaaaa  2026-01-01  Speed up');
    expect(text).not.toContain('\u001b');
  });

  it('say so when there is nothing', () => {
    const style = createStyle(false);
    expect(renderTraces(view({ stackTraces: [] }), { columns: 80, style })).toBe(
      'No stack traces.\n',
    );
    const empty = renderTraces(view({ locations: [], commits: [] }), { columns: 80, style });
    expect(empty).toContain('No frame lies in the repository.');
    expect(renderTraces(view({ hasRepository: false }), { columns: 80, style })).not.toContain(
      'Suspect',
    );
  });
});
