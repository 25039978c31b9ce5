import type { ChangesInput } from '#src/changes/contract.ts';
import { GUILTY_CODE, type GuiltyCase } from '../classify/guilty-code.ts';
import { GUILTY_CONFIG } from '../classify/guilty-config.ts';
import { GUILTY_WORK } from '../classify/guilty-work.ts';
import { INNOCENT } from '../classify/innocent.ts';
import { at, commit, deploy, makeCase } from './case.ts';
import type { Appearance } from './what-it-looked-like.ts';

const ALL: readonly GuiltyCase[] = [...GUILTY_CODE, ...GUILTY_WORK, ...GUILTY_CONFIG];

function pick<T>(from: readonly T[], index: number): T {
  const one = from[((index % from.length) + from.length) % from.length];
  if (one === undefined) throw new Error('empty');
  return one;
}

/**
 * One change among four that are as able to do harm (but other harm) and two that are not. The
 * guilty one went live 20 minutes to 5 hours before, the others nearer to the onset.
 */
export function lineUp(appearance: Appearance, index: number): ChangesInput | null {
  const own = ALL.findIndex(([name]) => name === appearance.name);
  if (own < 0) return null;
  const make = (id: string, minutes: number, one: readonly [string, string, string, unknown]) =>
    commit(id, minutes - 5, one[1], one[2], { service: 'shop' });
  const lag = pick([20, 45, 90, 150, 300], index);
  const rivals = [13, 29, 47, 71].map((step) => pick(ALL, own + step));
  const commits = [
    make('aa', -lag, pick(ALL, own)),
    ...rivals.map((one, place) => make(`b${place}`, -(lag * (place + 1)) / 8, one)),
    make('c0', -4, pick(INNOCENT, index * 7)),
    make('c1', -8, pick(INNOCENT, index * 7 + 3)),
  ];
  return makeCase({
    topology: [{ name: 'shop', dependsOn: ['db'] }],
    onsets: [{ service: 'shop', at: at(0) }],
    commits,
    deploys: commits.map((one) =>
      deploy('shop', one.sha, (Date.parse(one.timestamp) - at(0)) / 60_000 + 5),
    ),
    logs: appearance.logs.map((text) => ({ text, service: 'shop', at: at(0), weight: 0.9 })),
    metrics: appearance.metrics.map((one) => ({ ...one, service: 'shop', at: at(0), weight: 0.8 })),
  });
}
