/** An open-addressing table from shapes to numbers, kept in typed arrays. */
export class ShapeTable {
  readonly #capacity: number;
  #mask: number;
  #high: Int32Array;
  #low: Int32Array;
  #value: Int32Array;
  #size = 0;

  /** @param capacity shapes that are remembered; {@link clear} when {@link isFull} */
  constructor(capacity: number) {
    this.#capacity = capacity;
    const slots = 2 ** Math.ceil(Math.log2(capacity * 2));
    this.#mask = slots - 1;
    this.#high = new Int32Array(slots);
    this.#low = new Int32Array(slots);
    this.#value = new Int32Array(slots).fill(-1);
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
    let slot = (high ^ low) & this.#mask;
    while ((this.#value[slot] as number) >= 0) slot = (slot + 1) & this.#mask;
    this.#high[slot] = high;
    this.#low[slot] = low;
    this.#value[slot] = value;
    this.#size++;
  }

  clear(): void {
    this.#value.fill(-1);
    this.#size = 0;
  }
}
