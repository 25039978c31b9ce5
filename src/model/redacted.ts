import type { LanguageModel, ModelMessage, ToolCall } from '#src/model/contract.ts';

/**
 * The same model, with secrets taken out of everything that goes to it and comes from it: the last
 * gate before text leaves the program. When `redact` fails, nothing is sent.
 * @param redact changes nothing in text that it has been through already
 */
export function redactedModel(
  model: LanguageModel,
  redact: (text: string) => string,
): LanguageModel {
  return {
    ...model,
    generate: async (request) => {
      const messages = request.messages.map((message) => redactMessage(message, redact));
      const reply = await model.generate({ ...request, messages });
      return {
        ...reply,
        text: redact(reply.text),
        toolCalls: reply.toolCalls.map((call) => redactCall(call, redact)),
      };
    },
  };
}

function redactMessage(message: ModelMessage, redact: (text: string) => string): ModelMessage {
  const content = redact(message.content);
  if (message.role !== 'assistant' || message.toolCalls === undefined) {
    return { ...message, content };
  }
  return {
    ...message,
    content,
    toolCalls: message.toolCalls.map((call) => redactCall(call, redact)),
  };
}

function redactCall(call: ToolCall, redact: (text: string) => string): ToolCall {
  return { ...call, input: redactLeaves(call.input, redact, 0) };
}

function redactLeaves(value: unknown, redact: (text: string) => string, depth: number): unknown {
  if (typeof value === 'string') return redact(value);
  if (typeof value !== 'object' || value === null) return value;
  // No tool takes arguments this deep; what lies deeper is left out rather than let through.
  if (depth > 16) return null;
  if (Array.isArray(value)) return value.map((item) => redactLeaves(item, redact, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, redactLeaves(inner, redact, depth + 1)]),
  );
}
