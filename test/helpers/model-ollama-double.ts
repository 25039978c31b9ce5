import {
  type ModelServer,
  nextReply,
  piecesOf,
  type Script,
  type ScriptedReply,
  serveFault,
  serveStream,
  startServer,
} from './model-server.ts';

export type OllamaDoubleOptions = {
  /** The answer of `/api/show`; null for a server that does not have it. */
  show?: object | null;
  /** Models that are pulled; any when it is left out. */
  models?: string[];
  /** The answer of `/api/ps`. */
  ps?: object;
};

const SHOWN = {
  capabilities: ['completion', 'tools'],
  model_info: { 'general.architecture': 'llama', 'llama.context_length': 131_072 },
  template: '{{ .Prompt }}',
};

/** A server of Ollama's protocol that says what a script tells it; `asked` holds chats only. */
export async function startOllama(
  script: Script,
  options: OllamaDoubleOptions = {},
): Promise<ModelServer> {
  let calls = 0;
  const server = await startServer(async (asked, response) => {
    const answer = (status: number, value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    if (asked.path === '/api/show' || asked.path === '/api/ps') {
      server.asked.splice(server.asked.indexOf(asked), 1);
    }
    const model: unknown = asked.body?.model;
    const isThere = options.models?.includes(String(model)) ?? true;
    if (asked.path === '/api/ps') return answer(200, options.ps ?? { models: [] });
    if (asked.path === '/api/show') {
      if (options.show === null) return answer(404, { message: 'no such route' });
      if (!isThere) return answer(404, { error: `model '${model}' not found` });
      return answer(200, options.show ?? SHOWN);
    }
    if (!isThere) return answer(404, { error: `model '${model}' not found` });
    const reply = nextReply(script, asked, calls++);
    if (await serveFault(reply, response)) return;
    await serveStream(reply, response, 'application/x-ndjson', ollamaLines(reply));
  });
  return server;
}

function ollamaLines(reply: ScriptedReply): string[] {
  const line = (value: object): string => `${JSON.stringify({ model: 'double', ...value })}\n`;
  const { text = '', pieceLength = 20, toolCalls = [], usage } = reply;
  const parts = piecesOf(text, pieceLength).map((content) =>
    line({ message: { role: 'assistant', content }, done: false }),
  );
  if (toolCalls.length > 0) {
    const calls = toolCalls.map((call) => ({
      function: { name: call.name, arguments: call.input },
    }));
    parts.push(
      line({ message: { role: 'assistant', content: '', tool_calls: calls }, done: false }),
    );
  }
  parts.push(
    line({
      message: { role: 'assistant', content: '' },
      done: true,
      done_reason: reply.finish ?? 'stop',
      load_duration: 12_000_000,
      ...(usage ? { prompt_eval_count: usage.input, eval_count: usage.output } : {}),
    }),
  );
  return parts;
}
