import type { StackFrame, StackTrace } from '#src/domain/stack-trace.ts';

const MASKS: readonly [RegExp, string][] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '#'],
  [/"[^"]{0,400}"|'[^']{0,400}'|`[^`']{0,400}['`]|“[^”]{0,400}”/g, '#'],
  [/[\w.+-]{1,100}@[\w-]{1,100}\.[\w.-]{1,100}/g, '#'],
  [/\b0x[0-9a-f]{1,40}\b/gi, '#'],
  [/\b(?=[a-f]{0,40}\d)[0-9a-f]{8,64}\b/gi, '#'],
  [/[\w-]*\d[\w-]*(?:[.:,/][\w-]*\d[\w-]*)*/g, '#'],
];

/** The first line of a message with all that changes from one occurrence to the next replaced by `#`. */
export function maskedMessage(message: string): string {
  const end = message.indexOf('\n');
  let text = (end < 0 ? message : message.slice(0, end)).slice(0, 400);
  for (const [pattern, mark] of MASKS) text = text.replace(pattern, mark);
  return text;
}

const MAX_KEYED = 64;

/** What two occurrences of one trace have in common apart from the message: type and own frames, causes included. */
export function structureKey(trace: StackTrace, depth = 0): string {
  const own = trace.frames.filter((frame) => frame.inApp);
  const frames = (own.length > 0 ? own : trace.frames).slice(0, MAX_KEYED).map(frameKey);
  const causes = depth < 8 ? trace.causes.map((cause) => structureKey(cause, depth + 1)) : [];
  return [trace.service ?? '', trace.language, trace.type, ...frames, ...causes].join('\u0001');
}

/** The masked messages of a trace and of its causes. */
export function messageKey(trace: StackTrace, depth = 0): string {
  const causes = depth < 8 ? trace.causes.map((cause) => messageKey(cause, depth + 1)) : [];
  return [maskedMessage(trace.message), ...causes].join('\u0001');
}

function frameKey(frame: StackFrame): string {
  return `${frame.file}:${frame.line ?? ''}:${frame.function}`;
}
