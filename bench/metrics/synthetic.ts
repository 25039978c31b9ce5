/**
 * Accuracy on seeded synthetic systems: random call graphs of 5 to 50 services with a fault at a
 * known place and time, in several naming habits and kinds of noise.
 *
 *   node bench/metrics/synthetic.ts [worlds per fault = 40] [--held-out] [--verbose]
 *
 * The held-out part has other seeds and two naming habits that the first part does not have.
 */
import { analyseMetrics } from '#src/metrics/analyse.ts';
import { CONVENTIONS, emitSeries, HELD_OUT_CONVENTIONS } from './emit.ts';
import { createRandom } from './random.ts';
import { createWorld, FAULTS, type Fault } from './world.ts';

type Score = {
  worlds: number;
  top1: number;
  top3: number;
  first: number;
  missed: number;
  onsetErrors: number[];
  alarms: number;
  falseServices: number;
  services: number;
};

const perFault = Number(process.argv.find((arg) => /^\d+$/.test(arg)) ?? 40);
const heldOut = process.argv.includes('--held-out');
const verbose = process.argv.includes('--verbose');
const only = FAULTS.find((fault) => process.argv.includes(`--${fault}`));

function run(seed: number, fault: Fault, score: Score): void {
  const world = createWorld(seed, fault);
  const conventions = heldOut ? HELD_OUT_CONVENTIONS : CONVENTIONS;
  const { series, convention, peers } = emitSeries(world, seed, conventions);
  const random = createRandom(seed + 77);
  const withGraph = random.chance(0.65);
  const names = world.services.map(({ name }) => name);
  const alerting = random.chance(0.7) ? names[world.alerting] : undefined;
  const analysis = analyseMetrics(series, {
    window: { start: world.windowStart * 1000, end: world.times.at(-1)! * 1000 + 1 },
    baseline: { start: world.times[0]! * 1000, end: world.windowStart * 1000 },
    ...(alerting === undefined ? {} : { service: alerting }),
    services: world.services.map(({ name, calls }) => ({
      name,
      ...(withGraph ? { depends_on: calls.map(({ to }) => names[to]!) } : {}),
    })),
  });
  const harmed = analysis.services.filter(
    ({ condition }) => condition === 'failing' || condition === 'degraded',
  );
  score.worlds += 1;
  score.services += names.length;
  if (fault === 'healthy') {
    if (harmed.length > 0) score.alarms += 1;
    score.falseServices += harmed.length;
    if (verbose && harmed.length > 0) {
      const harm = harmed[0]!.harms[0]!;
      console.log(
        `${seed} healthy ${convention}: ${harmed[0]!.service} ${harm.signalId}`,
        harm.shift,
      );
    }
    return;
  }
  const ranked = [...new Set(analysis.suspects.map(({ service }) => service))];
  const rank = Math.min(
    ...world.accepted.map((name) => (ranked.includes(name) ? ranked.indexOf(name) + 1 : 99)),
  );
  if (rank === 1) score.top1 += 1;
  if (rank <= 3) score.top3 += 1;
  if (harmed.length === 0) score.missed += 1;
  const first = analysis.firstFailingService;
  if (first !== null && world.accepted.includes(first)) score.first += 1;
  if (analysis.onset !== null) {
    score.onsetErrors.push((analysis.onset / 1000 - world.onset) / world.step);
  }
  if (verbose && rank > 1) {
    const depth = withGraph ? 'graph' : 'no graph';
    console.log(
      `${seed} ${fault} ${convention}${peers ? '+peers' : ''} ${depth} alert=${alerting} truth=${world.accepted} rank=${rank} of ${names.length} harmed=${harmed.map(({ service }) => service)}`,
    );
    for (const name of [...ranked.slice(0, 2), ...world.accepted.slice(0, 1)]) {
      const suspect = analysis.suspects.find(({ service }) => service === name);
      console.log(
        `    ${name} ${suspect?.score.toFixed(3)} ${suspect?.role}: ${suspect?.reasons.join('; ')}`,
      );
    }
  }
}

const percent = (part: number, whole: number) =>
  `${((100 * part) / Math.max(1, whole)).toFixed(0)} %`.padStart(6);
console.log(heldOut ? 'held-out part' : 'development part', `${perFault} worlds a fault`);
console.log('fault      top-1  top-3  first  missed  onset error in steps (10 %, median, 90 %)');
const started = performance.now();
const all: Score[] = [];
for (const fault of FAULTS) {
  if (only !== undefined && fault !== only) continue;
  const score: Score = {
    worlds: 0,
    top1: 0,
    top3: 0,
    first: 0,
    missed: 0,
    onsetErrors: [],
    alarms: 0,
    falseServices: 0,
    services: 0,
  };
  const offset = (heldOut ? 1_000_000 : 0) + FAULTS.indexOf(fault) * 10_000;
  for (let i = 0; i < perFault; i += 1) run(offset + i, fault, score);
  if (fault === 'healthy') {
    console.log(
      `healthy: worlds with a harmed service ${percent(score.alarms, score.worlds)}, services called harmed ${((100 * score.falseServices) / score.services).toFixed(2)} %`,
    );
    continue;
  }
  all.push(score);
  const errors = score.onsetErrors.sort((a, b) => a - b);
  const at = (q: number) => (errors[Math.floor(q * (errors.length - 1))] ?? Number.NaN).toFixed(1);
  console.log(
    `${fault.padEnd(9)} ${percent(score.top1, score.worlds)} ${percent(score.top3, score.worlds)} ${percent(score.first, score.worlds)}  ${percent(score.missed, score.worlds)}  ${at(0.1)} ${at(0.5)} ${at(0.9)}`,
  );
}
const sum = (of: (score: Score) => number) => all.reduce((total, score) => total + of(score), 0);
console.log(
  `all       ${percent(
    sum((s) => s.top1),
    sum((s) => s.worlds),
  )} ${percent(
    sum((s) => s.top3),
    sum((s) => s.worlds),
  )} ${percent(
    sum((s) => s.first),
    sum((s) => s.worlds),
  )}  ${percent(
    sum((s) => s.missed),
    sum((s) => s.worlds),
  )}`,
);
console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`);
