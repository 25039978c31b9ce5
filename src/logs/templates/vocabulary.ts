import { MANY, WILD } from './marks.ts';
import { classify, type TokenClass } from './word-class.ts';

/** Numbers of the tokens that stand for values. */
export const WILD_ID = 0;
export const MANY_ID = 1;

/** Numbers for tokens, so that patterns compare fast, with what each token looks like. */
export class Vocabulary {
  readonly #ids = new Map<string, number>();
  readonly #texts: string[] = [];
  readonly #quiet: (TokenClass | undefined)[] = [];
  readonly #loud: (TokenClass | undefined)[] = [];

  constructor() {
    this.idOf(WILD);
    this.idOf(MANY);
  }

  idOf(text: string): number {
    let id = this.#ids.get(text);
    if (id === undefined) {
      id = this.#texts.length;
      this.#ids.set(text, id);
      this.#texts.push(text);
    }
    return id;
  }

  textOf(id: number): string {
    return this.#texts[id] ?? '';
  }

  /** @param loud the message is in capitals throughout */
  classOf(id: number, loud = false): TokenClass {
    const known = loud ? this.#loud : this.#quiet;
    let found = known[id];
    if (!found) {
      found = classify(this.textOf(id), loud);
      known[id] = found;
    }
    return found;
  }
}
