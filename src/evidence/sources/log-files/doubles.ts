/** Records that are remembered so that they are not counted again in another log. */
const MOST_REMEMBERED = 300_000;
const HASHED_CHARS = 4000;

/**
 * Tells which records a service wrote to two of its logs: those of the same time and text. Of
 * several alike in one log each stands for itself.
 */
export class Doubles {
  readonly #known = new Map<number, number>();
  #current = new Map<number, number>();
  #isLast = false;

  /** From here on, the records that came before are known. @param isLast no other log follows */
  nextLog(isLast: boolean): void {
    for (const [key, count] of this.#current) {
      if (this.#known.size >= MOST_REMEMBERED) break;
      this.#known.set(key, Math.max(count, this.#known.get(key) ?? 0));
    }
    this.#current = new Map();
    this.#isLast = isLast;
  }

  /** Whether an earlier log had this record. @param at milliseconds since the epoch */
  isKnown(at: number, text: string): boolean {
    if (this.#isLast && this.#known.size === 0) return false;
    const key = keyOf(at, text);
    const known = this.#known.get(key) ?? 0;
    if (this.#isLast && known === 0) return false;
    const count = (this.#current.get(key) ?? 0) + 1;
    if (this.#current.size < MOST_REMEMBERED) this.#current.set(key, count);
    return count <= known;
  }
}

/** 53 bits of two FNV-1a hashes over the UTF-16 code units of the text, seeded by the time. */
function keyOf(at: number, text: string): number {
  let low = 0x811c9dc5 ^ (at | 0);
  let high = 0x01000193 ^ Math.floor(at / 2 ** 32) ^ text.length;
  const length = Math.min(text.length, HASHED_CHARS);
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b);
  }
  return (high >>> 11) * 2 ** 32 + (low >>> 0);
}
