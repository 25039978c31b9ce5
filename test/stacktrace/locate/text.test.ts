import { describe, expect, it } from 'vitest';
import { fileIndex } from '#src/stacktrace/locate/file-index.ts';
import { followLine } from '#src/stacktrace/locate/follow-line.ts';
import { plainFramePath } from '#src/stacktrace/locate/frame-path.ts';
import { enclosingFunction, functionAround } from '#src/stacktrace/locate/function-extent.ts';
import { bareFunctionName } from '#src/stacktrace/locate/function-name.ts';
import { cosmeticsOf, hunksOf } from '#src/stacktrace/locate/hunks.ts';

describe('the bare name of a function', () => {
  it.each([
    ['shop.Checkout.lambda$all$0', 'all'],
    ['com.acme.Cart$total$1.invokeSuspend', 'total'],
    ['com.acme.Cart.$anonfun$total$1', 'total'],
    ['com.acme.Cart$Line.<init>', null],
    ['main.(*Shop).add', 'add'],
    ['main.(*Cache[...]).Get', 'Get'],
    ['main.run.func1.2', 'run'],
    ['main.main.gowrap1', 'main'],
    ['block (2 levels) in Shop::Cart#total', 'total'],
    ['rescue in total', 'total'],
    ['Integer#/', null],
    ['valid?', 'valid?'],
    ['shop::Shop::sell::{{closure}}', 'sell'],
    ['<shop::Cart as core::ops::Add<u32>>::add', 'add'],
    ['Acme.Shop.Cart.<Total>m__0', 'Total'],
    ['Shop.Api.Orders.<GetAsync>d__3.MoveNext', 'GetAsync'],
    ['Shop.Pricer.<>c__DisplayClass3_0.<Price>b__0', 'Price'],
    ['System.Linq.Enumerable.Sum[TSource]', 'Sum'],
    ['Shop\\Cart->price', 'price'],
    ['Shop\\Cart::cents', 'cents'],
    ['{closure}', null],
    ['Shop.Cart.price/1', 'price'],
    ['anonymous fn/2 in Shop.Cart.total/1', 'total'],
    ['Cart.total(of:)', 'total'],
    ['total/<', 'total'],
    ['api.handlers.get', 'get'],
    ['new Widget', 'Widget'],
    ['get color', 'color'],
    ['#one', 'one'],
    ['Object.<anonymous>', null],
    ['shop::total<std::__cxx11::basic_string<char> [2]>', 'total'],
    ['Counter::add(int)', 'add'],
    ['<module>', null],
    ['main', 'main'],
  ])('%s → %s', (name, bare) => {
    expect(bareFunctionName(name)).toBe(bare);
  });
});

describe('the path of a frame', () => {
  it.each([
    ['webpack://shop/./src/a.tsx?3f1c', 'shop/src/a.tsx'],
    ['webpack-internal:///./src/a.ts', 'src/a.ts'],
    ['https://shop.example/static/js/main.js?v=3', 'static/js/main.js'],
    ['C:\\src\\Feed\\Rows.cs', 'C:/src/Feed/Rows.cs'],
    ['../lib/./a.py', 'lib/a.py'],
    ['package:shop/src/cart.dart', 'lib/src/cart.dart'],
    ['node:internal/timers', null],
    ['<frozen importlib._bootstrap>', null],
    ['[internal function]', null],
    ['', null],
  ])('%s → %s', (file, path) => {
    expect(plainFramePath(file)).toBe(path);
  });
});

describe('the file for a path', () => {
  const index = fileIndex([
    'src/api/index.js',
    'src/web/index.js',
    'src/app.py',
    'lib/app.py',
    'tools/run.sh',
    'main.go',
  ]);
  it.each([
    ['/usr/src/app/src/api/index.js', 'src/api/index.js'],
    ['build/web/index.js', 'src/web/index.js'],
    ['/code/src/app.py', 'src/app.py'],
    ['main.go', 'main.go'],
    ['/go/src/main.go', 'main.go'],
    ['other/index.js', null],
    ['app.py', null],
    ['x/run.sh', null],
    ['nowhere.rb', null],
  ])('%s → %s', (path, file) => {
    expect(index.bySuffix(path)?.file ?? null).toBe(file);
  });
});

const SOURCES: Record<string, string> = {
  python:
    'import os\n\ndef other():\n    pass\n\nclass Cart:\n    def total(self, lines):\n        # sum\n        return sum(\n            line.price for line in lines)\n\n    def next(self):\n        pass\n',
  go: 'package main\n\nfunc (c *Cart) total(lines []Line) int {\n\tsum := 0\n\tfor _, l := range lines {\n\t\tsum += l.price\n\t}\n\treturn sum\n}\n\nfunc next() {}\n',
  java: 'class Cart {\n  /** "{" */\n  public int total(List<Line> lines)\n      throws IOException {\n    String open = "{";\n    return lines.size();\n  }\n  int next() { return 1; }\n}\n',
  ruby: 'class Cart\n  def total(lines)\n    lines.sum do |line|\n      line.price\n    end\n  end\n\n  def next_one\n  end\nend\n',
  javascript:
    'const total = (lines) => {\n  return lines.map((line) => {\n    return line.price;\n  });\n};\nfunction next() {}\n',
  rust: 'impl Cart {\n    pub fn total(&self) -> u32 {\n        self.lines\n            .iter()\n            .sum()\n    }\n}\n',
  php: '<?php\nfinal class Cart\n{\n    private function total(array $rows): int\n    {\n        return 1;\n    }\n}\n',
  csharp:
    'class Cart\n{\n    public async Task<int> total(List<Line> lines)\n    {\n        await Task.Delay(1);\n        return 1;\n    }\n}\n',
  elixir:
    'defmodule Cart do\n  def total(lines) do\n    Enum.sum(lines)\n  end\n\n  def other, do: 1\nend\n',
  c: 'static int total(const int *list, int n)\n{\n    return list[n];\n}\n\nint main(void) {\n    return total(0, 1);\n}\n',
};
const EXTENTS: [string, number, number, number][] = [
  ['python', 9, 7, 10],
  ['go', 6, 3, 9],
  ['java', 6, 3, 7],
  ['ruby', 4, 2, 6],
  ['javascript', 3, 1, 5],
  ['rust', 4, 2, 6],
  ['php', 6, 4, 7],
  ['csharp', 6, 3, 7],
  ['elixir', 3, 2, 4],
  ['c', 3, 1, 4],
];

describe('the function around a line', () => {
  it.each(EXTENTS)('%s, line %d', (language, line, from, to) => {
    const lines = (SOURCES[language] ?? '').split('\n');
    expect(functionAround(lines, line, 'total')).toEqual({ from, to });
    if (!['java', 'c', 'php', 'csharp', 'elixir'].includes(language))
      expect(enclosingFunction(lines, line)).toBe('total');
  });

  it('is none for a line outside of it, or when it is only called', () => {
    const lines = (SOURCES.c ?? '').split('\n');
    expect(functionAround(lines, 7, 'total')).toBeNull();
    expect(functionAround(lines, 7, 'main')).toEqual({ from: 6, to: 8 });
    expect(functionAround(lines, 3, 'nothing')).toBeNull();
  });
});

describe('following a line', () => {
  const before = ['a()', 'if (x) {', '  one()', '}', 'if (y) {', '  two()', '}', 'b()'];
  it.each([
    ['unchanged', before, 6, 6],
    ['moved down', ['new', 'new', ...before], 6, 8],
    ['moved up', before.slice(1), 6, 5],
    ['the right one of two alike', ['if (y) {', '}', ...before], 5, 7],
    ['changed in place', before.with(5, '  three()'), 6, 6],
    ['gone with everything around it', ['x', 'y'], 6, null],
  ])('%s', (_what, after, line, expected) => {
    expect(followLine(before, after, line)).toBe(expected);
  });
});

describe('the hunks of a diff', () => {
  const diff = [
    'diff --git a/a.py b/a.py',
    '--- a/a.py',
    '+++ b/a.py',
    '@@ -1,4 +1,4 @@ def f():',
    ' one',
    '-two',
    '+TWO',
    '+TWO AND A HALF',
    ' three',
    '@@ -20,3 +21,2 @@',
    ' x',
    '-y',
    ' z',
    'diff --git a/b.py b/b.py',
    '--- a/b.py',
    '+++ b/b.py',
    '@@ -1 +1 @@',
    '-a',
    '+b',
  ].join('\n');

  it('are told with the lines after the change', () => {
    expect(hunksOf(diff, 'a.py')).toEqual([
      {
        from: 2,
        to: 3,
        removedAt: [2],
        addedAt: [2, 3],
        removed: ['two'],
        added: ['TWO', 'TWO AND A HALF'],
        context: ['one', 'three'],
        heading: 'def f():',
      },
      {
        from: 22,
        to: 22,
        removedAt: [22],
        addedAt: [],
        removed: ['y'],
        added: [],
        context: ['x', 'z'],
        heading: '',
      },
    ]);
    expect(hunksOf(diff, 'b.py')).toHaveLength(1);
    expect(hunksOf(diff, 'c.py')).toEqual([]);
    expect(hunksOf('garbage\n@@ x\n+++ b/a.py', 'a.py')).toEqual([]);
  });

  it('are cosmetic when they only move, indent or comment', () => {
    const hunk = (...lines: string[]) => {
      const text = ['+++ b/a.py', '@@ -1,9 +1,9 @@', ...lines].join('\n');
      const [found] = hunksOf(text, 'a.py');
      return found ? cosmeticsOf(text).isCosmetic(found) : null;
    };
    expect(hunk('-  a(b, c)', '+    a(b,  c),')).toBe(true);
    expect(hunk('-a()', ' x', '+a()')).toBe(true);
    expect(hunk('+# why', '-// because', '+')).toBe(true);
    expect(hunk('-  a(b)', '+  if b:', '+    a(b)')).toBe(false);
    expect(hunk('-#include <a.h>')).toBe(false);
    expect(hunk('-guard()')).toBe(false);
  });
});
