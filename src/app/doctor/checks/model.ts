import { z } from 'zod';
import type { Check, DoctorParts } from '#src/app/doctor/contract.ts';
import type { LanguageModel } from '#src/model/contract.ts';
import { createModel } from '#src/model/registry.ts';
import { createFetch } from '#src/platform/fetch.ts';

/** A local model may have to be loaded first. */
const LIMIT_MS = 90_000;
const MOST_TOKENS = 200;
const answerSchema = z.object({ ok: z.boolean() });

/** Whether the model runs, is there, and answers in JSON when it is asked to. */
export const model: Check = {
  id: 'model',
  limitMs: LIMIT_MS,
  run: async (parts, signal) => {
    const chosen = modelOf(parts);
    if (chosen === null) {
      return [
        {
          status: 'off',
          what: 'none; the rules answer alone',
          mend: 'Set model.use to "ollama" or "openai" in incident.config.json.',
        },
      ];
    }
    const name = `${chosen.provider}: ${chosen.name}`;
    const started = parts.clock.monotonic();
    const reply = await chosen.generate({
      messages: [
        { role: 'user', content: 'Answer with the JSON object {"ok": true} and nothing else.' },
      ],
      output: { name: 'doctor', schema: answerSchema },
      maxOutputTokens: MOST_TOKENS,
      timeoutMs: LIMIT_MS,
      signal,
    });
    const seconds = Math.round((parts.clock.monotonic() - started) / 100) / 10;
    if (isJson(reply.text))
      return [{ status: 'good', what: `${name} answers in JSON (${seconds} s)` }];
    return [
      {
        status: 'bad',
        what: `${name} does not answer in JSON: ${reply.text.slice(0, 80)}`,
        mend: 'Choose another model; mistral-nemo and gpt-4o-mini do.',
      },
    ];
  },
};

/** @throws ModelError when the settings cannot be used */
function modelOf({ loaded: { config }, clock }: DoctorParts): LanguageModel | null {
  const { https: httpsProxy, none: noProxy } = config.proxy;
  const tools = { fetch: createFetch({ httpsProxy, noProxy }), clock };
  if (config.model.use === 'ollama') return createModel('ollama', config.model.ollama, tools);
  if (config.model.use === 'openai') return createModel('openai', config.model.openai, tools);
  return null;
}

function isJson(text: string): boolean {
  try {
    return answerSchema.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}
