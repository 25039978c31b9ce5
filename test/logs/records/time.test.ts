import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTimePlacer } from '#src/logs/records/time/place-time.ts';
import { readEpoch, readGlogTime, readTime } from '#src/logs/records/time/read-time.ts';

const REFERENCE = Date.UTC(2024, 2, 1);
const place = createTimePlacer({ reference: REFERENCE });

function read(text: string): { at: string | null; rest: string } | null {
  const time = readTime(Buffer.from(text), 0);
  if (!time) return null;
  const at = place(time);
  return { at: at === null ? null : new Date(at).toISOString(), rest: text.slice(time.end) };
}

const MILLIS = '2024-01-02T03:04:05.678Z';
const WHOLE = '2024-01-02T03:04:05.000Z';

describe('readTime', () => {
  test.each([
    ['2024-01-02T03:04:05.678Z|', MILLIS],
    ['2024-01-02T03:04:05.678912345Z|', MILLIS],
    ['2024-01-02 03:04:05,678|', MILLIS],
    ['2024-01-02T05:04:05.678+02:00|', MILLIS],
    ['2024-01-01T22:04:05.678-0500|', MILLIS],
    ['2024-01-02 04:04:05.678 CET|', MILLIS],
    ['2024-01-02 03:04:05.678 UTC|', MILLIS],
    ['2024-01-02T03:04:05|', WHOLE],
    ['2024/01/02 03:04:05|', WHOLE],
    ['2024.01.02 03:04:05|', WHOLE],
    ['2024-01-02-03.04.05.678912|', MILLIS],
    ['2024-01-02_03:04:05|', WHOLE],
    ['20240102-03:04:05:678|', MILLIS],
    ['20240102T030405Z|', WHOLE],
    ['20240102 030405|', WHOLE],
    ['240102 030405|', WHOLE],
    ['24/01/02 03:04:05|', WHOLE],
    ['01/02/2024 03:04:05|', WHOLE],
    ['1/2/2024 3:04:05 AM|', WHOLE],
    ['01/02/2024, 03:04:05|', WHOLE],
    ['02.01.2024 03:04:05|', WHOLE],
    ['01-02 03:04:05.678|', MILLIS],
    ['01.02 03:04:05|', WHOLE],
    ['Jan  2 03:04:05|', WHOLE],
    ['Jan 02 03:04:05.678|', MILLIS],
    ['Jan 2 2024 03:04:05|', WHOLE],
    ['Jan 02, 2024 3:04:05 AM|', WHOLE],
    ['Tue Jan 02 03:04:05 2024|', WHOLE],
    ['Tue Jan 02 03:04:05.678901 2024|', MILLIS],
    ['Tue Jan  2 03:04:05 UTC 2024|', WHOLE],
    ['Tue, 02 Jan 2024 03:04:05 GMT|', WHOLE],
    ['02/Jan/2024:03:04:05 +0000|', WHOLE],
    ['02-Jan-2024 03:04:05.678|', MILLIS],
    ['02 Jan 2024 03:04:05.678|', MILLIS],
    ['2024-Jan-02 03:04:05|', WHOLE],
  ])('%s', (text, at) => {
    expect(read(text)).toEqual({ at, rest: '|' });
  });

  test('tells the afternoon', () => {
    expect(read('1/2/2024 3:04:05 PM')?.at).toBe('2024-01-02T15:04:05.000Z');
    expect(read('1/2/2024 12:04:05 AM')?.at).toBe('2024-01-02T00:04:05.000Z');
    expect(read('1/2/2024 12:04:05 PM')?.at).toBe('2024-01-02T12:04:05.000Z');
  });

  test('takes the European order where the US one is impossible', () => {
    expect(read('31/01/2024 03:04:05')?.at).toBe('2024-01-31T03:04:05.000Z');
  });

  test.each([
    '10.0.0.1:80',
    '1.2.3',
    '2024',
    '24/01/02',
    '12:30',
    '99:99:99',
    '2024-13-01 00:00:00',
    '2024-01-32 00:00:00',
    'January',
    'Jan',
    '123456',
    'Monday',
    '',
    '::',
    '1/2',
  ])('%s is no time', (text) => {
    expect(read(text)).toBeNull();
  });

  test('places a clock without a date on the day of the reference, not after it', () => {
    const at = createTimePlacer({ reference: Date.UTC(2024, 2, 1, 12) });
    const clock = readTime(Buffer.from('11:00:00'), 0);
    const later = readTime(Buffer.from('23:00:00'), 0);
    expect(clock && at(clock)).toBe(Date.UTC(2024, 2, 1, 11));
    expect(later && at(later)).toBe(Date.UTC(2024, 1, 29, 23));
  });

  test('infers the year from the reference', () => {
    const december = readTime(Buffer.from('Dec 31 23:59:59'), 0);
    const january = readTime(Buffer.from('Jan  1 00:00:01'), 0);
    const leap = readTime(Buffer.from('Feb 29 12:00:00'), 0);
    const at = createTimePlacer({ reference: Date.UTC(2023, 0, 1, 6) });
    expect(december && at(december)).toBe(Date.UTC(2022, 11, 31, 23, 59, 59));
    expect(january && at(january)).toBe(Date.UTC(2023, 0, 1, 0, 0, 1));
    expect(leap && at(leap)).toBe(Date.UTC(2020, 1, 29, 12));
    expect(december && createTimePlacer({})(december)).toBeNull();
  });

  test('takes the zone of the registry, with its summer time, where none is written', () => {
    const zurich = createTimePlacer({ timeZone: 'Europe/Zurich' });
    const winter = readTime(Buffer.from('2024-01-02 03:04:05'), 0);
    const summer = readTime(Buffer.from('2024-07-02 03:04:05'), 0);
    const named = readTime(Buffer.from('2024-07-02 03:04:05Z'), 0);
    expect(winter && zurich(winter)).toBe(Date.UTC(2024, 0, 2, 2, 4, 5));
    expect(summer && zurich(summer)).toBe(Date.UTC(2024, 6, 2, 1, 4, 5));
    expect(named && zurich(named)).toBe(Date.UTC(2024, 6, 2, 3, 4, 5));
    expect(winter && createTimePlacer({ timeZone: 'Nowhere/At_All' })(winter)).toBe(
      Date.UTC(2024, 0, 2, 3, 4, 5),
    );
  });

  test('reads back every time that toISOString writes', () => {
    const dates = fc.date({
      min: new Date('1990-01-01'),
      max: new Date('2090-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(dates, (date) => {
        expect(read(`${date.toISOString()} x`)).toEqual({ at: date.toISOString(), rest: ' x' });
      }),
    );
  });

  test('does not fail on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(50), (bytes, at) => {
        const time = readTime(bytes, at);
        if (time) expect(time.end).toBeLessThanOrEqual(bytes.length);
        readEpoch(bytes, at);
        readGlogTime(bytes, at);
      }),
    );
  });
});

describe('readEpoch', () => {
  test.each([
    ['1704164645', '2024-01-02T03:04:05.000Z'],
    ['1704164645.678', MILLIS],
    ['1704164645678', MILLIS],
    ['1704164645678912', MILLIS],
    ['1704164645678912345', MILLIS],
  ])('%s', (text, at) => {
    const time = readEpoch(Buffer.from(text), 0);
    expect(time && new Date(place(time) ?? 0).toISOString()).toBe(at);
  });

  test.each(['12345', '9999999999', '0000000001'])('%s is none', (text) => {
    expect(readEpoch(Buffer.from(text), 0)).toBeNull();
  });
});

test('readGlogTime', () => {
  const time = readGlogTime(Buffer.from('0102 03:04:05.678901'), 0);
  expect(time && place(time)).toBe(Date.parse(MILLIS));
});
