import {
  type EarlierLine,
  newTrace,
  type ParsedFrame,
  type ParsedTrace,
} from '#src/stacktrace/contract.ts';
import { isGoLibrary } from '#src/stacktrace/go/frame.ts';
import { caughtMessage, errorMessage, type GoHead } from '#src/stacktrace/go/panic-head.ts';

/** The frames of one goroutine, or of one stack of an error, with the lines before them. */
export type FrameGroup = { state: string; frames: ParsedFrame[]; notes: EarlierLine[] };

/** What was read of one panic, dump or error. */
export type GoReading = {
  heads: readonly GoHead[];
  groups: readonly FrameGroup[];
  /** Whether the groups are goroutines of a dump, as opposed to the stacks of an error. */
  isDump: boolean;
  earlier: readonly EarlierLine[];
};

/** The traces in what was read. */
export function tracesOf({ heads, groups, isDump, earlier }: GoReading): ParsedTrace[] {
  if (groups.length === 0) return [];
  if (!isDump) return [errorChain(groups)];
  const head = heads.at(-1);
  if (!head) return dumped(groups, earlier);
  // SIGQUIT is how an operator asks for a dump; the other heads are failures of the program.
  return head.type === 'SIGQUIT' ? waiting(groups) : [crash(heads, groups)];
}

/** The error that was returned last, with those that it wraps as its causes. */
function errorChain(groups: readonly FrameGroup[]): ParsedTrace {
  let inner: ParsedTrace | null = null;
  for (const group of groups) {
    const own = errorMessage(group.notes);
    const trace = newTrace('go', 'error', inner ? joined(own, inner.message) : own);
    trace.frames = group.frames;
    if (inner) trace.causes = [inner];
    inner = trace;
  }
  return inner as ParsedTrace;
}

const joined = (outer: string, inner: string) =>
  outer && inner ? `${outer}: ${inner}` : outer || inner;

/** A panic or fatal error: the goroutine that failed comes first. */
function crash(heads: readonly GoHead[], groups: readonly FrameGroup[]): ParsedTrace {
  const last = heads.at(-1) as GoHead;
  const trace = newTrace('go', last.type, last.message);
  trace.frames = groups[0]?.frames ?? [];
  if (last.message.startsWith('all goroutines are asleep')) {
    trace.causes = groups.slice(1, 17).map((group) => asleep(group));
    return trace;
  }
  // Each panic in a deferred function hides the one before it, whose frames begin below `panic`.
  let outer = trace;
  for (const head of heads.slice(0, -1).reverse()) {
    const cause = newTrace('go', head.type, head.message);
    cause.frames = belowPanic(trace.frames);
    outer.causes = [cause];
    outer = cause;
  }
  return trace;
}

function belowPanic(frames: readonly ParsedFrame[]): ParsedFrame[] {
  const at = frames.findLastIndex(
    (frame) => frame.function === 'panic' || frame.function === 'runtime.gopanic',
  );
  return frames.slice(at + 1);
}

function asleep(group: FrameGroup): ParsedTrace {
  const trace = newTrace('go', 'goroutine', group.state);
  trace.frames = group.frames;
  return trace;
}

/** Goroutines of a dump that run or wait in code of the service itself. */
function waiting(groups: readonly FrameGroup[]): ParsedTrace[] {
  return groups.filter((group) => group.frames.some((frame) => !isGoLibrary(frame))).map(asleep);
}

/** `debug.Stack()` without a head: the panic that a handler caught, or a dump. */
function dumped(groups: readonly FrameGroup[], earlier: readonly EarlierLine[]): ParsedTrace[] {
  const first = groups[0] as FrameGroup;
  if (groups.length > 1) return waiting(groups);
  const isPanic = first.frames.some((frame) => frame.function === 'panic');
  const trace = newTrace(
    'go',
    isPanic ? 'panic' : 'goroutine',
    caughtMessage(earlier) || (isPanic ? '' : first.state),
  );
  trace.frames = first.frames;
  return [trace];
}
