import { existsSync, readdirSync, readFileSync } from 'node:fs';

const ROOT = new URL('../../fixtures/stacktraces/', import.meta.url);

/** The lines that the programs of the fixtures printed. */
export function fixtureLines(): string[][] {
  return readdirSync(ROOT)
    .filter((name) => existsSync(new URL(`${name}/output.txt`, ROOT)))
    .map((name) =>
      readFileSync(new URL(`${name}/output.txt`, ROOT), 'utf8')
        .split('\n')
        .slice(0, 120),
    );
}

/** A seeded generator of numbers in [0, 1) (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const TOKENS = [
  'at ',
  '    at ',
  '\tat ',
  'async ',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ' {',
  '<',
  '>',
  '@',
  ':',
  ':1:2',
  ':12',
  ' ',
  '\t',
  '\n',
  '"',
  "'",
  '`',
  '  File "/app/a.py", line 3, in f',
  'Traceback (most recent call last):',
  'ValueError: x',
  '  | ',
  '  + Exception Group Traceback (most recent call last):',
  '  +-+---------------- 1 ----------------',
  'During handling of the above exception, another exception occurred:',
  'Caused by: ',
  'Wrapped by: ',
  '\tSuppressed: ',
  '\t... 3 more',
  'java.lang.Error',
  'com.acme.A.b(A.java:1)',
  '[CIRCULAR REFERENCE: x]',
  ' ---> ',
  '   --- End of inner exception stack trace ---',
  'System.Exception: x',
  'A.B.C(String s) in /a.cs:line 3',
  'panic: ',
  'goroutine 1 [running]:',
  'main.f(...)',
  '\t/a/b.go:3 +0x1',
  'created by main.main in goroutine 1',
  'fatal error: ',
  "a.rb:1:in `f'",
  "\tfrom a.rb:1:in `f'",
  ': boom (E)',
  "thread 'main' panicked at ",
  'stack backtrace:',
  '   0: a::b',
  '             at ./a.rs:1:2',
  'PHP Fatal error:  Uncaught E: x in /a.php:1',
  'Stack trace:',
  '#0 /a.php(1): f()',
  '#1 {main}',
  'Next ',
  '#0  0x1 in f () at a.c:1',
  '==1==ERROR: AddressSanitizer: x',
  "terminate called after throwing an instance of 'E'",
  '** (E) x',
  '    a.ex:1: A.b/1',
  '#0      f (package:a/a.dart:1:2)',
  'a.swift:1: Fatal error: x',
  '{"log":"',
  '","stream":"stderr"}',
  '{"stack":"',
  '\\n',
  '\\"',
  '2026-01-02T03:04:05Z ',
  ' stderr F ',
  ' stdout P ',
  '<1>1 ',
  'ERROR ',
  '#012',
  '\u001b[31m',
  '\u0000',
  'é',
  '\ud800',
  '  [cause]: ',
  'Error: x',
  '  [errors]: [',
  '}',
  '... 4 lines matching cause stack trace ...',
];

/** A text of log lines that are whole, broken, mixed or made up. */
export function fuzzText(fixtures: readonly string[][], random: () => number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  if (random() < 0.35)
    return Array.from({ length: 1 + Math.floor(random() * 40) }, () => pick(TOKENS)).join(
      random() < 0.5 ? '' : '\n',
    );
  const lines = [...pick(fixtures)];
  if (random() < 0.3) lines.push(...pick(fixtures));
  for (let edits = Math.floor(random() * 8); edits > 0; edits -= 1) edit(lines, pick, random);
  const start = random() < 0.3 ? Math.floor(random() * lines.length) : 0;
  const text = lines.slice(start, start + 60).join('\n');
  return random() < 0.2 ? text.slice(0, Math.floor(random() * text.length)) : text;
}

function edit(lines: string[], pick: <T>(list: readonly T[]) => T, random: () => number): void {
  const at = Math.floor(random() * lines.length);
  const line = lines[at] ?? '';
  const column = Math.floor(random() * (line.length + 1));
  const kind = random();
  if (kind < 0.2) lines.splice(at, 1);
  else if (kind < 0.4) lines.splice(at, 0, line);
  else if (kind < 0.6) lines[at] = line.slice(0, column) + pick(TOKENS) + line.slice(column);
  else if (kind < 0.75) lines[at] = line.slice(0, column);
  else if (kind < 0.9)
    lines[at] =
      line.slice(0, column) +
      String.fromCharCode(Math.floor(random() * 300)) +
      line.slice(column + 1);
  else lines.splice(at, 0, pick(lines), pick(TOKENS));
}
