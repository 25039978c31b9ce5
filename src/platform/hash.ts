import { sha256Hex } from '#src/platform/sha256.ts';

/** The first `length` hex digits of the SHA-256 of the parts, which are kept apart by a NUL. */
export function shortHash(parts: readonly string[], length = 12): string {
  return sha256Hex(parts.map((part) => `${part}\0`).join('')).slice(0, length);
}
