import { createHash } from 'node:crypto';

/**
 * Keeps the newest answers of a pure function, by the content of what it was given: many browsers
 * ask for the same page at once when it changes.
 * @param most answers kept
 */
export function remember<In extends unknown[], Out>(
  draw: (...given: In) => Out,
  most: number,
): (...given: In) => Out {
  const kept = new Map<string, Out>();
  return (...given) => {
    const key = createHash('sha256').update(JSON.stringify(given)).digest('base64');
    const known = kept.get(key);
    const answer = known ?? draw(...given);
    // The one asked for last is the last to go.
    kept.delete(key);
    kept.set(key, answer);
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return answer;
  };
}
