import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyChange } from '#src/changes/classify/classify.ts';
import { roleOf } from '#src/changes/classify/role.ts';
import { symptomsOfText } from '#src/changes/seen/log-symptoms.ts';
import { termsOf } from '#src/changes/vocabulary.ts';
import { diffOf } from './diff-of.ts';

const PATHS = [
  'a.py',
  'a.ts',
  'a.go',
  'A.java',
  'a.kt',
  'a.rb',
  'a.rs',
  'A.cs',
  'a.php',
  'a.c',
  'A.scala',
  'a.ex',
  'a.sql',
  'a.yml',
  'a.json',
  'a.toml',
  'a.ini',
  'a.tf',
  'a.properties',
  '.env',
  'Dockerfile',
  'nginx/a.conf',
  'k8s/a.yaml',
  'package.json',
  'pom.xml',
  'go.mod',
  'migrations/1.sql',
  'a.proto',
  'a.lua',
  'a.xml',
  'a.unknown',
];

/** Pieces that regular expressions for code trip over when they repeat. */
const PIECES = [
  'a',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  '`',
  '\\',
  '/',
  '*',
  '/*',
  '*/',
  '#',
  '//',
  '--',
  '<',
  '>',
  '=',
  '==',
  ' ',
  '\t',
  ',',
  '.',
  ':',
  '::',
  '->',
  '?',
  '!',
  '&&',
  '|',
  '+',
  '-',
  '%',
  '$',
  '@',
  '0',
  '1',
  '9',
  '_',
  'é',
  '\u0000',
  'if ',
  'for ',
  'async ',
  'await ',
  'import ',
  'public static ',
  'return ',
  'catch (',
  'log.info(',
  'a.b(',
  'fn ',
  'x = ',
  'SELECT * FROM ',
  'version: 1.2.3',
  'timeout: 30s',
  'process.env.A',
  '"key": ',
  '<version>',
  'const a = () => ',
  'with open(',
];

function timed(run: () => void): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}

describe('reading changes', () => {
  it('never throws, whatever stands in a diff', () => {
    const line = fc
      .tuple(
        fc.constantFrom(' ', '-', '+'),
        fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 6 })), {
          maxLength: 12,
        }),
      )
      .map(([sign, pieces]) => sign + pieces.join('').replace(/[\n\r]/g, ''));
    fc.assert(
      fc.property(
        fc.constantFrom(...PATHS),
        fc.array(line, { minLength: 1, maxLength: 14 }),
        (path, lines) => {
          const diff = diffOf(path, lines.join('\n'));
          const result = classifyChange({ diff, files: [path] });
          expect(result.isNoOp).toBe(result.noOpReason !== null);
          for (const { weight, evidence } of result.classes) {
            expect(weight).toBeGreaterThanOrEqual(0);
            expect(weight).toBeLessThanOrEqual(1);
            expect(evidence.length).toBeGreaterThan(0);
          }
          expect(JSON.stringify(classifyChange({ diff, files: [path] }))).toBe(
            JSON.stringify(result),
          );
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('takes little time on lines that are made to be slow', () => {
    for (const piece of PIECES) {
      const text = piece.repeat(Math.ceil(2000 / piece.length));
      const body = [` ${text}`, `-${text}x`, `+${text}y`, `+${text}`].join('\n');
      for (const path of [
        'a.py',
        'a.ts',
        'a.go',
        'A.java',
        'a.yml',
        'nginx/a.conf',
        'a.sql',
        'pom.xml',
        'package.json',
      ]) {
        const spent = timed(() => classifyChange({ diff: diffOf(path, body), files: [path] }));
        expect(spent, `${path} ${JSON.stringify(piece)}`).toBeLessThan(2000);
      }
    }
  });

  it('takes time in proportion to the size of a change', () => {
    const make = (lines: number, path: string, text: (index: number) => string): string =>
      diffOf(path, Array.from({ length: lines }, (_, index) => text(index)).join('\n'));
    const kinds: [string, (index: number) => string][] = [
      [
        'a.py',
        (index) => `${index % 2 ? '+' : '-'}    value_${index} = call(${index}, limit=${index})`,
      ],
      ['a.go', (index) => `+\tfor _, v := range list${index} {`],
      ['a.yml', (index) => `${index < 4000 ? '-' : '+'}  key_${index % 4000}: ${index}`],
      ['a.ts', () => '+  x();'],
      ['a.js', (index) => ` ${'  '.repeat(index % 40)}if (a) {`],
    ];
    for (const [path, text] of kinds) {
      const diff = make(8000, path, text);
      expect(
        timed(() => classifyChange({ diff, files: [path] })),
        path,
      ).toBeLessThan(20_000);
    }
  });

  it('tells the role of any path', () => {
    fc.assert(
      fc.property(fc.string(), (path) => {
        expect(typeof roleOf(path)).toBe('string');
      }),
    );
    expect(timed(() => roleOf('a/'.repeat(50_000)))).toBeLessThan(1500);
  });
});

describe('reading texts of the logs', () => {
  it('takes little time on texts that are made to be slow', () => {
    for (const piece of [
      ...PIECES,
      'column ',
      'undefined method ',
      'missing required ',
      'A.',
      'a-',
      '/a',
    ]) {
      const text = piece.repeat(Math.ceil(20_000 / piece.length));
      expect(
        timed(() => symptomsOfText(text)),
        piece,
      ).toBeLessThan(1500);
      expect(
        timed(() => termsOf(text)),
        piece,
      ).toBeLessThan(1500);
    }
  });
});
