/**
 * Throws broken, cut and mixed lines at every parser of the logs: no crash, and no line that takes long.
 * `node bench/logs/fuzz.ts [inputs] [seed]`
 */
import { accessOfText } from '#src/logs/records/access.ts';
import { learnLayout } from '#src/logs/records/layout.ts';
import { createLineParser, unwrapLine } from '#src/logs/records/parse-line.ts';
import { readEpoch, readGlogTime, readTime } from '#src/logs/records/time/read-time.ts';
import { readCri, readPrefix } from '#src/logs/records/wrappers/container.ts';
import { readLogfmt } from '#src/logs/records/wrappers/logfmt.ts';
import { readSyslog } from '#src/logs/records/wrappers/syslog.ts';
import { scanLogs } from '#src/logs/scan/scan-logs.ts';
import { TemplateMiner } from '#src/logs/templates/miner.ts';
import { tokenize } from '#src/logs/templates/tokenize.ts';
import { analyseScan } from '#src/logs/windows/analyse-scan.ts';
import { generate } from './corpus/generate.ts';
import { Random } from './corpus/random.ts';
import { HELD_OUT, TUNED } from './corpus/registry.ts';

const INPUTS = Number(process.argv[2] ?? 100_000);
const random = new Random(Number(process.argv[3] ?? 1));
const SLOW_MS = 50;

const SEEDS = [
  ...[...TUNED, ...HELD_OUT].flatMap((style) => generate(style, 30).lines),
  '{"log":"x\\n","stream":"stdout","time":"2024-01-02T03:04:05Z"}',
  '2024-01-02T03:04:05.678Z stderr P cut',
  '<165>1 2024-01-02T03:04:05.678Z host app 123 ID47 [x@1 a="b"] text',
  'api-1  | 10.0.0.1 - - [02/Jan/2024:03:04:05 +0000] "GET /a?b=c HTTP/1.1" 200 5 "-" "x" 0.1',
  '\tat com.a.B.c(B.java:1)',
];
const PIECES = [
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '<',
  '>',
  '=',
  ':',
  ' - ',
  '|',
  '\\',
  '\0',
  '\u001b[',
  '\ufffd',
  '\n',
  '\t',
  '  ',
  '::',
  '//',
  '%',
  '1'.repeat(30),
  'a.'.repeat(40),
  '"'.repeat(50),
  '['.repeat(50),
  'é',
  '😀',
];

function mutate(line: string): string {
  let text = line;
  for (let edits = random.int(0, 6); edits > 0; edits--) {
    const at = random.int(0, text.length);
    const end = Math.min(text.length, at + random.int(0, 12));
    const kind = random.int(0, 4);
    if (kind === 0) text = text.slice(0, at) + text.slice(end);
    else if (kind === 1) text = text.slice(0, at) + random.pick(PIECES) + text.slice(at);
    else if (kind === 2)
      text = text.slice(0, at) + text.slice(at, end).repeat(random.int(2, 40)) + text.slice(at);
    else if (kind === 3) text = text.slice(0, at) + random.pick(SEEDS).slice(random.int(0, 40));
    else text = text.slice(0, at) + String.fromCharCode(random.int(0, 0xffff)) + text.slice(end);
  }
  return text;
}

const miner = new TemplateMiner({ maxPatterns: 500 });
const guess = createLineParser({ steps: [], timed: false, learned: false }, { reference: 1.7e12 });
const learned = createLineParser(learnLayout(SEEDS.slice(0, 40).map(unwrapLine)), {
  timeZone: 'Europe/Zurich',
});
const parsers: Record<string, (line: string) => unknown> = {
  guess,
  learned,
  tokenize,
  mine: (line) => miner.add(line),
  access: accessOfText,
  logfmt: readLogfmt,
  syslog: readSyslog,
  cri: readCri,
  prefix: readPrefix,
  layout: (line) => learnLayout([line, line]),
  time: (line) => {
    const bytes = Buffer.from(line);
    for (let at = 0; at < Math.min(40, bytes.length); at++) {
      readTime(bytes, at);
      readEpoch(bytes, at);
      readGlogTime(bytes, at);
    }
  },
};

const slowest: Record<string, number> = {};
let slow = 0;
const lines: string[] = [];
for (let input = 0; input < INPUTS; input++) {
  const line = mutate(random.pick(SEEDS));
  if (lines.length < 20_000) lines.push(line);
  for (const [name, parse] of Object.entries(parsers)) {
    const started = performance.now();
    parse(line);
    const took = performance.now() - started;
    // Mining also compacts now and then, which is paid by many lines.
    if (took > SLOW_MS && name !== 'mine') slow++;
    slowest[name] = Math.max(slowest[name] ?? 0, took);
  }
}
const scan = await scanLogs([{ iterable: [Buffer.from(lines.join('\n'))] }], {
  assign: true,
  maxPatterns: 500,
});
const { templates } = analyseScan(scan.tally);
console.log(`${INPUTS} inputs, no crash; ${slow} took more than ${SLOW_MS} ms`);
for (const [name, took] of Object.entries(slowest))
  console.log(`${name.padEnd(10)} slowest ${took.toFixed(1)} ms`);
console.log(
  `${scan.tally.lines} lines scanned: ${templates.length} templates, ${miner.size} patterns held`,
);
