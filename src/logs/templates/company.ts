/** How many of a set are looked at; the rest would hardly tell more. */
const SOME = 12;

/**
 * In how many contexts two words (or phrases) stand for each other. Words that replace each other in
 * several contexts are names of one kind of thing.
 */
export class Company {
  readonly #contexts = new Map<string, number>();

  /** Notes that these stand for each other in one context. */
  meet(words: Iterable<number | string>): void {
    for (const pair of pairs(words)) this.#contexts.set(pair, (this.#contexts.get(pair) ?? 0) + 1);
  }

  /** The share of pairs that meet in more than one context; 0 for fewer than three words. */
  familiarity(words: readonly (number | string)[]): number {
    if (words.length < 3) return 0;
    let met = 0;
    let all = 0;
    for (const pair of pairs(words)) {
      all++;
      if ((this.#contexts.get(pair) ?? 0) > 1) met++;
    }
    return met / all;
  }
}

function* pairs(words: Iterable<number | string>): Generator<string> {
  const some = [...words].slice(0, SOME).map(String).sort();
  for (let i = 0; i < some.length; i++) {
    for (let j = i + 1; j < some.length; j++) yield `${some[i]}\u0000${some[j]}`;
  }
}
