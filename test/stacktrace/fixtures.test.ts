import { describe, expect, it } from 'vitest';
import type { StackTrace } from '#src/domain/stack-trace.ts';
import { extractStackTraces } from '#src/stacktrace/extract.ts';
import {
  type ExpectedFrame,
  type ExpectedTrace,
  project,
  stackTraceFixtures,
} from './helpers/fixtures.ts';
import { noise, seeded, TEXT_WRAPPERS, WRAPPERS } from './helpers/wrappers.ts';

const FIXTURES = stackTraceFixtures();

const read = (lines: readonly string[]): Promise<StackTrace[]> =>
  extractStackTraces(lines.map((text) => ({ text, at: null, service: null })));

describe('the traces of every fixture, frame by frame', () => {
  it.each(FIXTURES)('$name', async ({ lines, expected }) => {
    expect((await read(lines)).map((trace) => project(trace))).toEqual(expected);
  });

  it.each(FIXTURES)('$name, as one record of several lines', async ({ lines, expected }) => {
    const traces = await extractStackTraces([{ text: lines.join('\n'), at: 0, service: 'shop' }]);
    expect(traces.map((trace) => project(trace))).toEqual(expected);
  });
});

/** Without the message, because in a log with other lines between its end cannot always be known. */
function structure(trace: ExpectedTrace): unknown {
  const { message: _message, count: _count, causes, ...rest } = trace;
  return { ...rest, causes: causes?.map(structure) };
}

/** Traces by what they are, with how often each was seen in all. */
function counted(traces: readonly ExpectedTrace[], withMessage: boolean): Map<string, number> {
  const counts = new Map<string, number>();
  for (const trace of traces) {
    const key = JSON.stringify(withMessage ? { ...trace, count: 0 } : structure(trace));
    counts.set(key, (counts.get(key) ?? 0) + (trace.count ?? 0));
  }
  return counts;
}

/** All fixtures, one after the other, in one log with 10,000 lines of others between them. */
function amidOthers(
  wrap: (lines: readonly string[]) => string[],
  isInterleaved: boolean,
): string[] {
  const between = noise(10_000 + 5000, 11);
  const random = seeded(5);
  const gap = Math.floor(10_000 / FIXTURES.length);
  const log: string[] = [];
  let next = 0;
  for (const { lines } of FIXTURES) {
    for (let n = 0; n < gap; n += 1) log.push(between[next++] ?? '');
    for (const line of lines) {
      for (let n = isInterleaved ? Math.floor(random() * 3) : 0; n > 0; n -= 1) {
        log.push(between[next++ % between.length] ?? '');
      }
      log.push(line);
    }
  }
  return wrap([...log, ...between.slice(-200)]);
}

const EXPECTED = FIXTURES.flatMap((fixture) => fixture.expected);

describe('all fixtures in one log of 10,000 other lines', () => {
  it.each(Object.entries(WRAPPERS))('%s', async (_name, wrap) => {
    const traces = (await read(amidOthers(wrap, false))).map((trace) => project(trace));
    expect(counted(traces, true)).toEqual(counted(EXPECTED, true));
  });

  it.each(Object.entries(WRAPPERS))(
    '%s, other lines between the lines of each trace',
    async (_name, wrap) => {
      const traces = (await read(amidOthers(wrap, true))).map((trace) => project(trace));
      expect(counted(traces, false)).toEqual(counted(EXPECTED, false));
    },
  );
});

// A text that holds JSON records or console records of its own is not what a logger puts into one value.
const WHOLE = FIXTURES.filter(
  ({ name, lines }) =>
    !lines[0]?.startsWith('{') && name !== 'go-zap' && name !== 'javascript-flattened',
);

describe('each fixture as one value of a structured record', () => {
  it.each(Object.entries(TEXT_WRAPPERS))('%s', async (_name, wrap) => {
    for (const { name, lines, expected } of WHOLE) {
      const log = [...noise(40, 3), wrap(lines.join('\n')), ...noise(40, 4)];
      const traces = (await read(log)).map((trace) => project(trace));
      expect(counted(traces, false), name).toEqual(counted(expected, false));
    }
  });
});

describe('a trace that was cut', () => {
  it.each(FIXTURES)(
    '$name gives frames of the same language with their places',
    async ({ lines, expected }) => {
      const text = lines.join('\n');
      const languages = new Set(expected.map((trace) => trace.language).concat('cpp'));
      for (const part of [
        lines.slice(0, Math.ceil(lines.length / 2)),
        lines.slice(Math.floor(lines.length / 3)),
      ]) {
        for (const trace of await read(part)) {
          expect(languages).toContain(trace.language);
          for (const [, , file] of frames(project(trace)))
            expect(text.replaceAll('%20', ' ')).toContain(file.replaceAll('\\', '\\\\'));
        }
      }
    },
  );
});

function frames(trace: ExpectedTrace): ExpectedFrame[] {
  return [...trace.frames, ...(trace.causes ?? []).flatMap(frames)];
}
