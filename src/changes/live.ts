import { configuredBy, runningServices, setsUpOnly } from '#src/changes/configured.ts';
import type { ChangesInput, RestartEvent } from '#src/changes/contract.ts';
import { servicesOfCommit } from '#src/changes/ownership.ts';
import type { Commit, Deploy } from '#src/domain/bundle.ts';
import { parseTime } from '#src/domain/time.ts';
import { compareText } from '#src/platform/compare.ts';

/** When a commit ran in a service. */
export type LiveSpan = {
  /** Null when it is not known in which service. */
  service: string | null;
  /** Milliseconds since the epoch. */
  from: number;
  /** When it was rolled back, or null. */
  until: number | null;
  /** What this is known from; `commit` means that only its own time is. */
  basis: 'deploy' | 'restart' | 'commit';
};

/** Where and when a commit ran. */
type Liveness = {
  spans: LiveSpan[];
  /** Services to which it belongs and that were deployed, but never with it. */
  notDeployedTo: string[];
};

/** Tells for each commit when it went live, from deploys where there are any. */
export type LiveIndex = {
  of(commit: Commit): Liveness;
  /** Commits that a deploy brought live, newest first; empty when they are not known. */
  broughtBy(deploy: Deploy): Commit[];
};

/** Longest wait between a commit and the restart that is taken to have brought it live. */
const RESTART_WINDOW = 6 * 3600e3;

/**
 * Works out since when each commit ran. A deploy brings live everything that its commit has and
 * the one before it had not; a deploy of an older commit takes back what lies between. A service
 * without any deploy on record runs a commit from the next restart, else from its own time.
 */
export function indexLive(
  input: Pick<ChangesInput, 'commits' | 'deploys' | 'restarts' | 'history' | 'topology'> &
    Partial<Pick<ChangesInput, 'healthy' | 'onsets'>>,
): LiveIndex {
  const order = orderOf(input.commits, input.history ?? []);
  const byService = new Map<string, DeployStep[]>();
  for (const deploy of input.deploys) {
    const at = parseTime(deploy.timestamp);
    if (at === null) continue;
    const steps = byService.get(deploy.service) ?? [];
    steps.push({ deploy, at, place: order.find(deploy.commit) });
    byService.set(deploy.service, steps);
  }
  for (const steps of byService.values()) steps.sort((a, b) => a.at - b.at);
  const services = [...new Set([...input.topology.map(({ name }) => name), ...byService.keys()])];
  const running = runningServices(input);
  const facts: LiveFacts = { order, byService, services, running, restarts: input.restarts ?? [] };
  return {
    of: (commit) => whereItRuns(commit, livenessOf(commit, facts), facts),
    broughtBy: (deploy) =>
      broughtBy(deploy, input.commits, order, byService.get(deploy.service) ?? []),
  };
}

type DeployStep = { deploy: Deploy; at: number; place: number | null };

/** Places commits in history: the higher, the newer. */
type Order = { find(sha: string): number | null; timeOf(commit: Commit): number };

function orderOf(commits: readonly Commit[], history: readonly string[]): Order {
  const places = new Map<string, number>();
  if (history.length > 0) {
    for (const [index, sha] of history.entries()) places.set(sha, history.length - index);
  } else {
    const known = commits.map((commit) => ({
      sha: commit.sha,
      at: parseTime(commit.timestamp) ?? 0,
    }));
    known.sort((a, b) => a.at - b.at || compareText(a.sha, b.sha));
    for (const [index, { sha }] of known.entries()) places.set(sha, index + 1);
  }
  return {
    find: (sha) => {
      if (sha.length < 4) return null;
      const exact = places.get(sha);
      if (exact !== undefined) return exact;
      const fitting = [...places].filter(([full]) => full.startsWith(sha) || sha.startsWith(full));
      return fitting.length === 1 ? (fitting[0]?.[1] ?? null) : null;
    },
    timeOf: (commit) => parseTime(commit.timestamp) ?? 0,
  };
}

type LiveFacts = {
  order: Order;
  byService: ReadonlyMap<string, readonly DeployStep[]>;
  services: readonly string[];
  running: ReadonlySet<string>;
  restarts: readonly RestartEvent[];
};

/**
 * A repository of settings does not run: what it changes takes effect in the services that its
 * files name, and where they name none, it may be anywhere.
 */
function whereItRuns(commit: Commit, live: Liveness, facts: LiveFacts): Liveness {
  const homes = servicesOfCommit(commit, facts.services);
  const isKept =
    homes.length === 0 || homes.some((home) => facts.running.has(home)) || !setsUpOnly(commit);
  if (isKept) return live;
  const others = facts.services.filter((name) => !homes.includes(name));
  const named = configuredBy(commit, others);
  // A record of its own deploy tells when; else the next start of the service that it sets up does.
  const isRecorded = live.spans.some(({ basis }) => basis === 'deploy');
  const at = facts.order.timeOf(commit);
  if (!isRecorded && named.length > 0) {
    return {
      spans: named.map((service) => spanByItself(service, at, startsOf(service, facts))),
      notDeployedTo: [],
    };
  }
  const places = named.length > 0 ? named : [null];
  return {
    spans: live.spans.flatMap((span) => places.map((service) => ({ ...span, service }))),
    notDeployedTo: live.spans.length > 0 ? [] : live.notDeployedTo,
  };
}

/** When a service was seen to start, by itself or by a deploy. */
function startsOf(service: string, facts: LiveFacts): RestartEvent[] {
  const deploys = (facts.byService.get(service) ?? []).map(({ at }) => ({ service, at }));
  return [...facts.restarts, ...deploys];
}

function livenessOf(commit: Commit, facts: LiveFacts): Liveness {
  const { order, byService } = facts;
  const own = servicesOfCommit(commit, facts.services);
  const place = order.find(commit.sha);
  const at = order.timeOf(commit);
  const spans: LiveSpan[] = [];
  const notDeployedTo: string[] = [];
  for (const [service, steps] of [...byService].sort(([a], [b]) => compareText(a, b))) {
    const named = steps.some((step) => step.place !== null && step.place === place);
    if (own.length > 0 && !own.includes(service) && !named) continue;
    const found = spansIn(steps, service, place, at);
    spans.push(...found);
    if (found.length === 0 && (own.includes(service) || named)) notDeployedTo.push(service);
  }
  const undeployed = own.filter((service) => !byService.has(service));
  for (const service of undeployed) spans.push(spanByItself(service, at, facts.restarts));
  if (own.length === 0 && byService.size === 0) {
    spans.push({ service: null, from: at, until: null, basis: 'commit' });
  }
  return { spans, notDeployedTo };
}

/** Walks through a service's deploys: with each, the commit is in or out. */
function spansIn(
  steps: readonly DeployStep[],
  service: string,
  place: number | null,
  at: number,
): LiveSpan[] {
  const spans: LiveSpan[] = [];
  let open: LiveSpan | null = null;
  let wasIn: boolean | null = null;
  for (const [index, step] of steps.entries()) {
    const isIn = contains(step, place, at);
    // With the first deploy on record a commit that is older than it may have run for long.
    const isNews = wasIn === false || (wasIn === null && !isLongLive(step, index, at, place));
    if (isIn && !open) {
      open = {
        service,
        from: isNews ? step.at : Math.min(at, step.at),
        until: null,
        basis: isNews ? 'deploy' : 'commit',
      };
      spans.push(open);
    } else if (!isIn && open) {
      open.until = step.at;
      open = null;
    }
    wasIn = isIn;
  }
  return spans;
}

function contains(step: DeployStep, place: number | null, at: number): boolean {
  if (step.place !== null && place !== null) return place <= step.place;
  return at <= step.at;
}

/** A release brings what was committed since the one before it, some days of work. */
const LONG_LIVE = 4 * 86_400e3;

/** Whether a commit was most likely live before the first deploy that is on record. */
function isLongLive(step: DeployStep, index: number, at: number, place: number | null): boolean {
  return index === 0 && !(step.place !== null && step.place === place) && step.at - at > LONG_LIVE;
}

function spanByItself(service: string, at: number, restarts: readonly RestartEvent[]): LiveSpan {
  const after = restarts
    .filter(
      (restart) =>
        restart.service === service && restart.at >= at - 60e3 && restart.at - at < RESTART_WINDOW,
    )
    .map((restart) => restart.at)
    .sort((a, b) => a - b)[0];
  return after === undefined
    ? { service, from: at, until: null, basis: 'commit' }
    : { service, from: Math.max(at, after), until: null, basis: 'restart' };
}

function broughtBy(
  deploy: Deploy,
  commits: readonly Commit[],
  order: Order,
  steps: readonly DeployStep[],
): Commit[] {
  const index = steps.findIndex((step) => step.deploy === deploy);
  const step = steps[index];
  if (!step) return [];
  const before = steps[index - 1];
  return commits
    .filter((commit) => {
      const place = order.find(commit.sha);
      const at = order.timeOf(commit);
      if (!contains(step, place, at)) return false;
      if (before) return !contains(before, place, at);
      return step.place !== null && place === step.place;
    })
    .sort(
      (a, b) => (order.find(b.sha) ?? 0) - (order.find(a.sha) ?? 0) || compareText(a.sha, b.sha),
    );
}
