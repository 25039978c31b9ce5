import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LanguageModel, ModelCapabilities, ModelRequest } from '#src/model/contract.ts';
import { ModelError } from '#src/model/errors.ts';
import { toRecordedError } from '#src/model/recording/failures.ts';
import {
  ANY_REQUEST,
  type Exchange,
  exchangeFile,
  requestKey,
} from '#src/model/recording/format.ts';

/** Takes an exchange when it has ended. */
export type ExchangeSink = (exchange: Exchange) => void;

/**
 * The same model, with every exchange written down. What is asked must have been redacted before.
 * An agent asks one thing at a time: the order of the calls is what a replay goes by.
 */
export function recordModel(
  model: LanguageModel,
  agent: string,
  sink: ExchangeSink,
): LanguageModel {
  const { provider, name } = model;
  let calls = 0;
  let known: ModelCapabilities | undefined;

  const write = (key: string, call: number, rest: Partial<Exchange>): void => {
    const about = known === undefined ? {} : { model: { provider, name, ...known } };
    sink({ key, agent, call, ...about, usage: NO_USAGE, ...rest });
  };

  return {
    ...model,
    capabilities: async (signal) => {
      try {
        known = await model.capabilities(signal);
        return known;
      } catch (error) {
        // Then nothing is asked: a replay, which always knows, fails at its first call instead.
        if (error instanceof ModelError && calls === 0) {
          calls++;
          write(ANY_REQUEST, calls, { error: toRecordedError(error) });
        }
        throw error;
      }
    },
    generate: async (request) => {
      calls++;
      const call = calls;
      const key = requestKey(request);
      const asked = { request: toRecordedRequest(request) };
      try {
        const reply = await model.generate(request);
        const { text, toolCalls, finishReason, usage } = reply;
        const written = { text, toolCalls: [...toolCalls], finishReason };
        write(key, call, { ...asked, reply: written, usage });
        return reply;
      } catch (error) {
        if (error instanceof ModelError) {
          write(key, call, { ...asked, error: toRecordedError(error) });
        }
        throw error;
      }
    },
  };
}

const NO_USAGE = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 };

function toRecordedRequest(request: ModelRequest): NonNullable<Exchange['request']> {
  const { messages, tools, output } = request;
  return {
    messages: messages.map((message) =>
      message.role === 'assistant' && message.toolCalls
        ? { ...message, toolCalls: [...message.toolCalls] }
        : { ...message },
    ) as NonNullable<Exchange['request']>['messages'],
    ...(tools?.length ? { tools: tools.map((tool) => tool.name) } : {}),
    ...(output ? { output: output.name } : {}),
  };
}

/** Writes exchanges into a bundle's folder, each as soon as it has ended; earlier files are replaced. */
export function bundleSink(bundleDir: string): ExchangeSink {
  const begun = new Set<string>();
  return (exchange) => {
    const file = join(bundleDir, exchangeFile(exchange.agent ?? 'agent'));
    const line = `${JSON.stringify(exchange)}\n`;
    if (begun.has(file)) appendFileSync(file, line);
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, line);
      begun.add(file);
    }
  };
}
