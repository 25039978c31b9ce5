/**
 * Fuzzes the stack trace parsers: `node bench/stacktrace/fuzz.ts [inputs] [seed]` (100,000 and 1).
 * Fails when an input throws, when a result does not fit the schema, when a line costs more than
 * linear time, or when memory grows with the number of inputs.
 */
import { stackTraceSchema } from '../../src/domain/stack-trace.ts';
import { TraceCollector } from '../../src/stacktrace/extract.ts';
import { ADVERSARIAL } from './adversarial.ts';
import { fixtureLines, fuzzText, seeded } from './inputs.ts';

const inputs = Number(process.argv[2] ?? 100_000);
const seed = Number(process.argv[3] ?? 1);
const failures: string[] = [];

const random = seeded(seed);
const fixtures = fixtureLines();
const shared = new TraceCollector();
let bytes = 0;
let traces = 0;
let slowest = { micros: 0, size: 0 };
let early = 0;
const begin = performance.now();
for (let n = 0; n < inputs; n += 1) {
  const text = fuzzText(fixtures, random);
  bytes += text.length;
  const from = performance.now();
  try {
    const own = new TraceCollector();
    own.add({ text, at: random() < 0.5 ? n : null, service: null });
    for (const line of text.split('\n'))
      shared.add({ text: line, at: n, service: `s${n % 300}`, stream: `${n % 7}` });
    for (const trace of own.finish().traces) {
      traces += 1;
      const checked = stackTraceSchema.safeParse(trace);
      if (!checked.success) failures.push(`input ${n}: ${checked.error.message.slice(0, 200)}`);
    }
  } catch (error) {
    failures.push(`input ${n} threw ${String(error)}: ${JSON.stringify(text).slice(0, 300)}`);
  }
  const micros = (performance.now() - from) * 1000;
  if (micros / (text.length + 200) > slowest.micros / (slowest.size + 200))
    slowest = { micros, size: text.length };
  if (n === Math.floor(inputs / 4)) early = process.memoryUsage().heapUsed;
}
const seconds = (performance.now() - begin) / 1000;
const heap = process.memoryUsage().heapUsed;
console.log(
  `${inputs} inputs, ${(bytes / 1e6).toFixed(1)} MB, ${traces} traces in ${seconds.toFixed(1)} s (${(bytes / 1e6 / seconds).toFixed(1)} MB/s)`,
);
console.log(`slowest: ${slowest.micros.toFixed(0)} µs for ${slowest.size} characters`);
console.log(
  `heap after a quarter: ${(early / 1e6).toFixed(0)} MB, at the end: ${(heap / 1e6).toFixed(0)} MB`,
);
if (heap > early + 150e6) failures.push(`the heap grew from ${early} to ${heap} bytes`);
const distinct = shared.finish().traces.length;
console.log(`distinct traces of the shared log: ${distinct} (bounded at 1000)`);
if (distinct > 1000) failures.push(`${distinct} traces were kept`);

/** Microseconds of processor time for one line, the best of some tries. */
function cost(line: string): number {
  let best = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 5; tries += 1) {
    const collector = new TraceCollector();
    collector.add({
      text: 'java.lang.Exception: x\n\tat a.b.C(D.java:1)\n',
      at: null,
      service: null,
    });
    const from = process.cpuUsage();
    collector.add({ text: line, at: null, service: null });
    collector.finish();
    const { user, system } = process.cpuUsage(from);
    best = Math.min(best, user + system);
  }
  return best;
}

const SIZES = [4_000, 16_000, 64_000, 256_000];
console.log(`\nmicroseconds for one line of ${SIZES.join(', ')} characters`);
for (const [name, make] of Object.entries(ADVERSARIAL)) {
  const costs = SIZES.map((size) => cost(make(size)));
  console.log(`${name.padEnd(24)}${costs.map((micros) => micros.toFixed(0).padStart(9)).join('')}`);
  const [, , middle = 0, large = 0] = costs;
  // Four times the size is four times the work when it is linear, sixteen times when it is quadratic.
  if (large > 5000 && large > 8 * middle)
    failures.push(`${name}: ${middle} µs for 64,000, ${large} µs for 256,000`);
  if (large > 200_000) failures.push(`${name}: ${large} µs for 256,000 characters`);
}

for (const failure of failures.slice(0, 20)) console.error(`FAILED ${failure}`);
console.log(failures.length === 0 ? '\nno failure' : `\n${failures.length} failures`);
process.exitCode = failures.length === 0 ? 0 : 1;
