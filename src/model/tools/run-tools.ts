import { messageOf } from '#src/domain/errors.ts';
import { checkForm } from '#src/model/coerce.ts';
import type { ModelProgress, ModelTool, ToolCall, ToolUse } from '#src/model/contract.ts';
import { describeForm } from '#src/model/describe-form.ts';
import { mapLimited } from '#src/platform/map-limited.ts';
import { oneLine } from '#src/platform/sanitize.ts';
import { stableJson } from '#src/platform/stable-json.ts';

const AT_ONCE = 4;
const MOST_CALLS_A_TURN = 8;
const TOOL_TIMEOUT_MS = 20_000;
/** Tools bound their results themselves; this holds where one does not. Characters. */
const LONGEST_RESULT = 16_000;

export type ToolRun = { call: ToolCall; result: string; ok: boolean; isRepeat: boolean };

export type ToolRunner = {
  /** The results in the order of the calls; never fails, except when the signal is aborted. */
  run(calls: readonly ToolCall[]): Promise<ToolRun[]>;
  /** The result of this call is gone from the conversation: the model may make it again. */
  forget(callId: string): void;
  /** Everything that was run so far. */
  uses(): ToolUse[];
};

/** Runs the calls of one conversation. */
export function createToolRunner(
  tools: readonly ModelTool[],
  options: {
    signal?: AbortSignal | undefined;
    onProgress?: ((event: ModelProgress) => void) | undefined;
  },
): ToolRunner {
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  /** What was called with what, and by which call. */
  const made = new Map<string, string>();
  const uses: ToolUse[] = [];

  const runOne = async (call: ToolCall, isRepeat: boolean, position: number): Promise<ToolRun> => {
    const refuse = (result: string): ToolRun => ({ call, result, ok: false, isRepeat });
    if (position >= MOST_CALLS_A_TURN) {
      return refuse(`Not run: at most ${MOST_CALLS_A_TURN} calls at once.`);
    }
    if (isRepeat) return refuse('You made this call before: its result is above. Try another one.');
    const tool = byName.get(call.name);
    if (tool === undefined) {
      return refuse(`There is no such tool. Tools: ${[...byName.keys()].join(', ')}.`);
    }
    const input = checkForm(tool.schema, call.input);
    if (!input.ok) {
      const expected = `${call.name} takes ${describeForm(tool.schema)}`;
      return refuse(`Wrong arguments: ${input.problems.join('; ')}. ${expected}`);
    }
    options.onProgress?.({ kind: 'tool', name: call.name, input: input.value });
    try {
      const result = await limited(tool, input.value, options.signal);
      return { call, result: bounded(result), ok: true, isRepeat };
    } catch (error) {
      options.signal?.throwIfAborted();
      return refuse(`The tool failed: ${oneLine(messageOf(error)).slice(0, 300)}`);
    }
  };

  return {
    run: async (calls) => {
      const planned = calls.map((call, position) => {
        const key = `${call.name} ${stableJson(call.input ?? null)}`;
        const isRepeat = made.has(key);
        if (!isRepeat) made.set(key, call.id);
        return { call, isRepeat, position };
      });
      const runs = await mapLimited(planned, AT_ONCE, ({ call, isRepeat, position }) =>
        runOne(call, isRepeat, position),
      );
      for (const { call, result, ok } of runs) {
        uses.push({ name: call.name, input: call.input, result, ok });
      }
      return runs;
    },
    forget: (callId) => {
      for (const [key, id] of made) if (id === callId) made.delete(key);
    },
    uses: () => [...uses],
  };
}

/** A tool that hangs ends with an error, whether it heeds its signal or not. */
async function limited(
  tool: ModelTool,
  input: unknown,
  signal: AbortSignal | undefined,
): Promise<string> {
  const controller = new AbortController();
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = (reason: unknown): void => {
    controller.abort(reason);
    reject(reason);
  };
  const onAbort = (): void => stop(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(
    () => stop(new Error(`no result within ${TOOL_TIMEOUT_MS / 1000} s`)),
    TOOL_TIMEOUT_MS,
  );
  promise.catch(() => {});
  try {
    return await Promise.race([promise, tool.run(input, controller.signal)]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

function bounded(result: string): string {
  if (result.length <= LONGEST_RESULT) return result === '' ? '(nothing)' : result;
  const more = result.length - LONGEST_RESULT;
  return `${result.slice(0, LONGEST_RESULT)}\n(cut: ${more} more characters; ask for less)`;
}
