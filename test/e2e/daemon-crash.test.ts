import { expect, it } from 'vitest';
import { mapLimited } from '#src/platform/map-limited.ts';
import { type ChainReport, type Kill, runChain } from './daemon/crash-chain.ts';

const CHAINS = 10;
const KILLS_PER_CHAIN = 20;
const AT_A_TIME = 2;

/** Where the process may be killed, and up to which passing. */
const POINTS: [point: string, most: number][] = [
  ['commit-before', 40],
  ['commit-after', 40],
  ['answer-before', 12],
  ['answer-after', 12],
  ['stage-collect', 6],
  ['stage-analyse', 6],
  ['stage-conclude', 6],
  ['send-before', 10],
  ['send-accepted', 10],
];

/** A small generator with a seed (mulberry32), so that a run can be repeated. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function killsOf(chain: number, random: () => number): Kill[] {
  return Array.from({ length: KILLS_PER_CHAIN }, (_unused, index): Kill => {
    const number = chain * KILLS_PER_CHAIN + index;
    // One in three at any moment, the others at each point in turn.
    if (number % 3 === 0) return { afterMs: random() * 250 };
    const turn = number - Math.floor(number / 3) - 1;
    const [point, most] = POINTS[turn % POINTS.length] as [string, number];
    return { point, count: 1 + Math.floor(random() * most) };
  });
}

it('loses nothing and does nothing twice, killed 200 times under load', async () => {
  const seed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);
  console.log(`seed ${seed} (CRASH_SEED repeats it)`);
  const totals = { kills: 0, alerts: 0, incidents: 0, effects: 0, delivered: 0, duplicates: 0 };
  const points = new Map<string, number>();
  await mapLimited(
    Array.from({ length: CHAINS }, (_unused, index) => index),
    AT_A_TIME,
    async (chain) => {
      const random = randomOf(seed + chain);
      const report = await runChain(`c${chain}`, killsOf(chain, random), random);
      check(report);
      totals.kills += report.kills.length;
      totals.alerts += report.acknowledged.length;
      totals.incidents += report.incidents.length;
      totals.effects += report.outbox.length;
      totals.delivered += report.received.length;
      totals.duplicates +=
        report.received.length - new Set(report.received.map(({ key }) => key)).size;
      for (const kill of report.kills) {
        const point = kill.split('#')[0] ?? '';
        points.set(point, (points.get(point) ?? 0) + 1);
      }
    },
  );
  console.log(
    `[measured] ${totals.kills} kills (${[...points].map(([point, count]) => `${count} ${point}`).join(', ')}); ` +
      `${totals.alerts} acknowledged alerts kept once each in ${totals.incidents} incidents; ` +
      `${totals.effects} side effects decided once each, ${totals.delivered} deliveries, ` +
      `${totals.duplicates} raw duplicates, all between the receiver's acceptance and our commit`,
  );
  expect(totals.kills).toBeGreaterThanOrEqual(200);
  expect(points.size).toBe(POINTS.length + 1);
  // A minute and a half on an idle machine; a busy one takes its time.
}, 1_500_000);

function check(report: ChainReport): void {
  const { acknowledged, kept, received, underWay, incidents, outbox, waiting } = report;
  // Every acknowledged alert is there exactly once, also those that were told of again.
  for (const key of new Set(acknowledged)) expect([key, kept.get(key)]).toEqual([key, 1]);
  expect(waiting).toBe(0);
  // Every incident was investigated, and closed where all its alerts are over.
  for (const { id, status, runs, state, firing } of incidents) {
    expect({ id, state }).toEqual({ id, state: 'done' });
    expect(runs).toBeGreaterThanOrEqual(1);
    expect(status === 'resolved').toBe(firing === 0);
  }
  // Every side effect was decided once and arrived.
  const arrived = new Map<string, Set<string>>();
  for (const { key, nonce } of received) {
    arrived.set(key, (arrived.get(key) ?? new Set()).add(nonce));
  }
  for (const { key, state } of outbox) expect({ key, state }).toEqual({ key, state: 'done' });
  expect([...arrived.keys()].sort()).toEqual(outbox.map(({ key }) => key).sort());
  for (const [key, nonces] of arrived) expect([key, nonces.size]).toEqual([key, 1]);
  for (const { id, runs, status } of incidents) {
    const kinds = outbox
      .filter(({ key }) => key.startsWith(`${id}:`))
      .map(({ key }) => key.split(':')[1]);
    const count = (kind: string): number => kinds.filter((one) => one === kind).length;
    expect([id, count('opened'), count('investigated')]).toEqual([id, 1, runs]);
    expect(count('resolved')).toBe(status === 'resolved' ? 1 : 0);
  }
  // What arrived twice was under way in a process that was killed.
  const first = new Map<string, number>();
  for (const { key, pid } of received) {
    const before = first.get(key);
    if (before !== undefined) expect([key, underWay.get(before)?.has(key)]).toEqual([key, true]);
    first.set(key, pid);
  }
}
