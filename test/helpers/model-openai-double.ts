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

export type OpenAiDoubleOptions = {
  /** The answer of `/models`; null for a server that does not have it. */
  models?: object | null;
};

/** A server of OpenAI's protocol that says what a script tells it; `asked` holds chats only. */
export async function startOpenAi(
  script: Script,
  options: OpenAiDoubleOptions = {},
): Promise<ModelServer> {
  let calls = 0;
  const server = await startServer(async (asked, response) => {
    if (asked.path.endsWith('/models')) {
      server.asked.splice(server.asked.indexOf(asked), 1);
      const models = options.models ?? null;
      response.writeHead(models ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(models ?? { error: { message: 'no such route' } }));
      return;
    }
    const reply = nextReply(script, asked, calls++);
    if (await serveFault(reply, response)) return;
    if (asked.body.stream) {
      const events = openAiEvents(reply, asked.body.stream_options?.include_usage === true);
      await serveStream(reply, response, 'text/event-stream', events);
    } else if (reply.cutAfter !== undefined || reply.hangAfterFirst) {
      const whole = JSON.stringify(openAiCompletion(reply));
      const halves = [whole.slice(0, whole.length / 2), whole.slice(whole.length / 2)];
      const half = reply.cutAfter === undefined ? reply : { ...reply, cutAfter: 1 };
      await serveStream(half, response, 'application/json', halves);
    } else {
      response.writeHead(200, { 'content-type': 'application/json', ...reply.headers });
      response.end(JSON.stringify(openAiCompletion(reply)));
    }
  });
  return { ...server, url: `${server.url}/v1` };
}

function finishOf(reply: ScriptedReply): string {
  return reply.finish ?? (reply.toolCalls?.length ? 'tool_calls' : 'stop');
}

function usageOf(reply: ScriptedReply): object {
  const { input = 10, output = 5, cached } = reply.usage ?? {};
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    ...(cached === undefined ? {} : { prompt_tokens_details: { cached_tokens: cached } }),
  };
}

function openAiCompletion(reply: ScriptedReply): object {
  const calls = reply.toolCalls?.map((call, index) => ({
    id: `call_${index}`,
    type: 'function',
    function: { name: call.name, arguments: JSON.stringify(call.input) },
  }));
  const message = {
    role: 'assistant',
    content: reply.text ?? null,
    ...(calls && { tool_calls: calls }),
  };
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    model: 'double',
    choices: [{ index: 0, message, finish_reason: finishOf(reply) }],
    usage: usageOf(reply),
  };
}

function openAiEvents(reply: ScriptedReply, withUsage: boolean): string[] {
  const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
  const chunk = (delta: object, finish: string | null = null): string =>
    event({
      id: 'chatcmpl-1',
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta, finish_reason: finish }],
    });
  const events = piecesOf(reply.text ?? '', reply.pieceLength ?? 20).map((content) =>
    chunk({ content }),
  );
  for (const [index, call] of (reply.toolCalls ?? []).entries()) {
    const head = { index, id: `call_${index}`, type: 'function' };
    events.push(chunk({ tool_calls: [{ ...head, function: { name: call.name, arguments: '' } }] }));
    for (const piece of piecesOf(JSON.stringify(call.input), 5)) {
      events.push(chunk({ tool_calls: [{ index, function: { arguments: piece } }] }));
    }
  }
  events.push(chunk({}, finishOf(reply)));
  if (withUsage) events.push(event({ choices: [], usage: usageOf(reply) }));
  return [...events, 'data: [DONE]\n\n'];
}
