import { describe, expect, it } from 'vitest';
import { missingPrograms, repoCases, runCase } from '../../bench/fix/evaluate-repos.ts';

const cases = repoCases();

describe('the small repositories', () => {
  it('are enough, in enough languages', () => {
    expect(cases.length).toBeGreaterThanOrEqual(12);
    expect(new Set(cases.map(({ language }) => language)).size).toBeGreaterThanOrEqual(4);
  });

  // Compiling Go's library takes its time on a loaded machine; `node bench/fix/repos.ts` runs all.
  const quick = cases.filter(({ language }) => language !== 'go');
  it.each(quick)('$name: $story', async (one) => {
    const missing = missingPrograms(one);
    if (missing.length > 0) {
      console.log(`skipped: install ${missing.join(', ')}`);
      return;
    }
    const { wrong } = await runCase(one);
    expect(wrong).toBeNull();
  });
});
