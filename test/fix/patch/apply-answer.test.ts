import { describe, expect, it } from 'vitest';
import { openRepository } from '#src/changes/repository.ts';
import { applyAnswer } from '#src/fix/patch/apply-answer.ts';
import { type PatchAnswer, patchForm } from '#src/fix/patch/form.ts';
import { openWorkshop } from '#src/fix/workshop/workshop.ts';
import { shop } from '../helpers/shop.ts';

const EDIT = {
  file: 'cart.js',
  search: 'export function total(items) {\n',
  replace: 'export function total(items) {\n  if (items == null) return 0;\n',
};
const DIFF = [
  ...['--- a/cart.js', '+++ b/cart.js', '@@ -1,3 +1,4 @@', ' export function total(items) {'],
  ...[
    '+  if (items == null) return 0;',
    '   return items.reduce((sum, item) => sum + item.price, 0);',
    ' }',
    '',
  ],
].join('\n');

const WRONG: [string, Partial<PatchAnswer>, string][] = [
  ['text that is not there', { edits: [{ ...EDIT, search: 'nowhere' }] }, 'exactly as written'],
  ['text that is there twice', { edits: [{ ...EDIT, search: 'items' }] }, 'more than once'],
  ['a file that is not there', { edits: [{ ...EDIT, file: 'no.js' }] }, 'not in the repository'],
  ['a path out of the tree', { edits: [{ ...EDIT, file: '../x' }] }, 'no path'],
  ['.git', { edits: [{ ...EDIT, file: '.git/config' }] }, 'no path'],
  [
    'a diff that does not apply',
    { diff: DIFF.replace('return items', 'return nothing') },
    'does not apply',
  ],
  [
    'a diff that makes a program',
    {
      diff: `diff --git a/x.sh b/x.sh\nnew file mode 100755\n--- /dev/null\n+++ b/x.sh\n@@ -0,0 +1 @@\n+x\n`,
    },
    'modes stay',
  ],
  [
    'a diff that makes a link',
    {
      diff: `diff --git a/x b/x\nnew file mode 120000\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+/etc/passwd\n\\ No newline at end of file\n`,
    },
    'modes stay',
  ],
  [
    'a test outside of tests',
    { edits: [EDIT], test: { file: 'src/x.js', text: 'x' } },
    'not where tests are',
  ],
  [
    'a test over another',
    { edits: [EDIT], test: { file: 'test/a.test.js', text: 'x' } },
    'give it a new file',
  ],
  ['nothing', {}, 'neither edits nor a diff'],
];

describe('the answer of a model', () => {
  it('is done exactly, or refused with what is wrong', async () => {
    const place = shop();
    place.repo.write('test/a.test.js', '// first\n');
    place.repo.commit('A test');
    const repository = await openRepository(place.dir);
    const workshop = await openWorkshop(repository);
    const empty = { explanation: 'Guards it.', risk: '', edits: [], diff: null, test: null };
    try {
      for (const [name, wrong, reason] of WRONG) {
        const outcome = await applyAnswer(workshop, patchForm.parse({ ...empty, ...wrong }));
        expect(outcome, name).toHaveProperty('refusal');
        expect('refusal' in outcome && outcome.refusal, name).toContain(reason);
      }
      for (const right of [{ edits: [EDIT] }, { diff: DIFF }]) {
        const outcome = await applyAnswer(workshop, patchForm.parse({ ...empty, ...right }));
        const [change] = 'changes' in outcome ? outcome.changes : [];
        expect(change?.path).toBe('cart.js');
        expect(change?.after?.bytes.toString('utf8')).toContain(
          '{\n  if (items == null) return 0;\n',
        );
      }
    } finally {
      await workshop.close();
      await repository.close();
    }
  });
});
