import { describe, expect, it } from 'vitest';
import type { Facts } from '#src/analysis/facts/contract.ts';
import { onsetByTraces } from '#src/analysis/triage/onset-by-traces.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 2, 1, 12, 0, second)).toISOString();

type Seen = { count: number; first: number; last: number; service?: string };

/** Facts with logs from second 0 on, a window from second 0 on, and these traces. */
function facts(...traces: Seen[]): Facts {
  return {
    bundle: { logs: [{ timestamp: at(0), service: 'shop', line: 'ready' }] },
    subject: { window: { start: Date.parse(at(0)), end: Date.parse(at(600)) } },
    logs: {
      traces: traces.map(({ count, first, last, service = 'shop' }, index) => ({
        id: `T${index}`,
        service,
        count,
        first: at(first),
        last: at(last),
      })),
    },
  } as unknown as Facts;
}

const secondOf = (found: number | null): number | null =>
  found === null ? null : (found - Date.parse(at(0))) / 1000;

describe('the onset by stack traces', () => {
  it('is the first of the most frequent one that is new', () => {
    const often = { count: 60, first: 30, last: 90 };
    expect(secondOf(onsetByTraces(facts({ count: 3, first: 20, last: 22 }, often), 'shop'))).toBe(
      30,
    );
  });

  it('is not known where the quiet before is no longer than usual pauses', () => {
    expect(onsetByTraces(facts({ count: 4, first: 30, last: 90 }), 'shop')).toBeNull();
  });

  it('is not known from few, nor from those of others', () => {
    expect(onsetByTraces(facts({ count: 2, first: 300, last: 301 }), 'shop')).toBeNull();
    const other = { count: 60, first: 30, last: 90, service: 'bank' };
    expect(onsetByTraces(facts(other), 'shop')).toBeNull();
    expect(onsetByTraces(facts(other), 'bank')).toBeNull();
  });
});
