/**
 * How many of the small repositories get a proven fix without a model, how many are rightly
 * refused, and how many come out wrong: `node bench/fix/repos.ts [name …]`. Ends with 1 when any does.
 */
import { missingPrograms, repoCases, runCase } from './evaluate-repos.ts';

const wanted = process.argv.slice(2);
const counts = { fixed: 0, refused: 0, wrong: 0, skipped: 0 };
for (const one of repoCases()) {
  if (wanted.length > 0 && !wanted.includes(one.name)) continue;
  const missing = missingPrograms(one);
  if (missing.length > 0) {
    counts.skipped++;
    console.log(`  – ${one.name}: needs ${missing.join(', ')}`);
    continue;
  }
  const { fix, wrong, seconds } = await runCase(one);
  if (wrong !== null) counts.wrong++;
  else if (fix.decision === 'open-pr') counts.fixed++;
  else counts.refused++;
  const said = wrong ?? (fix.decision === 'open-pr' ? 'proven fix' : 'rightly refused');
  const time = `${seconds.toFixed(1)} s`;
  console.log(`  ${wrong === null ? '✓' : '✗'} ${one.name} (${one.language}, ${time}): ${said}`);
}
const { fixed, refused, wrong, skipped } = counts;
console.log(`  proven ${fixed}, rightly refused ${refused}, wrong ${wrong}, skipped ${skipped}`);
if (wrong > 0) process.exitCode = 1;
