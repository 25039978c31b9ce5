import { z } from 'zod';
import { severitySchema } from '#src/domain/alert.ts';

/** Where models may come from; `none` is the rules alone. */
const MODEL_SOURCES = ['none', 'ollama', 'openai', 'recorded'] as const;
const source = z.enum(MODEL_SOURCES);

const tokens = z.number().int().min(256).max(2_000_000).optional();
const temperature = z.number().min(0).max(2).optional();
const perMillion = z.number().min(0);

/** Language models: which one, how much they may cost for one incident. */
export const modelSchema = z
  .strictObject({
    /** Who answers for agents that `routing.agents` says nothing of. */
    use: source.default('none'),
    /** Tokens of one answer. */
    maxOutputTokens: z.number().int().min(200).max(16_000).default(1200),
    /** One call, in seconds; a local model may have to be loaded first. */
    timeoutSeconds: z.number().positive().max(3600).default(120),
    /** Calls for one question of an agent, tools included. */
    maxCalls: z.number().int().min(1).max(50).default(6),
    ollama: z
      .strictObject({
        host: z.string().optional(),
        model: z.string().min(1).optional(),
        authHeader: z.string().optional(),
        maxContextTokens: tokens,
        keepAlive: z.string().optional(),
        temperature,
        think: z.union([z.boolean(), z.enum(['low', 'medium', 'high'])]).optional(),
        reasoningTokens: tokens,
      })
      .prefault({}),
    openai: z
      .strictObject({
        apiKey: z.string().optional(),
        baseUrl: z
          .url({ protocol: /^https?$/, error: 'expected an http:// or https:// URL' })
          .optional(),
        model: z.string().min(1).default('gpt-4o-mini'),
        contextTokens: tokens,
        temperature,
        reasoningEffort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh']).optional(),
        reasoningTokens: tokens,
      })
      .prefault({}),
    /** All models together, for one incident; zero asks none. */
    budget: z
      .strictObject({
        steps: z.number().int().min(0).max(1000).default(24),
        tokens: z.number().int().min(0).max(100_000_000).default(200_000),
        /** In the currency of `prices`. */
        money: z.number().min(0).optional(),
        seconds: z.number().min(0).max(7200).default(300),
      })
      .prefault({}),
    /** Per million tokens, by `provider/model`, `model`, or a beginning of either with `*`. */
    prices: z
      .record(
        z.string(),
        z.strictObject({
          input: perMillion,
          output: perMillion,
          cachedInput: perMillion.optional(),
        }),
      )
      .default({}),
  })
  .prefault({});

const seat = z
  .strictObject({ provider: source.optional(), model: z.string().min(1).optional() })
  .prefault({});

/** Which agents ask a model for which incidents. */
export const routingSchema = z
  .strictObject({
    /** `quick` asks for triage alone, `deep` for all agents, `auto` decides by the incident. */
    path: z.enum(['auto', 'quick', 'deep']).default('auto'),
    /** Severities that `auto` takes the deep path for, beside what is unexplained or in code. */
    deepSeverities: z.array(severitySchema).default(['critical', 'high']),
    /** Provider and model of an agent, where they are not those of `model`. */
    agents: z.strictObject({ triage: seat, investigation: seat, rootCause: seat }).prefault({}),
  })
  .prefault({});

export type ModelConfig = z.infer<typeof modelSchema>;
export type RoutingConfig = z.infer<typeof routingSchema>;
