import type { ToolCall } from '#src/model/contract.ts';
import { jsonValuesIn, withoutReasoning } from '#src/model/json-in-text.ts';

const LONGEST_TEXT = 64 * 1024;
const MOST_CALLS = 8;

/**
 * Tool calls that a model printed instead of making them. Small models and servers without the
 * model's own template give them as `{"name": …, "arguments": {…}}`, alone, in a list, in a fence,
 * in `<tool_call>` (Qwen, Hermes), after `[TOOL_CALLS]` (Mistral), or in `<function=name>` (Llama).
 * Only names of tools that were offered count, so that an answer which looks alike stays an answer.
 */
export function printedCalls(text: string, toolNames: ReadonlySet<string>): ToolCall[] {
  if (text.length > LONGEST_TEXT) return [];
  const spoken = withoutReasoning(text);
  if (![...toolNames].some((name) => spoken.includes(name))) return [];
  const inTags = taggedCalls(spoken, toolNames);
  if (inTags.length > 0) return inTags;
  const calls: ToolCall[] = [];
  const seen = new Set<string>();
  for (const value of jsonValuesIn(spoken)) {
    const items = Array.isArray(value) ? value : [value];
    for (const item of items) {
      const call = asCall(item);
      if (call === null || !toolNames.has(call.name)) continue;
      const key = JSON.stringify([call.name, call.input]);
      if (seen.has(key) || calls.length >= MOST_CALLS) continue;
      seen.add(key);
      calls.push({ id: `printed-${calls.length + 1}`, ...call });
    }
  }
  return calls;
}

/** A call's name and arguments, when an object reads as one. */
export function asCall(value: unknown): { name: string; input: unknown } | null {
  if (typeof value !== 'object' || value === null) return null;
  const fields = value as Record<string, unknown>;
  if (typeof fields.function === 'object' && fields.function !== null) {
    return asCall(fields.function);
  }
  const name = fields.name ?? fields.tool ?? fields.tool_name ?? fields.function;
  const input = fields.arguments ?? fields.parameters ?? fields.args ?? fields.input;
  if (typeof name !== 'string' || input === undefined) return null;
  const parsed = typeof input === 'string' ? parseObject(input) : input;
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
    ? { name, input: parsed }
    : null;
}

function parseObject(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const TAGGED = /<function=([\w.-]{1,64})>([^<]{0,20000})<\/function>/g;

function taggedCalls(text: string, toolNames: ReadonlySet<string>): ToolCall[] {
  const calls: ToolCall[] = [];
  for (const match of text.matchAll(TAGGED)) {
    const [, name = '', body = ''] = match;
    const input = parseObject(body.trim() === '' ? '{}' : body);
    if (!toolNames.has(name) || typeof input !== 'object' || input === null) continue;
    calls.push({ id: `printed-${calls.length + 1}`, name, input });
    if (calls.length >= MOST_CALLS) break;
  }
  return calls;
}
