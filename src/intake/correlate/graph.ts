import type { Service } from '#src/domain/service.ts';

/** Who calls whom, by the registry. */
export type DependencyGraph = {
  /** The services that `name` calls and those that call it, directly; without itself. */
  neighbours(name: string): readonly string[];
  /** The services that `name` calls, directly. */
  dependencies(name: string): readonly string[];
};

export function createDependencyGraph(services: Iterable<Service>): DependencyGraph {
  const calls = new Map<string, string[]>();
  const near = new Map<string, Set<string>>();
  const nearOf = (name: string): Set<string> => {
    const found = near.get(name) ?? new Set<string>();
    near.set(name, found);
    return found;
  };
  for (const { name, depends_on } of services) {
    const others = (depends_on ?? []).filter((other) => other !== name);
    calls.set(name, others);
    for (const other of others) {
      nearOf(name).add(other);
      nearOf(other).add(name);
    }
  }
  const lists = new Map([...near].map(([name, set]) => [name, [...set].sort()]));
  return {
    neighbours: (name) => lists.get(name) ?? [],
    dependencies: (name) => calls.get(name) ?? [],
  };
}
