import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type StackTrace, stackTraceSchema } from '#src/domain/stack-trace.ts';
import { extractStackTraces, TraceCollector } from '#src/stacktrace/extract.ts';
import { ADVERSARIAL } from '../../bench/stacktrace/adversarial.ts';
import { fixtureLines, fuzzText, seeded } from '../../bench/stacktrace/inputs.ts';

const read = (text: string): Promise<StackTrace[]> =>
  extractStackTraces(text.split('\n').map((line) => ({ text: line, at: null, service: null })));

const name = fc
  .stringMatching(/^[a-z][a-z0-9]{1,8}$/)
  .filter((text) => !/^(?:panic|native|async|new|get|set|main)$/.test(text));
const Name = name.map((text) => `${text[0]?.toUpperCase()}${text.slice(1)}`);
const line = fc.integer({ min: 1, max: 99_999 });
const message = fc.stringMatching(/^[a-z][a-z ]{0,30}[a-z]$/);
const list = <T>(of: fc.Arbitrary<T>) => fc.array(of, { minLength: 1, maxLength: 8 });

type Frame = { file: string; line: number; function: string };
const simple = (
  trace: StackTrace | undefined,
): { type: string; message: string; frames: Frame[] }[] =>
  trace
    ? [
        {
          type: trace.type,
          message: trace.message,
          frames: trace.frames.map(({ inApp: _inApp, ...rest }) => ({
            ...rest,
            line: rest.line ?? 0,
          })),
        },
        ...simple(trace.causes[0]),
      ]
    : [];

describe('what a runtime prints is read back', () => {
  const thrown = (
    file: fc.Arbitrary<string>,
    type: fc.Arbitrary<string>,
    call: fc.Arbitrary<string>,
  ) => fc.record({ type, message, frames: list(fc.record({ file, line, function: call })) });

  it('Python, with causes', async () => {
    const python = thrown(
      name.map((text) => `/app/${text}.py`),
      Name.map((text) => `${text}Error`),
      name,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(python, { minLength: 1, maxLength: 3 }), async (chain) => {
        const text = [...chain]
          .reverse()
          .map(({ type, message: said, frames }) =>
            [
              'Traceback (most recent call last):',
              ...[...frames]
                .reverse()
                .map(
                  (frame) =>
                    `  File "${frame.file}", line ${frame.line}, in ${frame.function}\n    return x`,
                ),
              `${type}: ${said}`,
            ].join('\n'),
          )
          .join('\n\nThe above exception was the direct cause of the following exception:\n\n');
        expect((await read(text)).map(simple)).toEqual([chain]);
      }),
    );
  });

  it('Java, with the frames that causes share left out', async () => {
    const frame = fc.record({ type: Name, method: name, line });
    const java = fc.record({
      shared: list(frame),
      levels: fc.array(
        fc.record({
          type: Name.map((text) => `com.acme.${text}Exception`),
          message,
          own: list(frame),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    });
    await fc.assert(
      fc.asyncProperty(java, async ({ shared, levels }) => {
        const print = (each: { type: string; method: string; line: number }) =>
          `\tat com.acme.${each.type}.${each.method}(${each.type}.java:${each.line})`;
        const frames = (each: { type: string; method: string; line: number }): Frame => ({
          file: `${each.type}.java`,
          line: each.line,
          function: `com.acme.${each.type}.${each.method}`,
        });
        const text = levels.map(({ type, message: said, own }, level) =>
          [
            `${level === 0 ? '' : 'Caused by: '}${type}: ${said}`,
            ...own.map(print),
            ...(level === 0 ? shared.map(print) : [`\t... ${shared.length} more`]),
          ].join('\n'),
        );
        const expected = levels.map(({ type, message: said, own }) => ({
          type,
          message: said,
          frames: [...own, ...shared].map(frames),
        }));
        expect((await read(text.join('\n'))).map(simple)).toEqual([expected]);
      }),
    );
  });

  it('JavaScript, with nested causes', async () => {
    const js = thrown(
      name.map((text) => `/app/${text}.js`),
      Name.map((text) => `${text}Error`),
      name,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(js, { minLength: 1, maxLength: 3 }), async (chain) => {
        const print = (level: number): string[] => {
          const each = chain[level];
          if (!each) return [];
          const pad = '  '.repeat(level);
          const inner = print(level + 1);
          const frames = each.frames.map(
            (frame) => `${pad}    at ${frame.function} (${frame.file}:${frame.line}:7)`,
          );
          if (inner.length > 0) frames[frames.length - 1] += ' {';
          return [
            `${level === 0 ? '' : `${pad}[cause]: `}${each.type}: ${each.message}`,
            ...frames,
            ...inner,
            ...(inner.length > 0 ? [`${pad}}`] : []),
          ];
        };
        expect((await read(print(0).join('\n'))).map(simple)).toEqual([chain]);
      }),
    );
  });

  it('Go', async () => {
    const go = list(
      fc.record({
        file: name.map((text) => `/app/${text}.go`),
        line,
        function: name.map((text) => `main.${text}`),
      }),
    );
    await fc.assert(
      fc.asyncProperty(go, message, async (frames, said) => {
        const body = frames
          .map((frame) => `${frame.function}(0x1, {0x2, 0x3})\n\t${frame.file}:${frame.line} +0x1d`)
          .join('\n');
        const [trace] = await read(
          `panic: ${said}\n\ngoroutine 1 [running]:\n${body}\nexit status 2`,
        );
        expect(simple(trace)).toEqual([{ type: 'panic', message: said, frames }]);
      }),
    );
  });

  it('Ruby', async () => {
    const ruby = thrown(
      name.map((text) => `/app/${text}.rb`),
      Name.map((text) => `${text}Error`),
      name,
    );
    await fc.assert(
      fc.asyncProperty(ruby, async (each) => {
        const [first, ...others] = each.frames.map(
          (frame) => `${frame.file}:${frame.line}:in \`${frame.function}'`,
        );
        const text = [
          `${first}: ${each.message} (${each.type})`,
          ...others.map((place) => `\tfrom ${place}`),
        ].join('\n');
        expect((await read(text)).map(simple)).toEqual([[each]]);
      }),
    );
  });
});

describe('any input', () => {
  it('gives valid traces, the same each time', async () => {
    const fixtures = fixtureLines();
    const random = seeded(42);
    for (let n = 0; n < 700; n += 1) {
      const text = fuzzText(fixtures, random);
      const traces = await extractStackTraces([{ text, at: n, service: null }]);
      for (const trace of traces) expect(stackTraceSchema.safeParse(trace).success).toBe(true);
      if (n % 10 === 0)
        expect(await extractStackTraces([{ text, at: n, service: null }])).toEqual(traces);
    }
  });

  it('of any characters is no error', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { maxLength: 20 }),
        async (lines) => {
          expect(Array.isArray(await read(lines.join('\n')))).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each(Object.entries(ADVERSARIAL))('%s takes linear time', (_name, make) => {
    const collector = new TraceCollector();
    const from = performance.now();
    collector.add({ text: make(100_000), at: null, service: null });
    collector.finish();
    // Linear cost is a few milliseconds; a quadratic pattern would take minutes.
    expect(performance.now() - from).toBeLessThan(1500);
  });
});
