import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstOutside, type Hours, isWithin, zoneClock } from '#src/notify/plan/hours.ts';
import { isLike } from '#src/notify/plan/match.ts';

const at = (time: string): number => Date.parse(time);
const UTC = zoneClock('UTC');
const NIGHT: Hours = { from: '22:00', to: '07:00' };

describe('hours', () => {
  it('reach over midnight, on the clock of their zone', () => {
    const cases: [string, string, boolean][] = [
      ['2026-01-01T21:59:59Z', 'UTC', false],
      ['2026-01-01T22:00:00Z', 'UTC', true],
      ['2026-01-02T06:59:59Z', 'UTC', true],
      ['2026-01-02T07:00:00Z', 'UTC', false],
      ['2026-01-01T21:30:00Z', 'Europe/Berlin', true],
      ['2026-01-02T06:30:00Z', 'Europe/Berlin', false],
      ['2026-01-01T16:45:00Z', 'Asia/Kolkata', true],
    ];
    for (const [time, zone, holds] of cases)
      expect(isWithin(NIGHT, at(time), zoneClock(zone))).toBe(holds);
  });

  it('belong to the day on which they begin', () => {
    const weekend: Hours = { days: ['fri'], from: '18:00', to: '08:00' };
    expect(isWithin(weekend, at('2026-01-02T19:00:00Z'), UTC)).toBe(true);
    expect(isWithin(weekend, at('2026-01-03T07:00:00Z'), UTC)).toBe(true);
    expect(isWithin(weekend, at('2026-01-02T07:00:00Z'), UTC)).toBe(false);
    const sunday: Hours = { days: ['sat', 'sun'], from: '00:00', to: '00:00' };
    expect(firstOutside([sunday], at('2026-01-03T10:00:00Z'), UTC)).toBe(
      at('2026-01-05T00:00:00Z'),
    );
  });

  it('end at the minute on the clock, also in the nights when it is changed', () => {
    const ends: [string, string][] = [
      ['2026-01-01T23:10:30Z', '2026-01-02T06:00:00Z'],
      // Forward on 2026-03-29 at 02:00, back on 2026-10-25 at 03:00.
      ['2026-03-28T22:00:00Z', '2026-03-29T05:00:00Z'],
      ['2026-10-24T21:00:00Z', '2026-10-25T06:00:00Z'],
    ];
    for (const [from, to] of ends) {
      expect(firstOutside([NIGHT], at(from), zoneClock('Europe/Berlin'))).toBe(at(to));
    }
  });

  it('never end inside of themselves, and never before they were asked for', () => {
    const minute = fc.integer({ min: 0, max: 1439 }).map((each) => {
      const two = (value: number): string => String(value).padStart(2, '0');
      return `${two(Math.floor(each / 60))}:${two(each % 60)}`;
    });
    const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe');
    const moment = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2026-12-31T00:00:00Z') });
    fc.assert(
      fc.property(minute, minute, moment, zone, (from, to, now, name) => {
        const hours = { from, to };
        const clock = zoneClock(name);
        const end = firstOutside([hours], now, clock);
        if (end === null) expect(from).toBe(to);
        else {
          expect(end).toBeGreaterThanOrEqual(now);
          expect(isWithin(hours, end, clock)).toBe(false);
          if (end > now) expect(isWithin(hours, end - 1, clock)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('patterns of services', () => {
  it('match by any characters at the stars', () => {
    expect(isLike('payments-eu', 'payments-*')).toBe(true);
    expect(isLike('payments', 'payments-*')).toBe(false);
    expect(isLike('a-payments-b', '*payments*')).toBe(true);
    expect(isLike('ab', 'ab*b')).toBe(false);
    expect(isLike('anything', '*')).toBe(true);
    expect(isLike('(a+)+', '(a+)+')).toBe(true);
  });
});
