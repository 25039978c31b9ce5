import type { Service } from '#src/domain/service.ts';

const WIDTH = 10;

/**
 * Services in layers of ten, each calling two of the layer below: the shape of usual meshes.
 * @param prefix of their names; meshes with different ones have nothing to do with each other
 */
export function mesh(count: number, prefix = 'service'): Service[] {
  return Array.from({ length: count }, (_unused, index): Service => {
    const name = nameOf(index, prefix);
    const below = index - WIDTH;
    if (below < 0) return { name };
    const layer = Math.floor(below / WIDTH) * WIDTH;
    const second = layer + ((below + 3) % WIDTH);
    return { name, depends_on: [nameOf(below, prefix), nameOf(second, prefix)] };
  });
}

/**
 * Several meshes that have nothing to do with each other, each above one store that its lowest
 * services call.
 */
export function meshes(clusters: number, each: number): Service[] {
  return Array.from({ length: clusters }, (_unused, cluster): Service[] => {
    const root = storeOf(cluster);
    const above = mesh(each - 1, `mesh${cluster}`);
    return [
      { name: root },
      ...above.map((service) =>
        service.depends_on ? service : { ...service, depends_on: [root] },
      ),
    ];
  }).flat();
}

/** The store that a mesh stands on. */
export function storeOf(cluster: number): string {
  return `mesh${cluster}-store`;
}

export function nameOf(index: number, prefix = 'service'): string {
  return `${prefix}-${String(index).padStart(3, '0')}`;
}
