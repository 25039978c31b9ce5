import { describe, expect, test } from 'vitest';
import { reportOnLogs } from '#src/logs/log-report.ts';
import { renderLogReport } from '#src/logs/view/render-report.ts';
import { createStyle } from '#src/platform/style.ts';
import { displayWidth } from '#src/platform/terminal-text.ts';

const START = Date.UTC(2024, 1, 5, 8);
const iso = (second: number) => new Date(START + second * 1000).toISOString();

function log(): string {
  const lines: string[] = [];
  for (let s = 0; s < 3600; s += 2) {
    lines.push(
      `${iso(s)} INFO a.Orders: order ${s} placed by customer number ${s % 7} of a rather long and telling statement`,
    );
    if (s > 3000 && s % 10 === 0)
      lines.push(`${iso(s)} ERROR a.Pay: payment ${s} refused by the provider \u001b[31mred\u202e`);
  }
  return lines.join('\n');
}

describe('reportOnLogs', () => {
  test('tells what is there and what is different', async () => {
    const report = await reportOnLogs([{ iterable: [log()] }], { assign: true });
    expect(report.templates.map(({ count, level }) => [count, level])).toEqual([
      [1800, 'info'],
      [59, 'error'],
    ]);
    expect(report.anomalies).toMatchObject([{ kind: 'new', level: 'error', count: 59 }]);
    expect(report.lines).toBe(1859);
    expect(report.assignment?.(0)).toBe(report.templates[0]?.id);
    expect(report.stackTraces).toEqual([]);
  });

  test('hands records of several lines to who reads stack traces', async () => {
    const texts: string[] = [];
    const traces = { add: ({ text }: { text: string }) => texts.push(text), finish: () => [] };
    await reportOnLogs(
      [{ iterable: [`${iso(1)} ERROR a: x\n\tat b.c(D.java:1)\n${iso(2)} INFO a: y`] }],
      { traces },
    );
    expect(texts).toEqual([`${iso(1)} ERROR a: x\n\tat b.c(D.java:1)`]);
  });

  test('says why an archive ends early and what was left out', async () => {
    const { notes } = await reportOnLogs([{ iterable: [`${'x'.repeat(400_000)}\n`] }]);
    expect(notes.join()).toContain('bytes of overlong lines were left out');
  });
});

describe('renderLogReport', () => {
  test('fits into eighty columns and shows no foreign escape sequence', async () => {
    const report = await reportOnLogs([{ iterable: [log()] }]);
    report.stackTraces.push({
      id: 'K1',
      service: null,
      language: 'java',
      type: 'a.B',
      message: 'm'.repeat(200),
      count: 3,
      first: null,
      last: null,
      causes: [],
      frames: [{ file: `${'d/'.repeat(60)}B.java`, line: 1, function: 'c', inApp: true }],
    });
    const text = renderLogReport(report, { columns: 80, style: createStyle(false) });
    for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80);
    expect(text).not.toContain('\u001b');
    expect(text).not.toContain('\u202e');
    expect(text).toContain('1,800 info');
    expect(text).toContain('payment <*> refused');
    expect(text).toContain('3×');
  });

  test('says so when there is nothing', async () => {
    const report = await reportOnLogs([{ iterable: [] }]);
    const text = renderLogReport(report, { columns: 80, style: createStyle(false) });
    expect(text).toContain('0 lines');
    expect(text).toContain('no record bears a time');
  });
});
