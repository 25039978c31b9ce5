import { createHash } from 'node:crypto';

/** The first `length` hex digits of the SHA-256 of the parts, which are kept apart by a NUL. */
export function shortHash(parts: readonly string[], length = 12): string {
  const text = parts.map((part) => `${part}\0`).join('');
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}
