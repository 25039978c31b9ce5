/**
 * Remembers the newest answers by key, so that the same question costs one git process. Questions
 * asked at the same time share it; a failure is forgotten.
 */
export function createMemory(
  most: number,
): <T>(key: readonly string[], make: () => Promise<T>) => Promise<T> {
  const known = new Map<string, Promise<unknown>>();
  return <T>(key: readonly string[], make: () => Promise<T>): Promise<T> => {
    const id = JSON.stringify(key);
    const hit = known.get(id);
    if (hit !== undefined) {
      known.delete(id);
      known.set(id, hit);
      return hit as Promise<T>;
    }
    const answer = make();
    known.set(id, answer);
    answer.catch(() => known.delete(id));
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    return answer;
  };
}
