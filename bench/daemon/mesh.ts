import type { Service } from '#src/domain/service.ts';

/** Services in layers of ten, each calling two of the layer below: the shape of usual meshes. */
export function mesh(count: number): Service[] {
  const width = 10;
  return Array.from({ length: count }, (_unused, index): Service => {
    const name = nameOf(index);
    const below = index - width;
    if (below < 0) return { name };
    const layer = Math.floor(below / width) * width;
    return { name, depends_on: [nameOf(below), nameOf(layer + ((below + 3) % width))] };
  });
}

export function nameOf(index: number): string {
  return `service-${String(index).padStart(3, '0')}`;
}
