import { describe, expect, test } from 'vitest';
import { scanLogs } from '#src/logs/scan/scan-logs.ts';
import { analyseLogs } from '#src/logs/windows/analyse.ts';
import { analyseScan } from '#src/logs/windows/analyse-scan.ts';

/** Beginnings and repeated parts that would make a careless expression go back and forth. */
const LINES: Record<string, string> = {
  open_quotes: `msg="${'\\"'.repeat(20_000)}`,
  pairs: 'a=b '.repeat(20_000),
  pairs_without_end: `${'a="b" '.repeat(20_000)}x="`,
  brackets: '['.repeat(50_000),
  closed: '[x]'.repeat(20_000),
  parens: '(()'.repeat(20_000),
  colons: 'a:'.repeat(40_000),
  dots: 'a.'.repeat(40_000),
  blanks: ` ${' '.repeat(90_000)}x`,
  dashes: ' - '.repeat(30_000),
  pipes: 'x|'.repeat(40_000),
  digits: '1'.repeat(90_000),
  numbers: '1 '.repeat(40_000),
  times: '2024-01-02T03:04:05Z '.repeat(4000),
  slashes: '/a'.repeat(40_000),
  json_open: '{"a":'.repeat(15_000),
  json_deep: `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
  docker: `{"log":"${'x'.repeat(60_000)}","stream":"stdout","time":"t"}`,
  syslog: `<11>1 ${'x '.repeat(30_000)}`,
  syslog_data: `<11>1 - - - - - ${'[a b="'.repeat(10_000)}`,
  compose: `${'a'.repeat(80)}${' '.repeat(60_000)}|`,
  request: `"GET /${'a?'.repeat(20_000)}" 200`,
  methods: 'GET /x '.repeat(10_000),
  select: 'SELECT '.repeat(10_000),
  frames: `\tat ${'a.b.'.repeat(20_000)}c(D.java:1)`,
  thrown: `${'a.'.repeat(30_000)}Exception`,
  escapes: '\u001b['.repeat(30_000),
  nul: '\0'.repeat(60_000),
  broken: '\ufffd'.repeat(30_000),
  levels: 'ERROR '.repeat(15_000),
};

describe('hostile lines', () => {
  test.each(Object.entries(LINES))('%s', async (_name, line) => {
    const start = performance.now();
    const { tally } = await scanLogs([{ iterable: [`${line}\n${line}x\n`] }]);
    analyseScan(tally);
    analyseLogs([{ timestamp: '2024-01-02T03:04:05Z', service: 'a', line }], {
      window: { start: '2024-01-02T00:00:00Z', end: '2024-01-03T00:00:00Z' },
    });
    expect(performance.now() - start).toBeLessThan(1500);
  });
});
