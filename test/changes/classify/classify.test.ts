import { describe, expect, it } from 'vitest';
import { type Classification, classifyChange } from '#src/changes/classify/classify.ts';
import { diffOf } from './diff-of.ts';
import { GUILTY_CODE, type GuiltyCase } from './guilty-code.ts';
import { GUILTY_CONFIG } from './guilty-config.ts';
import { GUILTY_DISGUISED } from './guilty-disguised.ts';
import { GUILTY_FIFTH } from './guilty-fifth.ts';
import { GUILTY_FOURTH } from './guilty-fourth.ts';
import { GUILTY_SECOND } from './guilty-second.ts';
import { GUILTY_THIRD } from './guilty-third.ts';
import { GUILTY_WORK } from './guilty-work.ts';
import { INNOCENT } from './innocent.ts';
import { INNOCENT_FILES } from './innocent-files.ts';
import { INNOCENT_SECOND } from './innocent-second.ts';

const isWhole = (body: string, sign: string): boolean =>
  body
    .trim()
    .split('\n')
    .every((line) => line.startsWith(sign));

function classify(path: string, body: string): Classification {
  const status = isWhole(body, '+') ? 'added' : isWhole(body, '-') ? 'deleted' : undefined;
  const isPart = status === 'added' && !/migrat/.test(path);
  const diff = diffOf(path, body, {
    ...(status && !isPart ? { status } : {}),
  });
  return classifyChange({ diff, files: [path] });
}

describe('changes that can do harm', () => {
  it.each<GuiltyCase>([
    ...GUILTY_CODE,
    ...GUILTY_WORK,
    ...GUILTY_CONFIG,
    ...GUILTY_SECOND,
    ...GUILTY_THIRD,
    ...GUILTY_DISGUISED,
    ...GUILTY_FOURTH,
    ...GUILTY_FIFTH,
  ])('%s', (_name, path, body, expected) => {
    const result = classify(path, body);
    expect(result.isNoOp, result.noOpReason ?? '').toBe(false);
    const found = result.classes
      .filter(({ weight }) => weight >= 0.45)
      .map(({ mechanism }) => mechanism);
    for (const mechanism of expected)
      expect(found, JSON.stringify(result.classes.map((c) => [c.mechanism, c.weight]))).toContain(
        mechanism,
      );
    // What is expected leads, or nearly so.
    expect(found.slice(0, 5)).toEqual(expect.arrayContaining(expected.slice(0, 1)));
  });
});

describe('changes that cannot do harm', () => {
  it.each([...INNOCENT, ...INNOCENT_FILES, ...INNOCENT_SECOND])(
    '%s',
    (_name, path, body, reason) => {
      const result = classify(path, body);
      expect(
        result.isNoOp,
        JSON.stringify(result.classes.map((c) => [c.mechanism, c.weight, c.evidence[0]?.new])),
      ).toBe(true);
      expect(result.noOpReason).toMatch(reason);
      expect(result.classes).toEqual([]);
    },
  );
});
