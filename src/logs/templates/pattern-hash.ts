/**
 * Hashes of token sequences with places left out, in constant time each. 53 bits: two of a million
 * keys meet by chance about once in ten thousand runs.
 */
export class PatternHash {
  readonly #high: number[] = [0];
  readonly #low: number[] = [0];
  #allHigh = 0;
  #allLow = 0;
  #tokens: readonly number[] = [];

  /** Takes up a sequence. */
  load(tokens: readonly number[]): void {
    this.#tokens = tokens;
    this.#allHigh = tokens.length;
    this.#allLow = 0;
    for (let at = 0; at < tokens.length; at++) {
      this.#allHigh ^= mix(at, tokens[at] as number, 0x2c1b3c6d);
      this.#allLow ^= mix(at, tokens[at] as number, 0x297a2d39);
      this.#high[at + 1] = this.#allHigh;
      this.#low[at + 1] = this.#allLow;
    }
  }

  /** The key of the sequence without one or two of its tokens. */
  without(a: number, b = -1): number {
    let high = this.#allHigh ^ this.#out(a, 0x2c1b3c6d);
    let low = this.#allLow ^ this.#out(a, 0x297a2d39);
    if (b >= 0) {
      high ^= this.#out(b, 0x2c1b3c6d);
      low ^= this.#out(b, 0x297a2d39);
    }
    return join(high, low);
  }

  /** The key of what is before `start` and of the last `rest` tokens; it does not depend on what is between. */
  around(start: number, rest: number): number {
    let high = mix(start, rest, 0x1b873593);
    let low = mix(start, rest, 0x5bd1e995);
    const { length } = this.#tokens;
    for (let at = 0; at < start; at++) {
      high = mix(high, this.#tokens[at] as number, 0x2c1b3c6d);
      low = mix(low, this.#tokens[at] as number, 0x297a2d39);
    }
    for (let at = length - rest; at < length; at++) {
      high = mix(high, this.#tokens[at] as number, 0x2c1b3c6d);
      low = mix(low, this.#tokens[at] as number, 0x297a2d39);
    }
    return join(high, low);
  }

  /** What a column adds to the sum, against a mark that it is blank. */
  #out(column: number, seed: number): number {
    return mix(column, this.#tokens[column] as number, seed) ^ mix(column, -1, seed);
  }
}

function mix(a: number, b: number, seed: number): number {
  let hash = Math.imul(a ^ seed, 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d ^ seed);
  hash = Math.imul(hash ^ (hash >>> 13), 0x297a2d39);
  return hash ^ (hash >>> 16);
}

function join(high: number, low: number): number {
  return (high >>> 0) * 2_097_152 + ((low >>> 0) & 0x1f_ffff);
}
