import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { StackTrace } from '#src/domain/stack-trace.ts';

const ROOT = new URL('../../../fixtures/stacktraces/', import.meta.url);

/** `app` or `lib`, function, file, line. */
export type ExpectedFrame = [string, string, string, number | null];
export type ExpectedTrace = {
  language?: string;
  count?: number;
  type: string;
  message: string;
  frames: ExpectedFrame[];
  causes?: ExpectedTrace[];
};
export type Fixture = { name: string; lines: string[]; expected: ExpectedTrace[] };

/** Every folder of fixtures/stacktraces: what a program printed, and its frames as counted by hand. */
export function stackTraceFixtures(): Fixture[] {
  return readdirSync(ROOT)
    .filter((name) => existsSync(new URL(`${name}/output.txt`, ROOT)))
    .map((name) => ({
      name,
      lines: readFileSync(new URL(`${name}/output.txt`, ROOT), 'utf8')
        .replace(/\n$/, '')
        .split('\n'),
      expected: JSON.parse(readFileSync(new URL(`${name}/expected.json`, ROOT), 'utf8')),
    }));
}

/** A trace in the form of `expected.json`. */
export function project(trace: StackTrace, isTop = true): ExpectedTrace {
  const causes = trace.causes.map((cause) => project(cause, false));
  return {
    ...(isTop ? { language: trace.language, count: trace.count } : {}),
    type: trace.type,
    message: trace.message,
    frames: trace.frames.map((frame) => [
      frame.inApp ? 'app' : 'lib',
      frame.function,
      frame.file,
      frame.line,
    ]),
    ...(causes.length > 0 ? { causes } : {}),
  };
}
