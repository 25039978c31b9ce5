import {
  dependenciesOf,
  dependentsOf,
  type Service,
  type ServiceRegistry,
} from '#src/domain/service.ts';

/** Services looked at beside the target at the most. */
const MOST = 12;

/** The target, what it depends on, what depends on it, and the dependencies of those; nearest first. */
export function neighbourhood(target: Service, registry: ServiceRegistry): Service[] {
  const all = [...registry.values()];
  const found = new Map<string, Service>([[target.name, target]]);
  let ring = [target.name];
  for (let distance = 0; distance < 2 && found.size < MOST; distance++) {
    const next = ring
      .flatMap((name) => [...dependenciesOf(all, name), ...dependentsOf(all, name)])
      .filter((name) => !found.has(name));
    for (const name of next) {
      if (found.size < MOST) found.set(name, registry.get(name) ?? { name });
    }
    ring = next;
  }
  return [...found.values()];
}
