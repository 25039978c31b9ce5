import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ScanLogsOptions, scanLogs } from '#src/logs/scan/scan-logs.ts';
import type { TraceCandidate } from '#src/logs/scan/scan-options.ts';
import { analyseScan } from '#src/logs/windows/analyse-scan.ts';

async function scan(lines: readonly string[], options: ScanLogsOptions = {}) {
  const candidates: TraceCandidate[] = [];
  const found = await scanLogs([{ iterable: [Buffer.from(lines.join('\n'))] }], {
    assign: true,
    onTraceCandidate: (candidate) => candidates.push(candidate),
    ...options,
  });
  const analysis = analyseScan(found.tally, options);
  const assigned = lines.map((_, line) => analysis.idOf(found.assignments?.get(line) ?? -1));
  return { ...found, ...analysis, assigned, candidates };
}

const time = (second: number) => new Date(Date.UTC(2024, 0, 2, 3, 0, second)).toISOString();

describe('scanLogs', () => {
  test('gives every line its template, continuation lines that of their record', async () => {
    const { assigned, tally, candidates } = await scan([
      `${time(1)} INFO app.Main: started in 12 ms`,
      `${time(2)} ERROR app.Main: it broke`,
      'java.lang.IllegalStateException: no',
      '\tat a.B.c(B.java:1)',
      `${time(3)} INFO app.Main: started in 99 ms`,
    ]);
    expect(assigned[0]).toBe(assigned[4]);
    expect(assigned[1]).not.toBe(assigned[0]);
    expect(assigned.slice(1, 4)).toEqual([assigned[1], assigned[1], assigned[1]]);
    expect(tally).toMatchObject({ lines: 5, records: 3 });
    expect(candidates.map(({ text }) => text.split('\n').length)).toEqual([3]);
    expect(candidates[0]?.at).toBe(Date.parse(time(2)));
  });

  test('reads levels that are numbers, though the lines have one shape', async () => {
    const line = (level: number, n: number) =>
      `{"level":${level},"time":${Date.UTC(2024, 0, 2) + n},"msg":"request ${n} done"}`;
    const { tally } = await scan([line(30, 1), line(50, 2), line(30, 3), line(50, 4), line(30, 5)]);
    const levels = tally.counts.flatMap((counts) => (counts ? [counts.levels] : []));
    expect(levels.reduce((sum, counts) => sum + (counts[4] ?? 0), 0)).toBe(2);
    expect(levels.reduce((sum, counts) => sum + (counts[2] ?? 0), 0)).toBe(3);
  });

  test('reads the time of every line, wherever it stands', async () => {
    for (const write of [
      (s: number) => `${time(s)} INFO a.B: x ${s}`,
      (s: number) => `{"msg":"x ${s}","took":${s * 7},"time":${Date.parse(time(s))}}`,
      (s: number) => `level=info msg="x ${s}" ts=${time(s)}`,
      (s: number) => `node-${s} INFO ${time(s)} x ${s}`,
    ]) {
      const { tally, templates } = await scan(Array.from({ length: 59 }, (_, s) => write(s)));
      expect([tally.first, tally.last]).toEqual([Date.parse(time(0)), Date.parse(time(58))]);
      expect(templates).toHaveLength(1);
    }
  });

  test('keeps what the container runtime has cut in order', async () => {
    const { assigned, tally } = await scan([
      `${time(1)} stdout P INFO part one `,
      `${time(1)} stderr F WARN other 7`,
      `${time(1)} stdout F and two`,
      `${time(2)} stderr F WARN other 9`,
    ]);
    expect(assigned[0]).toBe(assigned[2]);
    expect(assigned[1]).toBe(assigned[3]);
    expect(assigned[0]).not.toBe(assigned[1]);
    expect(tally.records).toBe(3);
  });

  test('counts in the window and in the baseline apart', async () => {
    const lines = Array.from({ length: 50 }, (_, s) => `${time(s)} INFO a.B: x ${s}`);
    const window = { start: Date.parse(time(30)), end: Date.parse(time(40)) };
    const baseline = { start: Date.parse(time(10)), end: Date.parse(time(30)) };
    const { templates, tally } = await scan(lines, { window, baseline });
    expect(templates[0]).toMatchObject({
      count: 10,
      baselineCount: 20,
      first: time(30).replace('.000', ''),
    });
    expect(tally.records).toBe(50);
  });

  test('reads several logs as one, each with its own layout', async () => {
    const found = await scanLogs(
      [
        { iterable: [`${time(1)} INFO a.B: job 1 done\n`] },
        { iterable: ['Jan  2 03:00:01 host app[1]: job 2 done\n'] },
      ],
      { reference: Date.UTC(2024, 1, 1), assign: true },
    );
    const { templates } = analyseScan(found.tally);
    expect(templates.map(({ template, count }) => [template, count])).toEqual([
      ['job <*> done', 2],
    ]);
    expect(found.assignments?.length).toBe(2);
  });

  test('does not depend on how the bytes come', async () => {
    const text = Array.from(
      { length: 40 },
      (_, s) =>
        `${time(s)} ${s % 3 ? 'INFO' : 'ERROR'} a.B: user ${'abcdefgh'[s % 8]} paid ${s}\r\n\tmore ${s}`,
    ).join('\n');
    const whole = await scanLogs([{ iterable: [text] }]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: text.length }), { maxLength: 12 }),
        async (cuts) => {
          const points = [...new Set(cuts)].sort((a, b) => a - b);
          const chunks = [0, ...points].map((from, index) => text.slice(from, points[index]));
          const found = await scanLogs([{ iterable: chunks }]);
          expect(analyseScan(found.tally).templates).toEqual(analyseScan(whole.tally).templates);
        },
      ),
      { numRuns: 20 },
    );
  });

  test('survives any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), async (bytes) => {
        const found = await scanLogs([{ iterable: [bytes] }], { assign: true });
        expect(found.tally.records).toBeLessThanOrEqual(found.tally.lines);
        analyseScan(found.tally);
      }),
      { numRuns: 60 },
    );
  });
});
