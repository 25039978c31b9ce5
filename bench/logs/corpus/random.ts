/** A seeded generator (mulberry32), so that a corpus is the same on every machine. */
export class Random {
  #state: number;
  /** The number of the template whose line is being made. */
  template = 0;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** Uniform in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** Uniform integer in [low, high]. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  pick<T>(items: readonly T[]): T {
    return items[this.int(0, items.length - 1)] as T;
  }

  /** As {@link pick}, with the weight of the k-th item falling as 1/k^s. */
  zipf<T>(items: readonly T[], s = 1): T {
    let total = 0;
    for (let k = 1; k <= items.length; k++) total += 1 / k ** s;
    let left = this.next() * total;
    for (let k = 1; k <= items.length; k++) {
      left -= 1 / k ** s;
      if (left <= 0) return items[k - 1] as T;
    }
    return items[items.length - 1] as T;
  }

  /** Mostly the same item for the same template: a statement stands in one file of one component. */
  own<T>(items: readonly T[]): T {
    const home = (this.template * 2654435761) >>> 0;
    return this.chance(0.92) ? (items[home % items.length] as T) : this.zipf(items);
  }

  digits(length: number): string {
    let text = String(this.int(1, 9));
    while (text.length < length) text += String(this.int(0, 9));
    return text;
  }

  from(alphabet: string, length: number): string {
    let text = '';
    while (text.length < length) text += alphabet[this.int(0, alphabet.length - 1)];
    return text;
  }

  hex(length: number): string {
    return this.from('0123456789abcdef', length);
  }

  chance(p: number): boolean {
    return this.next() < p;
  }
}

/** A 32-bit FNV-1a hash: seeds from names. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  return hash;
}
