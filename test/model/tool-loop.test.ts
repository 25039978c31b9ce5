import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineTool, type ModelMessage, type ModelTool } from '#src/model/contract.ts';
import { runToolLoop, type ToolLoopOptions } from '#src/model/tool-loop.ts';
import { type FakeReply, fakeModel } from '../helpers/model-fake.ts';

const look = defineTool({
  name: 'look',
  description: 'looks at something',
  schema: z.object({ at: z.string() }),
  run: ({ at }) => `${at} is well`,
});
const call = (at: unknown, id = 'c1', name = 'look') => ({ id, name, input: { at } });
const answer: FakeReply = { text: '{"cause":"pool"}' };

function run(replies: FakeReply[], rest: Partial<ToolLoopOptions> & { tools?: ModelTool[] } = {}) {
  const model = fakeModel(replies);
  const loop = runToolLoop({
    model,
    messages: [{ role: 'user', content: 'why?' }],
    tools: [look],
    output: { name: 'answer', schema: z.object({ cause: z.string() }) },
    maxCalls: 6,
    maxOutputTokens: 100,
    contextTokens: 8000,
    timeoutMs: 1000,
    isAnswer: (text) => text.includes('cause'),
    ...rest,
  });
  return { model, loop };
}

const results = (messages: readonly ModelMessage[]): string[] =>
  messages.filter((message) => message.role === 'tool').map((message) => message.content);

describe('runToolLoop', () => {
  it('runs what the model asks for, feeds it back, and ends with its answer', async () => {
    const { model, loop } = run([{ toolCalls: [call('db', 'a'), call('web', 'b')] }, answer]);
    const ended = await loop;
    expect(ended.reply.text).toBe('{"cause":"pool"}');
    expect(ended.calls).toBe(2);
    expect(ended.toolUses).toEqual([
      { name: 'look', input: { at: 'db' }, result: 'db is well', ok: true },
      { name: 'look', input: { at: 'web' }, result: 'web is well', ok: true },
    ]);
    expect(model.requests[1]?.messages.slice(1)).toEqual([
      { role: 'assistant', content: '', toolCalls: [call('db', 'a'), call('web', 'b')] },
      { role: 'tool', callId: 'a', name: 'look', content: 'db is well' },
      { role: 'tool', callId: 'b', name: 'look', content: 'web is well' },
    ]);
  });

  it('runs at most four at once, and not more than eight of a turn', async () => {
    let atWork = 0;
    let most = 0;
    const slow = defineTool({
      ...look,
      run: async () => {
        most = Math.max(most, ++atWork);
        await new Promise((resolve) => setTimeout(resolve, 10));
        atWork--;
        return 'x';
      },
    });
    const calls = Array.from({ length: 12 }, (_, i) => call(`n${i}`, `c${i}`));
    const { toolUses } = await run([{ toolCalls: calls }, answer], { tools: [slow] }).loop;
    expect(most).toBe(4);
    expect(toolUses.filter((use) => use.ok)).toHaveLength(8);
  });

  it('lets the model see what was wrong with a call', async () => {
    const bad = defineTool({
      name: 'bad',
      description: 'fails',
      schema: z.object({ at: z.string() }),
      run: () => Promise.reject(new Error('no such\nfile')),
    });
    const calls = [
      call('x', '1', 'rm'),
      call({}, '2'),
      { id: '3', name: 'look', input: 'a {' },
      call('x', '4', 'bad'),
    ];
    const { model, loop } = run([{ toolCalls: calls }, answer], { tools: [look, bad] });
    expect((await loop).toolUses.every((use) => !use.ok)).toBe(true);
    expect(results(model.requests[1]?.messages ?? [])).toEqual([
      'There is no such tool. Tools: look, bad.',
      expect.stringMatching(/^Wrong arguments: at: .*look takes \{ "at": string \}$/),
      expect.stringContaining('Wrong arguments: the whole answer: '),
      'The tool failed: no such file',
    ]);
  });

  it('reads calls that were printed as text, and takes an answer for an answer', async () => {
    const printed = { text: 'Let me see: {"name":"look","arguments":{"at":"db"}}' };
    const last = { text: '{"cause":"pool","name":"look","arguments":{"at":"web"}}' };
    const { model, loop } = run([printed, printed, last]);
    const ended = await loop;
    expect(ended.reply.text).toBe(last.text);
    expect(ended.calls).toBe(3);
    expect(results(model.requests[2]?.messages ?? [])).toEqual([
      'db is well',
      expect.stringContaining('You made this call before'),
    ]);
    const ids = model.requests[2]?.messages.flatMap((m) => (m.role === 'tool' ? [m.callId] : []));
    expect(new Set(ids).size).toBe(2);
  });

  it('asks for the answer, in its form and without tools, when the calls are used up', async () => {
    const { model, loop } = run(
      [
        { toolCalls: [call('a')] },
        { toolCalls: [call('b')] },
        { toolCalls: [call('c')], text: 'x' },
      ],
      { maxCalls: 3 },
    );
    const ended = await loop;
    expect(ended.calls).toBe(3);
    expect(ended.toolUses).toHaveLength(2);
    expect(model.requests.map((request) => request.tools?.length ?? 0)).toEqual([1, 1, 0]);
    expect(model.requests[2]?.output?.name).toBe('answer');
    expect(model.requests[2]?.messages.at(-1)?.content).toContain('No more tools');
  });

  it('ends for a model that turns in a circle', async () => {
    const { loop, model } = run([{ toolCalls: [call('db')] }], { maxCalls: 50 });
    expect((await loop).calls).toBe(4);
    expect(model.requests[3]?.tools).toBeUndefined();
  });

  it('leaves the oldest results out when they do not fit, says so, and lets them be asked for again', async () => {
    const long = defineTool({ ...look, run: ({ at }) => `${at} `.repeat(900) });
    const again = [
      { toolCalls: [call('aa', '1')] },
      { toolCalls: [call('bb', '2')] },
      { toolCalls: [call('aa', '3')] },
      answer,
    ];
    const { model, loop } = run(again, { tools: [long], contextTokens: 1900 });
    await loop;
    const third = results(model.requests[2]?.messages ?? []);
    expect(third[0]).toContain('left out to save room');
    expect(third[1]).toContain('bb bb');
    expect(results(model.requests[3]?.messages ?? []).at(-1)).toContain('aa aa');
  });

  it('bounds a result that is too long', async () => {
    const endless = defineTool({ ...look, run: () => 'x'.repeat(1_000_000) });
    const { toolUses } = await run([{ toolCalls: [call('a')] }, answer], {
      tools: [endless],
      contextTokens: 1e6,
    }).loop;
    expect(toolUses[0]?.result.length).toBeLessThan(17_000);
    expect(toolUses[0]?.result).toContain('more characters; ask for less');
  });

  it('stops tools and all when the caller does', async () => {
    const stop = new AbortController();
    const hanging = defineTool({ ...look, run: () => new Promise<string>(() => {}) });
    const { loop } = run([{ toolCalls: [call('a')] }, answer], {
      tools: [hanging],
      signal: stop.signal,
    });
    setTimeout(() => stop.abort(new Error('enough')), 30);
    await expect(loop).rejects.toThrow('enough');
  });
});
