import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toWeather } from '../src/forecast.ts';

const current = { time: '2026-03-01T10:15', temperature_2m: 7.26, wind_speed_10m: 12 };

test('shows the humidity of the current hour', () => {
  const hourly = { time: ['2026-03-01T09:00', '2026-03-01T10:00'], relative_humidity_2m: [71, 64] };
  const weather = toWeather({ latitude: 52.5, longitude: 13.4, current, hourly });
  assert.match(weather.humidity, /^64(\.0)? %$/);
  assert.equal(weather.wind, '12.0 km/h');
});

test('says so where a station measures no humidity', () => {
  const hourly = { time: [], relative_humidity_2m: [] };
  const weather = toWeather({ latitude: 52, longitude: 13, current, hourly });
  assert.equal(weather.humidity, 'unknown');
});
