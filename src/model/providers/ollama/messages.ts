import type { Message, Tool } from 'ollama';
import type { ModelMessage, ToolCall, ToolDefinition } from '#src/model/contract.ts';
import { jsonSchemaOf } from '#src/model/json-schema.ts';

/** A conversation in the words of `/api/chat`. */
export function toOllamaMessages(messages: readonly ModelMessage[]): Message[] {
  return messages.map((message) => {
    if (message.role === 'tool') {
      return { role: 'tool', content: message.content, tool_name: message.name };
    }
    if (message.role !== 'assistant' || !message.toolCalls?.length) {
      return { role: message.role, content: message.content };
    }
    return {
      role: 'assistant',
      content: message.content,
      tool_calls: message.toolCalls.map((call) => ({
        function: { name: call.name, arguments: asArguments(call.input) },
      })),
    };
  });
}

function asArguments(input: unknown): Record<string, unknown> {
  return typeof input === 'object' && input !== null && !Array.isArray(input)
    ? (input as Record<string, unknown>)
    : { input };
}

export function toOllamaTools(tools: readonly ToolDefinition[]): Tool[] {
  return tools.map((tool) => ({
    type: 'function',
    function: {
      name: tool.name,
      description: tool.description,
      parameters: jsonSchemaOf(tool.schema) as NonNullable<Tool['function']['parameters']>,
    },
  }));
}

/** The calls of one part of a reply; what does not have their form is passed over. */
export function toToolCalls(part: unknown, before: number): ToolCall[] {
  if (!Array.isArray(part)) return [];
  return part.flatMap((item: unknown, index): ToolCall[] => {
    const call = (item as { function?: { name?: unknown; arguments?: unknown } } | null)?.function;
    if (typeof call?.name !== 'string') return [];
    return [{ id: `call-${before + index + 1}`, name: call.name, input: call.arguments ?? {} }];
  });
}
