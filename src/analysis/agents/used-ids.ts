/** Ids that anything in a result cites, wherever it stands. */
export function usedIds(value: unknown, into = new Set<string>(), depth = 0): Set<string> {
  if (typeof value !== 'object' || value === null || depth > 24) return into;
  if (Array.isArray(value)) {
    for (const item of value) usedIds(item, into, depth + 1);
    return into;
  }
  for (const [key, inner] of Object.entries(value)) {
    if (Array.isArray(inner) && /^(?:cites|supports|contradicts)$/.test(key)) {
      for (const cite of inner) if (typeof cite?.id === 'string') into.add(cite.id);
    } else usedIds(inner, into, depth + 1);
  }
  return into;
}
