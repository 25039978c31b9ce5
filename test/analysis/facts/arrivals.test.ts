import { describe, expect, it } from 'vitest';
import { arrivalsBefore } from '#src/analysis/facts/arrivals.ts';
import type { Subject } from '#src/analysis/facts/subject.ts';
import type { Bundle } from '#src/domain/bundle.ts';

const ONSET = Date.parse('2026-03-01T10:00:00Z');
const at = (seconds: number): string => new Date(ONSET + seconds * 1000).toISOString();
const subject = { window: { start: ONSET - 600_000, end: ONSET + 600_000 } } as Subject;
const found = (logs: [seconds: number, service: string, line: string][]): string[] => {
  const bundle = {
    logs: logs.map(([seconds, service, line]) => ({ timestamp: at(seconds), service, line })),
  } as unknown as Bundle;
  return arrivalsBefore(bundle, subject, ONSET).map(({ record }) => record.line);
};

describe('arrivalsBefore', () => {
  it.each([
    'imported 54 rows for carrier north',
    '{"event":"catalogue_written","rows":54}',
    'INFO feed: received file prices-2026-03-01.csv',
    'currency rates refreshed, revision 118 stored',
  ])('hears of data in %j', (line) => {
    expect(found([[-60, 'importer', line]])).toEqual([line]);
  });

  it.each([
    'GET /items 200',
    'connected to the database',
    'written in one go',
    'order 17 placed by customer 4',
  ])('hears of none in %j', (line) => {
    expect(found([[-60, 'importer', line]])).toEqual([]);
  });

  it('leaves out daily business, what came later, and what is long ago', () => {
    const often = Array.from({ length: 30 }, (_, index): [number, string, string] => [
      -20 * index - 5,
      'sync',
      `synced ${index} records`,
    ]);
    expect(
      found([
        ...often,
        [120, 'importer', 'imported 3 files'],
        [-7200, 'importer', 'imported 9 files'],
      ]),
    ).toEqual([]);
  });
});
