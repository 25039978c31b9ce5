/** The pattern of every line; four bytes a line. */
export class Assignments {
  #patterns = new Int32Array(1 << 16).fill(-1);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  set(line: number, pattern: number): void {
    if (line >= this.#patterns.length) {
      const wider = new Int32Array(Math.max(line + 1, this.#patterns.length * 2)).fill(-1);
      wider.set(this.#patterns);
      this.#patterns = wider;
    }
    this.#patterns[line] = pattern;
    if (line >= this.#length) this.#length = line + 1;
  }

  /** The pattern of a line; -1 for one that no record took. */
  get(line: number): number {
    return line < this.#length ? (this.#patterns[line] as number) : -1;
  }
}
