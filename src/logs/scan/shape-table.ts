const FIRST_SLOTS = 1 << 12;

/**
 * An open-addressing table from shapes to numbers, kept in typed arrays. It begins small, so that a log of
 * few shapes stays in the processor's cache, and grows up to its capacity.
 */
export class ShapeTable {
  readonly #capacity: number;
  #mask = FIRST_SLOTS - 1;
  #high = new Int32Array(FIRST_SLOTS);
  #low = new Int32Array(FIRST_SLOTS);
  #value = new Int32Array(FIRST_SLOTS).fill(-1);
  #size = 0;

  /** @param capacity shapes that are remembered; {@link clear} when {@link isFull} */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get isFull(): boolean {
    return this.#size >= this.#capacity;
  }

  /** The number of a shape, or -1. */
  get(high: number, low: number): number {
    let slot = (high ^ low) & this.#mask;
    for (;;) {
      const value = this.#value[slot] as number;
      if (value < 0 || (this.#high[slot] === high && this.#low[slot] === low)) return value;
      slot = (slot + 1) & this.#mask;
    }
  }

  set(high: number, low: number, value: number): void {
    if (this.#size * 2 >= this.#value.length) this.#grow();
    this.#put(high, low, value);
    this.#size++;
  }

  clear(): void {
    this.#value.fill(-1);
    this.#size = 0;
  }

  #put(high: number, low: number, value: number): void {
    let slot = (high ^ low) & this.#mask;
    while ((this.#value[slot] as number) >= 0) slot = (slot + 1) & this.#mask;
    this.#high[slot] = high;
    this.#low[slot] = low;
    this.#value[slot] = value;
  }

  #grow(): void {
    const [highs, lows, values] = [this.#high, this.#low, this.#value];
    const slots = values.length * 2;
    this.#mask = slots - 1;
    this.#high = new Int32Array(slots);
    this.#low = new Int32Array(slots);
    this.#value = new Int32Array(slots).fill(-1);
    for (const [slot, value] of values.entries()) {
      if (value >= 0) this.#put(highs[slot] as number, lows[slot] as number, value);
    }
  }
}
