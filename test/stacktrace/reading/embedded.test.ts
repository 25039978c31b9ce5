import { describe, expect, it } from 'vitest';
import type { StackTrace } from '#src/domain/stack-trace.ts';
import { extractStackTraces } from '#src/stacktrace/extract.ts';

const read = (record: unknown): Promise<StackTrace[]> =>
  extractStackTraces([{ text: JSON.stringify(record), at: 0, service: null }]);
const first = async (record: unknown) => (await read(record))[0];

describe('structured records', () => {
  it('reads frames of Sentry, the outermost first', async () => {
    const frames = [
      { filename: 'app/main.py', lineno: 9, function: '<module>' },
      { filename: 'app/tax.py', lineno: 3, function: 'share' },
    ];
    expect(
      await first({
        exception: {
          values: [
            { type: 'ZeroDivisionError', value: 'division by zero', stacktrace: { frames } },
          ],
        },
      }),
    ).toMatchObject({
      language: 'python',
      type: 'ZeroDivisionError',
      message: 'division by zero',
      frames: [
        { file: 'app/tax.py', line: 3, function: 'share', inApp: true },
        { file: 'app/main.py' },
      ],
    });
  });

  it('reads frames of zerolog, the innermost first', async () => {
    const stack = [
      { func: 'charge', line: '11', source: 'main.go' },
      { func: 'main', line: '23', source: 'main.go' },
    ];
    expect(
      await first({ level: 'error', stack, error: 'card refused', message: 'billing' }),
    ).toMatchObject({
      language: 'go',
      message: 'card refused',
      frames: [{ file: 'main.go', line: 11, function: 'charge' }, { line: 23 }],
    });
  });

  it("reads Monolog's JSON with the exceptions before", async () => {
    const exception = {
      class: 'RuntimeException',
      message: 'checkout failed',
      file: '/app/src/Checkout.php:30',
      trace: ['/app/src/Checkout.php:30', '/app/public/index.php:12'],
      previous: {
        class: 'TypeError',
        message: 'null given',
        file: '/app/src/Cart.php:19',
        trace: ['/app/src/Cart.php:19'],
      },
    };
    expect(await first({ message: 'failed', context: { exception } })).toMatchObject({
      language: 'php',
      type: 'RuntimeException',
      message: 'checkout failed',
      frames: [{ file: '/app/src/Checkout.php', line: 30 }, { line: 12 }],
      causes: [{ type: 'TypeError', frames: [{ file: '/app/src/Cart.php', line: 19 }] }],
    });
  });

  it('names a stack without a head by the fields beside it', async () => {
    const stackTrace =
      '   at Shop.Cart.Total() in /src/Cart.cs:line 9\n   at Shop.Program.Main() in /src/Program.cs:line 3';
    expect(
      await first({
        Exceptions: [
          {
            ClassName: 'System.NullReferenceException',
            Message: 'no cart',
            StackTraceString: stackTrace,
          },
        ],
      }),
    ).toMatchObject({
      language: 'dotnet',
      type: 'System.NullReferenceException',
      message: 'no cart',
      frames: [{ line: 9 }, { line: 3 }],
    });
    expect(
      await first({
        'exception.type': 'KeyError',
        'exception.message': "'a'",
        'exception.stacktrace':
          'Traceback (most recent call last):\n  File "/app/a.py", line 3, in f\n',
      }),
    ).toMatchObject({ type: 'KeyError', message: "'a'" });
  });

  it('counts a trace once that stands in two fields', async () => {
    const stack = 'Error: x\n    at f (/app/a.js:1:2)';
    expect(
      await read({ message: stack, stack, err: { type: 'Error', message: 'x', stack } }),
    ).toMatchObject([{ count: 1 }]);
  });

  it('reads lines kept as an array, JSON in JSON, and text that was escaped twice', async () => {
    const lines = ['java.lang.Error: x', '\tat com.acme.A.b(A.java:1)'];
    expect(await first({ stack_trace: lines })).toMatchObject({
      type: 'java.lang.Error',
      frames: [{ line: 1 }],
    });
    expect(
      await first({ message: JSON.stringify({ level: 'error', stack: lines.join('\n') }) }),
    ).toMatchObject({ type: 'java.lang.Error' });
    expect(await first({ stack: lines.join('\\n') })).toMatchObject({
      type: 'java.lang.Error',
      frames: [{ line: 1 }],
    });
  });

  it('reads a record that is printed over several lines', async () => {
    const text = JSON.stringify(
      { level: 'error', error: { stack: 'Error: x\n    at f (/app/a.js:1:2)' } },
      null,
      2,
    );
    expect(await extractStackTraces([{ text, at: 0, service: null }])).toMatchObject([
      { type: 'Error', message: 'x' },
    ]);
    const byLine = text.split('\n').map((line) => ({ text: line, at: 0, service: null }));
    expect(await extractStackTraces(byLine)).toMatchObject([{ type: 'Error', message: 'x' }]);
  });

  it('survives records without end', async () => {
    const deep = `${'{"cause":['.repeat(2000)}1${']}'.repeat(2000)}`;
    expect(await extractStackTraces([{ text: deep, at: 0, service: null }])).toEqual([]);
    expect(await read({ wide: Array(3000).fill('a\nb'), deep: 1 })).toEqual([]);
  });
});
