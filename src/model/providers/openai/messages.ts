import type {
  ChatCompletionCreateParamsBase,
  ChatCompletionFunctionTool,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions/completions';
import type { ModelMessage, ModelRequest, ToolDefinition } from '#src/model/contract.ts';
import { type JsonSchema, jsonSchemaOf, strictSchemaOf } from '#src/model/json-schema.ts';
import type { Dialect, Used } from '#src/model/providers/openai/dialect.ts';
import type { OpenAiSettings } from '#src/model/providers/openai/settings.ts';

export type RequestBody = Omit<ChatCompletionCreateParamsBase, 'stream'>;

/** A request in the words of `/chat/completions`, in the server's dialect. */
export function toRequestBody(
  request: ModelRequest,
  dialect: Dialect,
  settings: OpenAiSettings & { temperature: number; reasoningTokens: number },
): { body: RequestBody; used: Used } {
  const tools = dialect.sendsTools ? (request.tools ?? []) : [];
  const format = request.output ? responseFormat(request.output, dialect) : undefined;
  const effort = dialect.sendsReasoningEffort ? settings.reasoningEffort : undefined;
  const body: RequestBody = {
    model: settings.model,
    messages: request.messages.map(toMessage),
    [dialect.limitField]: request.maxOutputTokens + settings.reasoningTokens,
    ...(dialect.sendsTemperature ? { temperature: settings.temperature } : {}),
    ...(effort === undefined ? {} : { reasoning_effort: effort }),
    ...(tools.length > 0 ? { tools: tools.map(toTool) } : {}),
    ...(format === undefined ? {} : { response_format: format }),
  };
  const used = {
    form: format !== undefined,
    tools: tools.length > 0,
    streamUsage: request.onProgress !== undefined && dialect.sendsStreamUsage,
    reasoningEffort: effort !== undefined,
  };
  return { body, used };
}

function responseFormat(
  output: NonNullable<ModelRequest['output']>,
  dialect: Dialect,
): RequestBody['response_format'] {
  if (dialect.form === 'words') return undefined;
  if (dialect.form === 'json') return { type: 'json_object' };
  const schema = jsonSchemaOf(output.schema);
  const strict = dialect.form === 'strict-schema' ? strictSchemaOf(schema) : null;
  const chosen: JsonSchema = strict ?? schema;
  return {
    type: 'json_schema',
    json_schema: { name: output.name, schema: chosen, strict: strict !== null },
  };
}

function toMessage(message: ModelMessage): ChatCompletionMessageParam {
  switch (message.role) {
    case 'tool':
      return { role: 'tool', tool_call_id: message.callId, content: message.content };
    case 'assistant': {
      const calls = message.toolCalls ?? [];
      if (calls.length === 0) return { role: 'assistant', content: message.content };
      return {
        role: 'assistant',
        content: message.content === '' ? null : message.content,
        tool_calls: calls.map((call) => ({
          id: call.id,
          type: 'function' as const,
          function: { name: call.name, arguments: argumentsText(call.input) },
        })),
      };
    }
    default:
      return { role: message.role, content: message.content };
  }
}

/** Always an object: chat templates of some servers fail on anything else. */
function argumentsText(input: unknown): string {
  const isObject = typeof input === 'object' && input !== null && !Array.isArray(input);
  return JSON.stringify(isObject ? input : { input });
}

function toTool(tool: ToolDefinition): ChatCompletionFunctionTool {
  return {
    type: 'function',
    function: {
      name: tool.name,
      description: tool.description,
      parameters: jsonSchemaOf(tool.schema),
    },
  };
}
