import { matchesAny } from '#src/fix/paths/pattern.ts';

/** Where the languages of the field keep their tests. */
const TESTS = [
  ...['test/', 'tests/', '__tests__/', 'spec/', 'src/test/', 'testing/'],
  ...['*.test.*', '*.spec.*', '*_test.*', 'test_*.py', '*Test.java', '*Tests.java', '*Test.kt'],
  ...['*Tests.cs', '*Test.php', '*_spec.rb', '*Tests.swift'],
];

/** Whether a path is one of tests. */
export function isTestPath(path: string): boolean {
  return matchesAny(TESTS, path);
}
