import { writeBrief } from '#src/analysis/agents/brief/brief.ts';
import type { AgentName, Drafted } from '#src/analysis/agents/contract.ts';
import type { Guards } from '#src/analysis/agents/guards.ts';
import { instructionsFor } from '#src/analysis/agents/instructions.ts';
import type { Assistant, ModelTool, Question } from '#src/model/contract.ts';
import { PromptTooLongError } from '#src/model/errors.ts';

/** Tokens of a whole first request, the form and tools included. */
const SMALL = 6000;
const LARGE = 14_000;
/** A model with less room than this, or without tools, works in small-context mode. */
const LARGE_CONTEXT = 24_000;
/** Less room for evidence than this is not worth asking. */
const LEAST_BRIEF = 300;

export type AskOptions<T> = {
  agent: AgentName;
  assistant: Assistant;
  drafted: Drafted;
  guards: Guards;
  output: Question<T>['output'];
  tools: readonly ModelTool[];
  signal?: AbortSignal | undefined;
  onProgress?: Question<T>['onProgress'];
};

/**
 * The question of an agent, made to fit its model: at most 6,000 tokens in small-context mode,
 * which has no tools.
 * @throws ModelError when the model cannot say what it takes, or takes too little
 */
export async function questionFor<T>(
  options: AskOptions<T>,
): Promise<{ question: Question<T>; tokens: number }> {
  const { agent, assistant, drafted, guards, output, signal, onProgress } = options;
  const able = await assistant.capabilities(signal);
  const room = able.contextTokens - able.reasoningTokens - assistant.maxOutputTokens;
  const isLarge = able.supportsTools && able.contextTokens >= LARGE_CONTEXT;
  const limit = Math.min(isLarge ? LARGE : SMALL, room);
  const tools = isLarge ? options.tools : [];
  const base = { instructions: instructionsFor(agent), output, tools, signal, onProgress };
  const fixed = await assistant.countQuestion({ ...base, prompt: '' });
  let brief = limit - fixed;
  for (let attempt = 0; attempt < 4 && brief >= LEAST_BRIEF; attempt++) {
    const prompt = writeBrief(agent, drafted, brief, guards, assistant.countTokens);
    const question = { ...base, prompt };
    const tokens = await assistant.countQuestion(question);
    if (tokens <= limit) return { question, tokens };
    brief -= Math.max(50, Math.ceil((tokens - limit) * 1.1));
  }
  throw new PromptTooLongError('the model takes too little text for a case', {
    promptTokens: fixed + LEAST_BRIEF,
    contextTokens: able.contextTokens,
    hint: 'Use a model with a context of at least 8,192 tokens.',
  });
}
