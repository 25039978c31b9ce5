import { createRandom, type Random } from './random.ts';
import { alertingService, createTopology, demandOf, type Service } from './topology.ts';

export const FAULTS = [
  'latency',
  'errors',
  'crash',
  'cpu',
  'pool',
  'surge',
  'leak',
  'healthy',
] as const;
export type Fault = (typeof FAULTS)[number];

/** One service at one moment. */
export type State = {
  traffic: number;
  errors: number;
  latency: number;
  cpu: number;
  memory: number;
  pool: number;
  up: boolean;
};

export type World = {
  services: Service[];
  fault: Fault;
  /** Where the fault sits; -1 for none. */
  root: number;
  /** Services that a correct answer may name. */
  accepted: string[];
  step: number;
  times: number[];
  /** When users begin to feel it: later than the fault where a pool or memory fills first. */
  onset: number;
  windowStart: number;
  /** states[service][time] */
  states: State[][];
  alerting: number;
};

/** How a fault of the world looks. */
type Severity = {
  latency: number;
  errors: number;
  surge: number;
  /** Points until a pool is full, and until a leak is felt. */
  ramp: number;
  leak: number;
};

/** Everything about a world that does not change while it is simulated. */
type Plan = {
  services: Service[];
  kind: Fault;
  root: number;
  /** The point at which the fault begins. */
  at: number;
  severity: Severity;
  /** Services that are busy with a batch job for a while, without harm: decoys. */
  busy: ReadonlyMap<number, number>;
};

/** Traffic at the entry over time, in requests a second. */
function entryTraffic(random: Random, count: number): (i: number) => number {
  const level = Math.exp(random.between(Math.log(0.3), Math.log(300)));
  const kind = random.pick(['steady', 'steady', 'bursty', 'seasonal', 'drift']);
  const period = random.between(15, count * 1.5);
  const phase = random.between(0, 6.3);
  const bursts = Array.from({ length: count }, () => random.chance(0.04));
  return (i) => {
    if (kind === 'bursty') return level * (bursts[i] ? random.between(2, 4) : 1);
    if (kind === 'seasonal') return level * (1 + 0.4 * Math.sin(phase + (6.283 * i) / period));
    if (kind === 'drift') return level * (1 + (0.5 * i) / count);
    return level;
  };
}

/** Simulates one seeded world: topology, normal life, and at most one fault. */
export function createWorld(seed: number, fault?: Fault): World {
  const random = createRandom(seed);
  const kind = fault ?? random.pick(FAULTS);
  const services = createTopology(random);
  const count = services.length;
  const baseline = random.whole(50, 140);
  const windowLength = random.whole(30, 70);
  const step = random.pick([15, 15, 30, 60]);
  const length = baseline + windowLength;
  const origin = 1_750_000_000 + random.whole(0, 1e6);
  const times = Array.from({ length }, (_, i) => origin + i * step);
  const at = baseline + random.whole(2, Math.floor(windowLength * 0.55));
  const root = kind === 'healthy' ? -1 : kind === 'surge' ? 0 : random.whole(0, count - 1);
  const entry = entryTraffic(random, length);
  const expected = demandOf(services, entry(0));
  services.forEach((service, i) => {
    service.capacity = expected[i]! * random.between(2, 6);
  });
  const bottleneck = random.whole(0, Math.min(count - 1, 5));
  if (kind === 'surge') services[bottleneck]!.capacity = expected[bottleneck]! * 1.8;
  const severity: Severity = {
    latency: random.between(3, 15),
    errors: random.between(0.08, 0.7),
    surge: random.between(3, 6),
    ramp: random.whole(4, 20),
    leak: random.whole(10, 25),
  };
  const busy = new Map<number, number>();
  if (random.chance(0.6)) busy.set(random.whole(0, count - 1), baseline + random.whole(-10, 20));

  const plan: Plan = { services, kind, root, at, severity, busy };
  const states = simulate(plan, length, entry, random);
  const delay = kind === 'pool' ? severity.ramp - 1 : kind === 'leak' ? severity.leak + 1 : 0;
  return {
    services,
    fault: kind,
    root,
    accepted: acceptedAnswers(plan, expected),
    step,
    times,
    onset: times[Math.min(length - 1, at + delay)]!,
    windowStart: times[baseline]!,
    states,
    alerting: alertingService(services, Math.max(root, 0), random),
  };
}

/** A surge may be blamed on the entry or on whatever it overloads; other faults on their place. */
function acceptedAnswers({ services, kind, root, severity }: Plan, expected: number[]): string[] {
  if (kind === 'healthy') return [];
  if (kind !== 'surge') return [services[root]!.name];
  const overloaded = services.filter(({ capacity }, i) => expected[i]! * severity.surge > capacity);
  return [services[0]!.name, ...overloaded.map(({ name }) => name)];
}

function simulate(
  plan: Plan,
  length: number,
  entry: (i: number) => number,
  random: Random,
): State[][] {
  const { services, kind, root, at, severity } = plan;
  const states: State[][] = services.map(() => []);
  const memory = services.map(() => random.between(2e8, 8e8));
  const wander = services.map(() => 0);
  for (let i = 0; i < length; i += 1) {
    const active = kind !== 'healthy' && i >= at;
    const surge = active && kind === 'surge' ? severity.surge : 1;
    const demand = demandOf(
      services,
      entry(i) * surge,
      (s) => active && kind === 'crash' && s === root,
    );
    // From the leaves up: callers wait for and fail with what they call.
    for (let s = services.length - 1; s >= 0; s -= 1) {
      wander[s] = 0.6 * wander[s]! + 0.4 * random.normal();
      memory[s]! *= 1 + 0.002 * random.normal();
      const own = ownState(plan, s, i, demand[s]!, wander[s]!, random);
      if (active && s === root && kind === 'leak') memory[s]! *= 1.03;
      states[s]![i] = withCalls(
        { ...own, memory: memory[s]! },
        services[s]!,
        (to) => states[to]![i]!,
      );
    }
  }
  return states;
}

/** What a service does by itself, before it waits for others. */
function ownState(
  { services, kind, root, at, severity, busy }: Plan,
  s: number,
  i: number,
  traffic: number,
  wander: number,
  random: Random,
): State {
  const service = services[s]!;
  const load = traffic / service.capacity;
  const state: State = {
    traffic,
    errors: service.baseErrors,
    latency: service.baseLatency * Math.exp(0.08 * wander + 0.05 * random.normal()),
    cpu: 0.1 + 0.35 * load + 0.02 * random.normal(),
    memory: 0,
    pool: Math.min(1, 0.15 + 0.25 * load + 0.03 * Math.abs(random.normal())),
    up: true,
  };
  const batch = busy.get(s);
  if (batch !== undefined && i >= batch && i < batch + 15) state.cpu += 0.15;
  if (kind === 'surge' && load > 1) {
    state.latency *= 1 + 4 * (load - 1);
    state.errors += Math.min(0.5, 0.2 * (load - 1));
    state.pool = 1;
    state.cpu += 0.5;
  }
  if (i >= at && s === root) applyFault(state, kind, i - at, severity, random);
  state.cpu = Math.max(0.01, Math.min(1, state.cpu));
  return state;
}

function applyFault(
  state: State,
  kind: Fault,
  age: number,
  severity: Severity,
  random: Random,
): void {
  if (kind === 'latency') state.latency *= severity.latency;
  if (kind === 'errors') state.errors += severity.errors;
  if (kind === 'crash') state.up = false;
  if (kind === 'cpu') {
    state.cpu = 0.93 + 0.02 * random.next();
    state.latency *= 1 + (severity.latency * Math.min(1, (age + 1) / 3)) / 2;
  }
  if (kind === 'pool') {
    const share = Math.min(1, (age + 1) / severity.ramp);
    state.pool = Math.max(state.pool, 0.3 + 0.7 * share);
    if (share >= 1) {
      state.latency = state.latency * 4 + 0.5;
      state.errors += 0.15;
    }
  }
  if (kind === 'leak' && age > severity.leak) state.latency *= 1 + 0.3 * (age - severity.leak);
}

function withCalls(state: State, service: Service, childOf: (service: number) => State): State {
  let { latency, errors } = state;
  for (const call of service.calls) {
    const child = childOf(call.to);
    const weight = Math.min(1, call.factor);
    latency += (child.up ? child.latency : 0.01) * weight;
    errors = 1 - (1 - errors) * (1 - (child.up ? child.errors : 1) * weight * call.passes);
  }
  return { ...state, latency, errors: Math.min(1, errors) };
}
