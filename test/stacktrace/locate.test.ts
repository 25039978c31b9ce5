import { describe, expect, it } from 'vitest';
import type { StackTrace } from '#src/domain/stack-trace.ts';
import { readStackTraces } from '#src/stacktrace/extract.ts';
import { locate } from '#src/stacktrace/locate.ts';
import {
  fixture,
  locateIn,
  PYTHON,
  PYTHON_TRACE,
  readAt,
  repositoryOf,
} from './helpers/locating.ts';

describe('locate', () => {
  it('follows a line by its content into the head, and reads an old deploy by its own line numbers', async () => {
    const padding = Array.from({ length: 30 }, (_, n) => `LIMIT_${n} = ${n}`).join('\n');
    const repository = await repositoryOf([
      { message: 'begin', at: '2025-01-01T00:00:00Z', files: { 'sensors/stats.py': PYTHON } },
      {
        message: 'limits',
        at: '2026-03-01T09:00:00Z',
        files: { 'sensors/stats.py': `${padding}\n${PYTHON}` },
      },
      {
        message: 'after',
        at: '2026-03-02T09:00:00Z',
        files: { 'sensors/stats.py': `# head\n\n${padding}\n${PYTHON}` },
      },
    ]);
    // The code of the first commit was still running when the second one was already there.
    const old = await locateIn(repository, await readAt('2026-03-01T10:00:00Z', PYTHON_TRACE(6)));
    expect(old.locations[0]).toMatchObject({ line: 38, function: 'mean' });
    const deployed = await locateIn(
      repository,
      await readAt('2026-03-01T10:00:00Z', PYTHON_TRACE(36)),
      {
        revision: repository.shas.limits ?? '',
      },
    );
    expect(deployed.locations[0]).toMatchObject({ line: 38, function: 'mean' });
  });

  it('maps minified code to its source by the source map', async () => {
    const files = Object.fromEntries(
      ['dist/main.js', 'dist/main.js.map', 'src/main.ts', 'src/lib/stats.ts'].map((file) => [
        file,
        fixture(`javascript-bundled/${file}`),
      ]),
    );
    const repository = await repositoryOf([
      { message: 'begin', at: '2026-01-01T00:00:00Z', files },
    ]);
    const located = await locateIn(
      repository,
      await readAt(null, fixture('javascript-bundled/output.txt')),
    );
    expect(located.locations[0]).toMatchObject({
      file: 'src/lib/stats.ts',
      line: 5,
      function: 'average',
    });
    expect(located.locations[1]).toMatchObject({
      file: 'src/main.ts',
      line: 6,
      function: 'report',
    });
  });

  it('takes an inline source map, too', async () => {
    const code = fixture('javascript-bundled/dist/main.js').replace(
      /\n\/\/# sourceMappingURL.*\n?$/,
      '',
    );
    const map = Buffer.from(fixture('javascript-bundled/dist/main.js.map')).toString('base64');
    const files = {
      'dist/main.js': `${code}\n//# sourceMappingURL=data:application/json;base64,${map}\n`,
      'src/main.ts': fixture('javascript-bundled/src/main.ts'),
      'src/lib/stats.ts': fixture('javascript-bundled/src/lib/stats.ts'),
    };
    const repository = await repositoryOf([
      { message: 'begin', at: '2026-01-01T00:00:00Z', files },
    ]);
    const located = await locateIn(
      repository,
      await readAt(null, fixture('javascript-bundled/output.txt')),
    );
    expect(located.locations[0]).toMatchObject({ file: 'src/lib/stats.ts', line: 5 });
  });

  it.each([
    [
      'a Java class by its package',
      '\tat com.acme.orders.Orders.stock(Orders.java:3)',
      'src/main/java/com/acme/orders/Orders.java',
    ],
    [
      'a Kotlin class without the shared folders',
      '\tat com.acme.orders.stock.Shelf.count(Shelf.kt:3)',
      'src/main/kotlin/stock/Shelf.kt',
    ],
    [
      'a module of webpack',
      '    at stock (webpack://shop/./src/orders/stock.ts?3f1c:3:5)',
      'src/orders/stock.ts',
    ],
    [
      'a file of Windows',
      '   at Acme.Orders.Stock.Count(String name) in C:\\agent\\src\\Orders\\Stock.cs:line 3',
      'src/Orders/Stock.cs',
    ],
    [
      'a Go file by its module',
      'goroutine 1 [running]:\ngithub.com/acme/shop/orders.Count(...)\n\tgithub.com/acme/shop/orders/count.go:3',
      'orders/count.go',
    ],
    ['a class without a file', '   at Acme.Orders.Stock.Count(String name)', 'src/Orders/Stock.cs'],
    [
      'a compiled file whose source alone is kept',
      '    at count (/app/dist/orders/counter.js:44:5)',
      'src/orders/counter.ts',
    ],
  ])('finds %s', async (_what, frame, file) => {
    const body =
      'class A {\n  int Count(String name) {\n    return 1;\n  }\n}\nfunction count(a) {\n  return a;\n}\n';
    const repository = await repositoryOf([
      {
        message: 'begin',
        at: '2026-01-01T00:00:00Z',
        files: { [file]: body, 'other/Stock.cs': 'x', 'docs/count.md': 'x' },
      },
    ]);
    const repositoryWithoutTwin = file.endsWith('Stock.cs')
      ? await repositoryOf([
          { message: 'begin', at: '2026-01-01T00:00:00Z', files: { [file]: body } },
        ])
      : repository;
    const located = await locateIn(
      repositoryWithoutTwin,
      await readAt(null, `System.Exception: x\n${frame}`),
    );
    expect(located.locations[0]?.file).toBe(file);
  });

  it('uses the path map, the longest prefix first', async () => {
    const repository = await repositoryOf([
      {
        message: 'begin',
        at: '2026-01-01T00:00:00Z',
        files: {
          'services/api/index.js': 'a\nb\nc\n',
          'services/web/index.js': 'a\nb\nc\n',
          'index.js': 'a\n',
        },
      },
    ]);
    const trace = 'Error: x\n    at f (/app/api/index.js:2:3)';
    const located = await locateIn(repository, await readAt(null, trace), {
      pathMap: { '/app': '.', '/app/api/': 'services/api' },
    });
    expect(located.locations[0]).toMatchObject({ file: 'services/api/index.js', line: 2 });
    // Without the map three files fit, and one of them is as good as the other.
    expect((await locateIn(repository, await readAt(null, trace))).locations[0]?.file).toBe(
      'services/api/index.js',
    );
  });

  it('passes by deferred functions that only handle a panic', async () => {
    const repository = await repositoryOf([
      {
        message: 'begin',
        at: '2026-01-01T00:00:00Z',
        files: { 'main.go': fixture('go-http/main.go') },
      },
    ]);
    const located = await locateIn(repository, await readAt(null, fixture('go-http/output.txt')));
    expect(located.locations[0]).toMatchObject({ file: 'main.go', line: 19, function: 'weather' });
    expect(located.locations.map(({ line }) => line)).not.toContain(26);
  });

  it('prefers the innermost cause', async () => {
    const files = Object.fromEntries(
      ['orders.py', 'pricing.py'].map((file) => [file, fixture(`python-chained/${file}`)]),
    );
    const repository = await repositoryOf([
      { message: 'begin', at: '2026-01-01T00:00:00Z', files },
    ]);
    const located = await locateIn(
      repository,
      await readAt(null, fixture('python-chained/output.txt')),
    );
    expect(located.locations[0]).toMatchObject({
      file: 'orders.py',
      line: 10,
      function: 'load_rate',
    });
  });

  it('discounts a helper that stands in many unlike traces', async () => {
    const traces = ['rate', 'stock', 'user', 'cart', 'tax'].map(
      (what, n) =>
        `Error: ${what} is broken badly\n    at demand (/app/src/demand.js:2:9)\n    at ${what}Of (/app/src/${what}.js:${n + 2}:3)`,
    );
    const files: Record<string, string> = { 'src/demand.js': 'a\nb\nc\n' };
    for (const what of ['rate', 'stock', 'user', 'cart', 'tax'])
      files[`src/${what}.js`] = 'a\nb\nc\nd\ne\nf\ng\n';
    const repository = await repositoryOf([
      { message: 'begin', at: '2026-01-01T00:00:00Z', files },
    ]);
    const reading = await readStackTraces(
      traces.map((text, n) => ({ text, at: n, service: null })),
    );
    const withMost: StackTrace[] = reading.traces.map((trace, n) =>
      n === 2 ? { ...trace, count: 90 } : trace,
    );
    const located = await locate(withMost, repository.view, {});
    const [first] = located.locations.filter(({ file }) => file !== 'src/demand.js');
    expect(first).toMatchObject({ file: 'src/user.js', line: 4 });
    expect(located.locations.find(({ file }) => file === 'src/demand.js')?.score).toBeLessThan(0.6);
  });

  it('finds nothing where the repository holds none of the files', async () => {
    const repository = await repositoryOf([
      { message: 'begin', at: '2026-01-01T00:00:00Z', files: { 'a.txt': 'x' } },
    ]);
    expect(await locateIn(repository, await readAt(null, PYTHON_TRACE(6)))).toEqual({
      locations: [],
      commits: [],
    });
  });
});
