/**
 * Counts the tests of a vitest JSON report: `node count.js <report> strict|lenient <out>`.
 * Prints a line for people and each failed or skipped test; writes "passed failed skipped" to <out>.
 * In strict mode a skipped test counts as failed.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const [report = '', mode = '', out = ''] = process.argv.slice(2);
const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
const counts = { passed: 0, failed: 0, skipped: 0 };
const lines = [];
for (const { name, status, message, assertionResults } of testResults) {
  if (status === 'failed' && assertionResults.length === 0) {
    counts.failed++;
    lines.push(`   failed: ${name}: ${String(message).split('\n')[0]}`);
  }
  for (const test of assertionResults) {
    if (test.status === 'passed') counts.passed++;
    else {
      const skipped = test.status !== 'failed';
      counts[skipped && mode !== 'strict' ? 'skipped' : 'failed']++;
      lines.push(`   ${skipped ? 'skipped' : 'failed'}: ${test.fullName}`);
    }
  }
}
const { passed, failed, skipped } = counts;
writeFileSync(out, `${passed} ${failed} ${skipped}\n`);
process.stderr.write(lines.length === 0 ? '' : `${lines.join('\n')}\n`);
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped`);
