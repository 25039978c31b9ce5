import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CHECKS } from '#src/app/doctor/registry.ts';

const FOLDER = new URL('../../src/app/doctor/checks/', import.meta.url);
const TEST = new URL('../doctor/doctor.test.ts', import.meta.url);

it('the doctor has every check of the folder under its name', () => {
  const files = readdirSync(FOLDER).map((name) => name.replace(/\.ts$/, ''));
  expect(CHECKS.map(({ id }) => id).sort()).toEqual(files.sort());
});

it.each(CHECKS)('$id is bounded, and is broken by a test', ({ id, limitMs }) => {
  expect(limitMs).toBeGreaterThan(0);
  expect(limitMs).toBeLessThanOrEqual(90_000);
  expect(readFileSync(TEST, 'utf8')).toContain(`check: '${id}'`);
});
