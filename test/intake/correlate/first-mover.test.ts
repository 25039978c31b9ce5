import { describe, expect, it } from 'vitest';
import { firstMover } from '#src/intake/correlate/first-mover.ts';
import { createDependencyGraph } from '#src/intake/correlate/graph.ts';
import { MINUTE, SECOND, START } from './world.ts';

const moverOf = (depends: Record<string, string[]>, starts: Record<string, number>): string =>
  firstMover(
    new Map(Object.entries(starts).map(([name, after]) => [name, START + after])),
    createDependencyGraph(
      Object.entries(depends).map(([name, depends_on]) => ({ name, depends_on })),
    ),
  );

describe('firstMover', () => {
  it('prefers the dependency to callers whose alerts came a little earlier', () => {
    const graph = { shop: ['cart'], cart: ['database'], database: [] };
    expect(moverOf(graph, { shop: 0, cart: 10 * SECOND, database: 50 * SECOND })).toBe('database');
  });

  it('takes the earliest when the dependency failed long after', () => {
    const graph = { shop: ['cart'], cart: [] };
    expect(moverOf(graph, { shop: 0, cart: 10 * MINUTE })).toBe('shop');
  });

  it('looks through services that alert between caller and dependency', () => {
    const graph = { a: ['b'], b: ['c'], c: [], x: [] };
    expect(moverOf(graph, { a: 0, x: 1, b: 2, c: 3 })).toBe('c');
  });

  it('decides by start, then by name, where nothing else does', () => {
    expect(moverOf({}, { b: 0, a: 0, c: -1 })).toBe('c');
    expect(moverOf({}, { b: 0, a: 0 })).toBe('a');
  });

  it('is not misled by services that call each other', () => {
    const graph = { a: ['b'], b: ['a'], caller: ['a'] };
    expect(['a', 'b']).toContain(moverOf(graph, { caller: 0, a: 5, b: 6 }));
  });

  it('is quick for hundreds of services that call each other', () => {
    const names = Array.from({ length: 300 }, (_unused, index) => `s${index}`);
    const graph = Object.fromEntries(names.map((name) => [name, names]));
    const started = performance.now();
    moverOf(graph, Object.fromEntries(names.map((name, index) => [name, index])));
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
