import { describe, expect, test } from 'vitest';
import { type AssembledRecord, RecordAssembler } from '#src/logs/records/assemble.ts';
import { learnLayout } from '#src/logs/records/layout.ts';
import { createLineParser, unwrapLine } from '#src/logs/records/parse-line.ts';

function assemble(
  lines: readonly string[],
  layout = learnLayout(lines.map(unwrapLine)),
): AssembledRecord[] {
  const records: AssembledRecord[] = [];
  const assembler = new RecordAssembler(createLineParser(layout), (record) => records.push(record));
  for (const [index, line] of lines.entries()) assembler.push(line, index + 1);
  assembler.flush();
  return records.sort((a, b) => a.lineNumber - b.lineNumber);
}

const at = (second: number) => `2024-01-02 03:04:${String(second).padStart(2, '0')}.000`;

describe('RecordAssembler', () => {
  test('puts a stack trace to its record, in any language', () => {
    const lines = [
      `${at(1)} ERROR com.a.B - it broke`,
      'java.lang.IllegalStateException: no',
      '\tat com.a.B.c(B.java:1)',
      'Caused by: java.io.IOException: disk',
      '\t... 12 more',
      `${at(2)} ERROR app - it broke`,
      'Traceback (most recent call last):',
      '  File "/app/a.py", line 3, in f',
      "    raise ValueError('x')",
      'ValueError: x',
      `${at(3)} INFO app - fine`,
    ];
    const records = assemble(lines);
    expect(records.map(({ lineNumber, lineCount }) => [lineNumber, lineCount])).toEqual([
      [1, 5],
      [6, 5],
      [11, 1],
    ]);
    expect(records[1]?.text).toBe(lines.slice(5, 10).join('\n'));
    expect(records[0]).toMatchObject({
      level: 'error',
      message: 'it broke',
      at: Date.UTC(2024, 0, 2, 3, 4, 1),
    });
  });

  test('joins what CRI has cut, per stream', () => {
    const records = assemble([
      '2024-01-02T03:04:05.000Z stdout P INFO first ',
      '2024-01-02T03:04:05.001Z stderr F ERROR other',
      '2024-01-02T03:04:05.002Z stdout P half and ',
      '2024-01-02T03:04:05.003Z stdout F last',
    ]);
    expect(records.map(({ message, runs }) => [message, runs])).toEqual([
      [
        'first half and last',
        [
          [1, 1],
          [3, 2],
        ],
      ],
      ['other', [[2, 1]]],
    ]);
  });

  test('keeps interleaved traces of two containers apart', () => {
    const line = (pod: string, text: string) => `[pod/${pod}/app] ${text}`;
    const records = assemble([
      line('a-1', `${at(1)} ERROR x - one`),
      line('b-2', `${at(1)} ERROR x - two`),
      line('a-1', '\tat a.B.c(B.java:1)'),
      line('b-2', '\tat d.E.f(E.java:2)'),
      line('a-1', '\tat a.B.d(B.java:3)'),
    ]);
    expect(records.map(({ text }) => text.split('\n').slice(1))).toEqual([
      ['\tat a.B.c(B.java:1)', '\tat a.B.d(B.java:3)'],
      ['\tat d.E.f(E.java:2)'],
    ]);
  });

  test('reads JSON that is printed over several lines', () => {
    const records = assemble([
      '{',
      '  "level": "error",',
      '  "message": "boom",',
      '  "time": "2024-01-02T03:04:05Z"',
      '}',
      '{"level":"info","msg":"next"}',
    ]);
    expect(records).toMatchObject([
      { level: 'error', message: 'boom', at: Date.UTC(2024, 0, 2, 3, 4, 5), lineCount: 5 },
      { level: 'info', message: 'next', lineCount: 1 },
    ]);
  });

  test('takes each line for itself where none has a time, except indented ones', () => {
    const records = assemble(['starting', 'listening on 80', '  with options', 'done'], {
      steps: [],
      timed: false,
      learned: false,
    });
    expect(records.map(({ text }) => text)).toEqual([
      'starting',
      'listening on 80\n  with options',
      'done',
    ]);
  });

  test('bounds a record without end', () => {
    const [record] = assemble([
      `${at(1)} INFO x - head`,
      ...Array.from({ length: 20_000 }, () => `\tat ${'x'.repeat(50)}`),
    ]);
    expect(record?.lineCount).toBe(20_001);
    expect(record?.text.length).toBeLessThan(600_000);
  });

  test('does not lose a document that never ends', () => {
    const records = assemble(['{', '  "a": 1', `${at(1)} INFO x - next`], {
      steps: [],
      timed: true,
      learned: false,
    });
    expect(records.map(({ lineCount }) => lineCount)).toEqual([2, 1]);
  });
});
