import { describe, expect, it } from 'vitest';
import type { PatchAnswer } from '#src/fix/patch/form.ts';
import type { Answer, Assistant, Question } from '#src/model/contract.ts';
import { ModelUnavailableError } from '#src/model/errors.ts';
import { blaming, propose, type Shop, shop } from '../fix/helpers/shop.ts';

type Double = Assistant & { prompts: string[] };

/** A model that gives the answers of a list, one after the other. */
function modelOf(answers: (Partial<PatchAnswer> | Error)[]): Double {
  const prompts: string[] = [];
  return {
    ...{ provider: 'double', name: 'double-1', isLocal: true, maxOutputTokens: 2000, prompts },
    capabilities: async () => ({ supportsTools: false, contextTokens: 32_000, reasoningTokens: 0 }),
    countTokens: (text) => text.length,
    countQuestion: async () => 0,
    spent: () => ({ inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, calls: 0, money: null }),
    ask: async <T>({ prompt, output }: Question<T>): Promise<Answer<T>> => {
      const next = answers[Math.min(prompts.push(prompt), answers.length) - 1];
      if (next instanceof Error) throw next;
      const empty = {
        explanation: 'Guards the total.',
        risk: '',
        edits: [],
        diff: null,
        test: null,
      };
      const value = output.schema.parse({ ...empty, ...next });
      return { value, toolUses: [], calls: 1, wasRepaired: false };
    },
  };
}

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

const patch = (place: Shop, assistant: Double) =>
  propose(place, { assistant, strategy: 'patch', result: blaming(place.culprit) });

describe('a patch by a model', () => {
  it.each([
    ['edits', { edits: [EDIT] }],
    ['a unified diff', { diff: DIFF }],
  ])('as %s is applied and proven', async (_name, answer) => {
    const place = shop();
    const model = modelOf([answer]);
    const fix = await patch(place, model);
    expect(fix).toMatchObject({ decision: 'open-pr', strategy: 'patch', files: ['cart.js'] });
    expect(fix.diff).toContain('+  if (items == null) return 0;');
    expect(model.prompts[0]).toContain('export function total(items)');
    expect(model.prompts[0]).toContain('-  if (items == null) return 0;');
  });

  it('that does not work is sent back with what the tests say, and given up after that', async () => {
    const place = shop();
    const useless = { edits: [{ ...EDIT, replace: `${EDIT.search}  // looks better\n` }] };
    const model = modelOf([useless]);
    const fix = await patch(place, model);
    expect(fix.decision).not.toBe('open-pr');
    expect(model.prompts).toHaveLength(2);
    expect(model.prompts[1]).toContain('1 failed');
  });

  it('is proven by its own test: red on the old code, green on the new', async () => {
    const place = shop();
    place.repo.write(
      'check.sh',
      'for t in test/*.sh; do sh "$t" || { echo 1 failed; exit 1; }; done; echo ok\n',
    );
    place.repo.write('test/ok.sh', 'true\n');
    place.repo.commit('Run all tests');
    const test = { file: 'test/guard.sh', text: 'grep -q "items == null" cart.js\n' };
    const fix = await patch(place, modelOf([{ edits: [EDIT], test }]));
    expect(fix.proof.find(({ step }) => step === 'tests')).toMatchObject({
      ok: true,
      before: 'passes: ok',
    });
    expect(fix.proof.find(({ step }) => step === 'reproduces')).toMatchObject({
      ...{ ok: true, before: 'fails with 1: 1 failed', after: 'passes: ok' },
    });
    expect(fix.files).toEqual(['cart.js', 'test/guard.sh']);
    const idle = { ...test, text: 'true\n' };
    const other = await patch(place, modelOf([{ edits: [EDIT], test: idle }]));
    expect(other.proof.find(({ step }) => step === 'reproduces')?.ok).toBe(false);
    expect(other.guards.find(({ id }) => id === 'proof')?.message).toContain('"tests"');
  });

  it('is stopped by the same guards', async () => {
    const place = shop();
    const leak = {
      ...EDIT,
      replace: `${EDIT.replace}  // ghp_0123456789abcdefghijABCDEFGHIJ012345\n`,
    };
    const fix = await patch(place, modelOf([{ edits: [leak] }]));
    expect(fix.decision).toBe('show-only');
    expect(fix.guards.filter(({ ok }) => !ok).map(({ id }) => id)).toEqual(['secrets']);
    expect(fix.diff).not.toContain('ghp_0123456789');
  });

  it('stands behind the revert, and for it where there is no commit', async () => {
    const place = shop();
    const model = modelOf([{ edits: [EDIT] }]);
    const reverted = await propose(place, { assistant: model });
    expect(reverted.strategy).toBe('revert');
    expect(model.prompts).toEqual([]);
    const patched = await propose(place, { assistant: model, result: blaming(null) });
    expect(patched).toMatchObject({ decision: 'open-pr', strategy: 'patch' });
  });

  it('is missing when the model fails: then it is said', async () => {
    const place = shop();
    const fix = await patch(place, modelOf([new ModelUnavailableError('not running')]));
    expect(fix.decision).toBe('none');
    expect(fix.why).toContain('not running');
  });
});
