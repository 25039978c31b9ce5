import type { StackFrame, StackTrace } from '#src/domain/stack-trace.ts';
import { parseTime } from '#src/domain/time.ts';
import { maskedMessage } from '#src/stacktrace/fingerprint.ts';
import { bareFunctionName } from '#src/stacktrace/locate/function-name.ts';

/** A frame that may be where the fault lies, with its share of the blame within its trace. */
export type Candidate = {
  trace: StackTrace;
  /** The exception of the trace that the frame belongs to. */
  node: StackTrace;
  frame: StackFrame;
  share: number;
};

/** Each frame further out explains less: who called is rarely at fault for what failed inside. */
const STEP_OUT = 0.55;
/** An exception that wraps another one tells of the consequence. */
const WRAPPER = 0.5;
const SIBLING = 0.7;
const MAX_FRAMES = 12;
const MAX_DEPTH = 12;
/** A frame of a helper or of the machinery around handlers. */
const HELPER = 0.45;
/** Below this a candidate is not worth looking up. */
const LEAST = 0.02;

/**
 * The frames of the service's own code that may be at fault, most likely first within each trace:
 * the place where the innermost cause was thrown, then its callers, then the exceptions around it.
 * Helpers that stand in many different traces (assertions, middleware, loggers) count for less.
 * @param isOwn whether a frame is the service's own; frames of a library are no candidates
 */
export function candidates(
  traces: readonly StackTrace[],
  isOwn: (frame: StackFrame) => boolean,
): Candidate[] {
  const helpers = helperFrames(traces, isOwn);
  const found: Candidate[] = [];
  for (const trace of traces) walk(trace, trace, 1, 0, { found, helpers, isOwn });
  return found;
}

type Walk = {
  found: Candidate[];
  helpers: ReadonlySet<string>;
  isOwn: (frame: StackFrame) => boolean;
};

function walk(
  root: StackTrace,
  node: StackTrace,
  share: number,
  depth: number,
  walking: Walk,
): void {
  if (share < LEAST || depth > MAX_DEPTH) return;
  // The causes take the first place; what stands around them keeps a part.
  const own = node.causes.length > 0 && hasOwnFrames(node, walking.isOwn) ? share * WRAPPER : share;
  let left = own;
  const frames = thrownFrames(node).filter(walking.isOwn).slice(0, MAX_FRAMES);
  for (const frame of frames) {
    if (left < LEAST) break;
    const isHelper = walking.helpers.has(frameKey(frame)) || isNamedLikeHelper(frame);
    walking.found.push({ trace: root, node, frame, share: left * (isHelper ? HELPER : 1) });
    // After a helper its caller is as suspect as the place of the throw.
    left *= isHelper ? 0.95 : STEP_OUT;
  }
  const last = node.causes.length - 1;
  for (const [at, cause] of node.causes.entries()) {
    walk(root, cause, at === last ? share : share * SIBLING, depth + 1, walking);
  }
}

function hasOwnFrames(node: StackTrace, isOwn: (frame: StackFrame) => boolean, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  return node.causes.some(
    (cause) => cause.frames.some(isOwn) || hasOwnFrames(cause, isOwn, depth + 1),
  );
}

/** Frames above the last `panic` are those of deferred functions that handle it. */
function thrownFrames(node: StackTrace): readonly StackFrame[] {
  const panic = node.frames.findLastIndex(
    (frame) => frame.function === 'panic' || frame.function === 'runtime.gopanic',
  );
  return panic < 0 ? node.frames : node.frames.slice(panic + 1);
}

const HELPER_NAME =
  /^(?:assert\w*|invariant|ensure\w*|must\w*|fail|fatal|panic|throw\w*|raise\w*|unwrap\w*|expect|check(?:not)?null\w*|require(?:non)?null\w*|preconditions?|log|logger|trace|wrap\w*|wrapper|wrapped|middleware|decorator|inner|_inner|__call__|next|dispatch|retry\w*|with_?retr\w*|intercept\w*|aroundinvoke|safe\w*|guard\w*|try\w*|recover\w*)$/i;
const HELPER_FILE =
  /(?:^|[/\\._-])(?:middlewares?|interceptors?|decorators?|assert(?:ions?)?|logg(?:er|ing)|retry|preconditions)(?:[/\\._-]|$)/i;

function isNamedLikeHelper(frame: StackFrame): boolean {
  return HELPER_NAME.test(bareFunctionName(frame.function) ?? '') || HELPER_FILE.test(frame.file);
}

/** A frame counts as a helper from so many unlike traces on. */
const MANY = 4;

/**
 * Frames that stand in traces which fail in different ways: above unlike frames (a handler around
 * everything), or on top with unlike callers and messages (an assertion used everywhere).
 */
function helperFrames(
  traces: readonly StackTrace[],
  isOwn: (frame: StackFrame) => boolean,
): Set<string> {
  const uses = new Map<
    string,
    { below: Set<string>; callers: Set<string>; failures: Set<string> }
  >();
  for (const trace of traces) {
    forEachNode(trace, (node) => {
      const frames = node.frames.filter(isOwn);
      for (const [at, frame] of frames.entries()) {
        const key = frameKey(frame);
        const use = uses.get(key) ?? { below: new Set(), callers: new Set(), failures: new Set() };
        uses.set(key, use);
        const inner = frames[at - 1];
        if (inner) use.below.add(frameKey(inner));
        else {
          use.callers.add(frames[at + 1] ? frameKey(frames[at + 1] as StackFrame) : '');
          use.failures.add(`${node.type} ${maskedMessage(node.message)}`);
        }
      }
    });
  }
  const helpers = new Set<string>();
  for (const [key, { below, callers, failures }] of uses) {
    if (below.size >= MANY || (callers.size >= MANY && failures.size >= MANY)) helpers.add(key);
  }
  return helpers;
}

function forEachNode(trace: StackTrace, visit: (node: StackTrace) => void, depth = 0): void {
  visit(trace);
  if (depth < MAX_DEPTH) for (const cause of trace.causes) forEachNode(cause, visit, depth + 1);
}

/** The line is part of it: a function may fail in one line and call on in another. */
function frameKey(frame: StackFrame): string {
  return `${frame.file}:${frame.line ?? ''}:${frame.function}`;
}

/**
 * How much each trace counts: by how often it happened, slowly growing, and by how lately.
 * @returns by the trace's id, the sum being 1
 */
export function traceWeights(traces: readonly StackTrace[]): Map<StackTrace, number> {
  const ends = traces.map((trace) => (trace.last === null ? null : parseTime(trace.last)));
  const known = ends.filter((end) => end !== null);
  const newest = known.length > 0 ? Math.max(...known) : 0;
  const span = known.length > 0 ? Math.max(1, newest - Math.min(...known)) : 1;
  const raw = traces.map((trace, at) => {
    const end = ends[at] ?? newest;
    return Math.log2(1 + Math.max(1, trace.count)) * (1 - 0.5 * ((newest - end) / span));
  });
  const sum = raw.reduce((total, weight) => total + weight, 0) || 1;
  return new Map(traces.map((trace, at) => [trace, (raw[at] ?? 0) / sum]));
}
