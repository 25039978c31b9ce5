import { PromptTooLongError } from '#src/model/errors.ts';
import { ROOM } from '#src/model/tokens.ts';

/** Smaller steps would make the server load the model again for every prompt of a new length. */
const STEPS = [4096, 8192, 12_288, 16_384, 24_576, 32_768, 49_152, 65_536, 98_304, 131_072];

export type ContextNeed = {
  /** By estimate. */
  promptTokens: number;
  outputTokens: number;
  /** What the server, the model and the settings allow. */
  contextTokens: number;
  /** The context that the model is loaded with as far as we know; 0 before the first call. */
  current: number;
};

/**
 * The `num_ctx` for a prompt: room for it even where the estimate is low, in steps, and never
 * smaller than before, since another size makes the server load the model again.
 * @throws PromptTooLongError rather than let the server cut the prompt
 */
export function contextSize(need: ContextNeed): number {
  const { promptTokens, outputTokens, contextTokens, current } = need;
  if (promptTokens + outputTokens > contextTokens) {
    throw new PromptTooLongError(
      `a prompt of about ${promptTokens} tokens and ${outputTokens} for the answer do not fit into ${contextTokens}`,
      {
        promptTokens,
        contextTokens,
        hint: 'Allow Ollama a larger context in the configuration, or use a model that has one.',
      },
    );
  }
  const wanted = Math.ceil(promptTokens * ROOM) + outputTokens;
  const step = STEPS.find((size) => size >= wanted) ?? Math.ceil(wanted / 32_768) * 32_768;
  return Math.min(contextTokens, Math.max(step, current));
}
