import { expect, it } from 'vitest';
import { matchesPattern } from '#src/fix/paths/pattern.ts';
import { isTestPath } from '#src/fix/paths/test-path.ts';

it.each([
  ['*.js', 'a.js', true],
  ['*.js', 'src/deep/a.js', true],
  ['*.js', 'a.jsx', false],
  ['/a.js', 'src/a.js', false],
  ['/src/', 'src/deep/a.js', true],
  ['src/', 'lib/src/a.js', true],
  ['src/', 'src', false],
  ['docs/*', 'docs/a.md', true],
  ['docs/*', 'docs/deep/a.md', false],
  ['docs/**', 'docs/deep/a.md', true],
  ['**/logs', 'a/b/logs/x', true],
  ['a/**/b', 'a/b', true],
  ['a/**/b', 'a/x/y/b', true],
  ['a/**/b', 'x/a/b', false],
  ['src/*/index.ts', 'src/a/index.ts', true],
  ['src/*/index.ts', 'src/a/b/index.ts', false],
  ['?.md', 'ab.md', false],
  ['/', 'a', false],
  ['build', 'build/x', true],
  ['build', 'rebuild/x', false],
])('%s and %s: %s', (pattern, path, wanted) => {
  expect(matchesPattern(pattern, path)).toBe(wanted);
});

it('takes time in proportion, whatever the pattern', () => {
  const started = performance.now();
  expect(matchesPattern(`${'*a'.repeat(2000)}b`, 'a'.repeat(4000))).toBe(false);
  expect(matchesPattern(`${'**/a/'.repeat(500)}b`, `${'a/'.repeat(1000)}c`)).toBe(false);
  expect(performance.now() - started).toBeLessThan(3000);
});

it.each([
  ['test/a.js', true],
  ['src/a.test.ts', true],
  ['pkg/a_test.go', true],
  ['src/test/java/A.java', true],
  ['src/contest/a.js', false],
  ['src/a.js', false],
])('tests are at %s: %s', (path, wanted) => {
  expect(isTestPath(path)).toBe(wanted);
});
