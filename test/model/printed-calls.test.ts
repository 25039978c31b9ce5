import { describe, expect, it } from 'vitest';
import { printedCalls } from '#src/model/printed-calls.ts';

const names = new Set(['read_file', 'search_logs']);
const call = { name: 'read_file', input: { path: 'a.ts' } };
const json = '{"name": "read_file", "arguments": {"path": "a.ts"}}';

describe('printedCalls', () => {
  it.each([
    ['alone', json],
    ['in a fence after prose', `I will look.\n\`\`\`json\n${json}\n\`\`\``],
    ['in tags', `<tool_call>\n${json}\n</tool_call>`],
    ['after a mark, in a list', `[TOOL_CALLS][${json}]`],
    ['with other names of the fields', '{"tool": "read_file", "parameters": {"path": "a.ts"}}'],
    ['as a function', `{"type": "function", "function": ${json}}`],
    ['with arguments as text', '{"name":"read_file","arguments":"{\\"path\\":\\"a.ts\\"}"}'],
    ['in a function tag', '<function=read_file>{"path": "a.ts"}</function>'],
    ['with a trailing comma', '{"name": "read_file", "arguments": {"path": "a.ts",}}'],
    ['after reasoning', `<think>{"name":"search_logs","arguments":{}}</think>${json}`],
  ])('finds a call %s', (_how, text) => {
    expect(printedCalls(text, names)).toEqual([{ id: 'printed-1', ...call }]);
  });

  it('finds several, each once', () => {
    const other = '{"name": "search_logs", "arguments": {"text": "x"}}';
    expect(printedCalls(`[${json}, ${other}, ${json}]`, names)).toEqual([
      { id: 'printed-1', ...call },
      { id: 'printed-2', name: 'search_logs', input: { text: 'x' } },
    ]);
  });

  it.each([
    ['a tool that was not offered', '{"name": "rm", "arguments": {"path": "a.ts"}}'],
    ['one beside the name of a tool that was', 'Not read_file: {"name": "rm", "arguments": {}}'],
    ['an answer that names a tool', '{"next": "read_file", "why": "to see"}'],
    ['prose', 'I would call read_file with {"path": "a.ts"}.'],
    ['arguments that are no object', '{"name": "read_file", "arguments": 5}'],
    ['nothing', ''],
  ])('does not take %s for a call', (_what, text) => {
    expect(printedCalls(text, names)).toEqual([]);
  });
});
