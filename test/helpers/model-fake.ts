import type {
  LanguageModel,
  ModelCapabilities,
  ModelReply,
  ModelRequest,
} from '#src/model/contract.ts';

export type FakeReply = Partial<ModelReply> | Error;

export type FakeModel = LanguageModel & { requests: ModelRequest[] };

/** A model in memory that gives the replies of a list, the last of them again and again. */
export function fakeModel(
  replies: FakeReply[] | ((request: ModelRequest, call: number) => FakeReply),
  capabilities: Partial<ModelCapabilities> = {},
): FakeModel {
  const requests: ModelRequest[] = [];
  return {
    provider: 'fake',
    name: 'fake-1',
    isLocal: true,
    requests,
    capabilities: async () => ({
      supportsTools: true,
      contextTokens: 32_768,
      reasoningTokens: 0,
      ...capabilities,
    }),
    generate: async (request) => {
      request.signal?.throwIfAborted();
      const call = requests.push({ ...request, messages: [...request.messages] }) - 1;
      const next =
        typeof replies === 'function'
          ? replies(request, call)
          : (replies[Math.min(call, replies.length - 1)] ?? {});
      if (next instanceof Error) throw next;
      return {
        text: '',
        toolCalls: [],
        finishReason: next.toolCalls?.length ? 'tool-calls' : 'stop',
        usage: { inputTokens: 10, cachedInputTokens: 0, outputTokens: 5 },
        ...next,
      };
    },
  };
}
