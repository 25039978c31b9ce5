/**
 * The words of an identifier in lower case: `maxPoolSize`, `max_pool_size`, `MAX-POOL-SIZE` and
 * `HTTPMaxPoolSize2` speak of the same things.
 */
export function wordsOf(identifier: string): string[] {
  return identifier
    .slice(0, 200)
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}
