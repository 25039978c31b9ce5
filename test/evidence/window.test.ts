import { describe, expect, it } from 'vitest';
import { chooseWindow } from '#src/evidence/window.ts';
import { alertOn, NOW } from './helpers/request.ts';

const MINUTE = 60_000;
const options = { now: NOW, lookbackMs: 30 * MINUTE, baselineMs: 60 * MINUTE };
const minutes = (span: { start: number; end: number }) => [
  (span.start - NOW) / MINUTE,
  (span.end - NOW) / MINUTE,
];

describe('the window of an incident', () => {
  it('ends now and begins a lookback before the first alert', () => {
    const { window, baseline } = chooseWindow([alertOn('shop')], options);
    expect(minutes(window)).toEqual([-40, 0]);
    expect(minutes(baseline)).toEqual([-100, -40]);
    expect(minutes(chooseWindow([], options).window)).toEqual([-30, 0]);
  });

  it('ends soon after an alert that is over', () => {
    const over = {
      ...alertOn('shop'),
      startsAt: new Date(NOW - 180 * MINUTE).toISOString(),
      endsAt: new Date(NOW - 120 * MINUTE).toISOString(),
    };
    expect(minutes(chooseWindow([over], options).window)).toEqual([-210, -110]);
  });

  it('takes what was asked for', () => {
    const asked = { ...options, since: NOW - 7 * MINUTE, until: NOW - 2 * MINUTE };
    expect(minutes(chooseWindow([], asked).window)).toEqual([-7, -2]);
    expect(minutes(chooseWindow([], { ...asked, since: NOW }).window)[0]).toBeLessThan(-2);
  });
});
