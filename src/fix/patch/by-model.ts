import { makePatch } from '#src/fix/make-patch.ts';
import { applyAnswer } from '#src/fix/patch/apply-answer.ts';
import { briefOf, INSTRUCTIONS, repairOf } from '#src/fix/patch/brief.ts';
import { type PatchAnswer, patchForm } from '#src/fix/patch/form.ts';
import type { Way } from '#src/fix/ways.ts';
import { ModelError } from '#src/model/errors.ts';

/**
 * Lets a model write a patch, proves it, and gives the model one chance to mend it with what went
 * wrong. @returns why there is none, as clauses
 */
export async function patchByModel(way: Way): Promise<string[]> {
  const { assistant, workshop, result, redact } = way;
  if (assistant === null) return ['no model is configured to write a patch'];
  const brief = await briefOf(result, workshop, way.commit, redact);
  let failure: string | null = null;
  for (let turn = 0; turn < 2; turn++) {
    const prompt: string = failure === null ? brief : `${brief}\n\n${repairOf(failure, redact)}`;
    let answer: PatchAnswer;
    try {
      const question = {
        instructions: INSTRUCTIONS,
        prompt,
        output: { name: 'patch', schema: patchForm },
        signal: way.signal,
      };
      answer = (await assistant.ask(question)).value;
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      return [`the model gave no patch: ${error.message}`];
    }
    failure = await tryAnswer(way, answer);
    if (failure === null) return [];
  }
  return [`the model's patch was not usable: ${failure?.split('\n', 1)[0] ?? ''}`];
}

/** @returns what went wrong, or null when there is nothing to mend */
async function tryAnswer(way: Way, answer: PatchAnswer): Promise<string | null> {
  const candidate = await applyAnswer(way.workshop, answer);
  if ('refusal' in candidate) return candidate.refusal;
  const patch = await makePatch(way.workshop, candidate);
  if (patch === null) return 'the patch changes nothing';
  const { proof } = await way.attempt(patch);
  return proof.failure;
}
