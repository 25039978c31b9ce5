import { describe, expect, it } from 'vitest';
import { redactedModel } from '#src/model/redacted.ts';
import { fakeModel } from '../helpers/model-fake.ts';

const redact = (text: string): string => text.replaceAll('hunter2', '[redacted-password-1]');
const request = { maxOutputTokens: 10, timeoutMs: 1000 };

describe('redactedModel', () => {
  it('takes secrets out of everything that goes out and comes in', async () => {
    const inner = fakeModel([
      {
        text: 'it is hunter2',
        toolCalls: [{ id: '1', name: 'look', input: { a: ['hunter2', 1] } }],
      },
    ]);
    const reply = await redactedModel(inner, redact).generate({
      ...request,
      messages: [
        { role: 'system', content: 'hunter2' },
        { role: 'user', content: 'pw=hunter2' },
        {
          role: 'assistant',
          content: 'hunter2',
          toolCalls: [{ id: '1', name: 'look', input: { deep: { q: 'hunter2' }, n: null } }],
        },
        { role: 'tool', callId: '1', name: 'look', content: 'hunter2' },
      ],
    });
    expect(JSON.stringify([reply, inner.requests])).not.toContain('hunter2');
    expect(reply.toolCalls[0]?.input).toEqual({ a: ['[redacted-password-1]', 1] });
    expect(inner.requests[0]?.messages).toHaveLength(4);
  });

  it('sends nothing when redaction fails', async () => {
    const inner = fakeModel([{ text: 'x' }]);
    const broken = redactedModel(inner, () => {
      throw new Error('redaction failed');
    });
    const messages = [{ role: 'user' as const, content: 'x' }];
    await expect(broken.generate({ ...request, messages })).rejects.toThrow('redaction failed');
    expect(inner.requests).toHaveLength(0);
  });
});
