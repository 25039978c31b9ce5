import type { ModelMessage, ModelRequest, ToolDefinition } from '#src/model/contract.ts';
import { jsonSchemaOf } from '#src/model/json-schema.ts';
import { estimateTokens } from '#src/model/tokens.ts';

/** What chat templates put around a message: role, separators. */
const AROUND_MESSAGE = 8;
const AROUND_TOOL = 24;

/** Tokens of a request's prompt, estimated upwards. */
export function estimateRequest(request: Pick<ModelRequest, 'messages' | 'tools'>): number {
  const messages = request.messages.reduce((sum, message) => sum + estimateMessage(message), 0);
  return messages + estimateTools(request.tools ?? []);
}

/** Tokens of one message with its place in the conversation. */
export function estimateMessage(message: ModelMessage): number {
  const calls = message.role === 'assistant' ? (message.toolCalls ?? []) : [];
  const inputs = calls.map((call) => call.name + JSON.stringify(call.input ?? null));
  const all = [message.content, ...inputs];
  return AROUND_MESSAGE + all.reduce((sum, text) => sum + estimateTokens(text), 0);
}

function estimateTools(tools: readonly ToolDefinition[]): number {
  return tools.reduce((sum, tool) => {
    const schema = JSON.stringify(jsonSchemaOf(tool.schema));
    return sum + AROUND_TOOL + estimateTokens(tool.name + tool.description + schema);
  }, 0);
}
