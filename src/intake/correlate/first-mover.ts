import type { DependencyGraph } from '#src/intake/correlate/graph.ts';
import { START_BLUR_MS } from '#src/intake/correlate/settings.ts';
import { compareText } from '#src/platform/compare.ts';

/** Beyond this many the earliest start decides alone. */
const MOST_CANDIDATES = 400;

/**
 * The service that likely failed first. Failures travel from a dependency to its callers, but the
 * alerts of callers often fire first, since rules and scrapes differ: among the services that
 * started within the blur of the earliest, one that calls no other of them goes first, the more of
 * them depend on it the better.
 * @param starts first start of an alert by service, in milliseconds since the epoch; not empty
 */
export function firstMover(starts: ReadonlyMap<string, number>, graph: DependencyGraph): string {
  const earliest = Math.min(...starts.values());
  const byStart = [...starts]
    .filter(([, start]) => start <= earliest + START_BLUR_MS)
    .sort(([a, startA], [b, startB]) => startA - startB || compareText(a, b))
    .map(([name]) => name);
  if (byStart.length <= 1 || byStart.length > MOST_CANDIDATES) return byStart[0] ?? '';
  const members = new Set(byStart);
  const reach = new Map(byStart.map((name) => [name, reachable(name, members, graph)]));
  const dependents = new Map<string, number>();
  for (const reached of reach.values()) {
    for (const name of reached) dependents.set(name, (dependents.get(name) ?? 0) + 1);
  }
  // In a circle of calls each reaches the other, which excuses neither.
  const isRoot = (name: string): boolean =>
    [...(reach.get(name) ?? [])].every((other) => reach.get(other)?.has(name));
  const roots = byStart.filter(isRoot);
  const count = (name: string): number => dependents.get(name) ?? 0;
  return roots.sort((a, b) => count(b) - count(a))[0] ?? byStart[0] ?? '';
}

/** The members that `from` calls, directly or through other members; without itself. */
function reachable(
  from: string,
  members: ReadonlySet<string>,
  graph: DependencyGraph,
): Set<string> {
  const found = new Set<string>();
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const next of graph.dependencies(at)) {
      if (next === from || found.has(next) || !members.has(next)) continue;
      found.add(next);
      open.push(next);
    }
  }
  return found;
}
