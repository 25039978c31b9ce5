import type { Random } from './random.ts';

/** A service of a random system. */
export type Service = {
  name: string;
  /** Whom it calls, how often for each request, and how much of a failure gets through. */
  calls: { to: number; factor: number; passes: number }[];
  baseLatency: number;
  baseErrors: number;
  /** Requests a second beyond which it slows down. */
  capacity: number;
};

const WORDS =
  'cart order user stock price search mail ship pay auth feed media geo tax promo review login asset ledger quote'.split(
    ' ',
  );

function nameOf(i: number, random: Random, opaque: boolean): string {
  if (opaque) return `node-${i.toString(36)}${random.whole(100, 999)}`;
  const suffix = i >= WORDS.length ? Math.floor(i / WORDS.length) + 1 : '';
  return `${WORDS[i % WORDS.length]!}${suffix}${random.pick(['', '-service', '-api', '_svc'])}`;
}

/** A random acyclic call graph of 5 to 50 services; service 0 is the entry. */
export function createTopology(random: Random): Service[] {
  const count = random.whole(5, random.chance(0.3) ? 50 : 20);
  const opaque = random.chance(0.25);
  const services: Service[] = Array.from({ length: count }, (_, i) => ({
    name: nameOf(i, random, opaque),
    calls: [],
    baseLatency: Math.exp(random.between(Math.log(0.003), Math.log(0.2))),
    baseErrors: random.chance(0.5) ? 0 : random.between(0, 0.004),
    capacity: 0,
  }));
  for (let i = 1; i < count; i += 1) {
    const callers = new Set<number>();
    const wanted = random.chance(0.3) ? 2 : 1;
    for (let k = 0; k < wanted; k += 1) callers.add(random.whole(Math.max(0, i - 6), i - 1));
    for (const caller of callers) {
      const passes = random.chance(0.15) ? 0.05 : random.between(0.5, 1);
      services[caller]!.calls.push({ to: i, factor: random.between(0.3, 1.5), passes });
    }
  }
  return services;
}

/** Requests a second of every service for so many at the entry. */
export function demandOf(
  services: readonly Service[],
  entry: number,
  isDown: (service: number) => boolean = () => false,
): number[] {
  const demand = services.map(() => 0);
  demand[0] = entry;
  services.forEach(({ calls }, s) => {
    if (isDown(s)) return;
    for (const call of calls) demand[call.to]! += demand[s]! * call.factor;
  });
  return demand;
}

/** Somewhere above the fault: alerts fire where users are. */
export function alertingService(
  services: readonly Service[],
  root: number,
  random: Random,
): number {
  let at = root;
  for (let hops = 0; hops < 6; hops += 1) {
    const callers = services.flatMap(({ calls }, i) =>
      calls.some(({ to, passes }) => to === at && passes > 0.3) ? [i] : [],
    );
    if (callers.length === 0 || random.chance(0.2)) break;
    at = random.pick(callers);
  }
  return at;
}
