import { describe, expect, it } from 'vitest';
import type { StackTrace } from '#src/domain/stack-trace.ts';
import { extractStackTraces, TraceCollector, type TraceRecord } from '#src/stacktrace/extract.ts';

const read = (lines: readonly (string | Partial<TraceRecord>)[]): Promise<StackTrace[]> =>
  extractStackTraces(
    lines.map((line) => ({
      text: '',
      at: null,
      service: null,
      ...(typeof line === 'string' ? { text: line } : line),
    })),
  );
const places = (traces: readonly StackTrace[]) =>
  traces.map((trace) =>
    [trace.type, ...trace.frames.map((frame) => `${frame.file}:${frame.line}`)].join(' '),
  );

const java = (who: string, n: number) => [
  `java.lang.IllegalStateException: ${who} is stuck`,
  `\tat com.acme.${who}.run(${who}.java:${n})`,
  `\tat com.acme.${who}.start(${who}.java:${n + 1})`,
];

describe('streams', () => {
  it('keeps traces apart that two threads write line by line', async () => {
    const [a, b] = [java('Alpha', 10), java('Beta', 20)];
    const lines = a.flatMap((line, n) => [
      `2026-01-02 03:04:05,00${n} ERROR [pool-1-thread-1] app - ${line}`,
      `2026-01-02 03:04:05,00${n} ERROR [pool-1-thread-2] app - ${b[n]}`,
    ]);
    expect(places(await read(lines))).toEqual([
      'java.lang.IllegalStateException Alpha.java:10 Alpha.java:11',
      'java.lang.IllegalStateException Beta.java:20 Beta.java:21',
    ]);
  });

  it('keeps the streams of a service apart', async () => {
    const [a, b] = [java('Alpha', 10), java('Beta', 20)];
    const lines = a.flatMap((text, n) => [
      { text, service: 'shop', stream: 'pod-1' },
      { text: b[n] ?? '', service: 'shop', stream: 'pod-2' },
    ]);
    expect((await read(lines)).map((trace) => trace.message)).toEqual([
      'Alpha is stuck',
      'Beta is stuck',
    ]);
  });

  it('joins lines that the container runtime cut', async () => {
    const long = `Error: ${'x'.repeat(40)}`;
    const cri = [
      `2026-01-02T03:04:05.000Z stderr P ${long.slice(0, 20)}`,
      `2026-01-02T03:04:05.000Z stderr F ${long.slice(20)}`,
      '2026-01-02T03:04:05.000Z stderr F     at f (/app/a.js:1:2)',
    ];
    expect((await read(cri))[0]?.message).toBe('x'.repeat(40));
    const message = 'y'.repeat(16_390);
    const docker = [
      `Error: ${message}`.slice(0, 16_384),
      `${`Error: ${message}`.slice(16_384)}\n`,
      '    at f (/app/a.js:1:2)\n',
    ].map((log) => JSON.stringify({ log, stream: 'stderr', time: '2026-01-02T03:04:05Z' }));
    const [trace] = await read(docker);
    expect(trace?.type).toBe('Error');
    expect(trace?.frames).toHaveLength(1);
  });

  it('reads journald exports, with messages as text and as bytes', async () => {
    const entry = (message: unknown) =>
      JSON.stringify({ MESSAGE: message, _PID: '7', __REALTIME_TIMESTAMP: '1767323045000000' });
    const [trace] = await read([
      entry('Error: broken'),
      entry([...Buffer.from('    at f (/app/a.js:1:2)')]),
    ]);
    expect(trace).toMatchObject({
      type: 'Error',
      message: 'broken',
      first: '2026-01-02T03:04:05Z',
    });
  });

  it('takes the time from the record, the wrapper, the JSON or the line', async () => {
    const trace = ['Error: x', '    at f (/app/a.js:1:2)'];
    const firsts = await Promise.all([
      read(trace.map((text) => ({ text, at: 1_767_323_045_000 }))),
      read(trace.map((text) => `2026-01-02T03:04:05.000000000Z stdout F ${text}`)),
      read([JSON.stringify({ time: 1_767_323_045_000, err: { stack: trace.join('\n') } })]),
      read([JSON.stringify({ ts: 1_767_323_045, stack: trace.join('\n') })]),
      read([`2026-01-02 03:04:05 ERROR failed: ${trace[0]}`, trace[1] ?? '']),
    ]);
    expect(firsts.map(([found]) => found?.first)).toEqual(Array(5).fill('2026-01-02T03:04:05Z'));
  });

  it('keeps a trace whose other lines come much later', async () => {
    const others = Array.from({ length: 50 }, (_, n) => `2026-01-02T03:04:05Z INFO request ${n}`);
    const lines = java('Alpha', 10);
    expect(places(await read([lines[0] ?? '', lines[1] ?? '', ...others, lines[2] ?? '']))).toEqual(
      ['java.lang.IllegalStateException Alpha.java:10 Alpha.java:11'],
    );
  });

  it('reads a log that is one record', async () => {
    const text = [...java('Alpha', 1), ...java('Beta', 5), '2026-01-02T03:04:05Z INFO bye'].join(
      '\r\n',
    );
    expect((await read([text])).map((trace) => trace.message)).toEqual([
      'Alpha is stuck',
      'Beta is stuck',
    ]);
  });

  it('keeps a stream in use while hundreds of others come and go', async () => {
    const [head = '', ...frames] = java('Alpha', 10);
    const others = Array.from(
      { length: 1200 },
      (_, n) => `Jan  2 03:04:05 host sshd[${n}]: Accepted publickey for deploy`,
    );
    const lines = frames.flatMap((frame, n) => [
      ...others.slice(n * 200, n * 200 + 200).map((text) => ({ text })),
      frame,
    ]);
    expect(places(await read([head, ...lines]))).toEqual([
      'java.lang.IllegalStateException Alpha.java:10 Alpha.java:11',
    ]);
  });

  it('forgets neither streams nor their number', () => {
    const collector = new TraceCollector();
    for (let n = 0; n < 2000; n += 1) {
      for (const text of java('Alpha', 10))
        collector.add({ text, at: n, service: null, stream: `pod-${n}` });
    }
    const { traces } = collector.finish();
    expect(traces).toHaveLength(1);
    expect(traces[0]).toMatchObject({ id: 'K1', count: 2000 });
  });
});
