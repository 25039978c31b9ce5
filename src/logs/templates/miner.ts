import { shortHash } from '#src/platform/hash.ts';
import { consolidate } from './consolidate.ts';
import { renderTemplate } from './render.ts';
import { TemplateTree } from './template-tree.ts';
import { tokenize } from './tokenize.ts';

/** A template as found at the end. */
export type Template = {
  /** Short hash of the text: the same text has the same id in every log. */
  id: string;
  text: string;
  /** Messages. */
  count: number;
};

/** What a miner has found. Patterns are the numbers that {@link TemplateMiner.add} gave. */
export type MinedTemplates = {
  templates: Template[];
  /** The index into `templates` of a pattern's number. */
  templateOf(pattern: number): number;
};

export type MinerOptions = {
  /** Distinct patterns kept at once. */
  maxPatterns?: number;
};

type Stored = { number: number; tokens: readonly string[]; count: number };

const MAX_COMPACTIONS = 40;

/**
 * Mines templates from messages that come one at a time. A message is masked at once; what the
 * distinct patterns have in common is decided over all of them, at the end and whenever there are too
 * many. Memory is bounded by `maxPatterns` patterns (and four bytes for each that ever was);
 * the same messages in the same order give the same templates.
 */
export class TemplateMiner {
  readonly #maxPatterns: number;
  #byKey = new Map<string, Stored>();
  #tree: TemplateTree | null = null;
  /** For each number ever given, the number of the pattern it was merged into. */
  readonly #mergedInto: number[] = [];
  #compactions = 0;

  constructor(options: MinerOptions = {}) {
    this.#maxPatterns = options.maxPatterns ?? 10_000;
  }

  /** Distinct patterns at the moment. */
  get size(): number {
    return this.#byKey.size;
  }

  /** Takes one message (its first line). @returns the number of its pattern, for {@link count} and `templateOf` */
  add(message: string): number {
    const number = this.patternOf(message);
    this.count(number, 1);
    return number;
  }

  /** As {@link add}, without counting. The number holds until the end. */
  patternOf(message: string): number {
    const tokens = tokenize(message);
    const key = tokens.join(' ');
    const known = this.#byKey.get(key);
    if (known) return known.number;
    if (this.#tree) {
      const covering = this.#tree.find(tokens);
      if (covering >= 0) return covering;
    }
    if (this.#byKey.size >= this.#maxPatterns) {
      this.#compact();
      return this.patternOf(message);
    }
    return this.#store(key, tokens);
  }

  #store(key: string, tokens: readonly string[]): number {
    const number = this.#mergedInto.length;
    this.#mergedInto.push(number);
    this.#counts.push(0);
    this.#byKey.set(key, { number, tokens, count: 0 });
    return number;
  }

  readonly #counts: number[] = [];

  /** Counts messages of a pattern. */
  count(pattern: number, messages: number): void {
    this.#counts[pattern] = (this.#counts[pattern] ?? 0) + messages;
  }

  /** Merges the patterns so far into templates, which then take the messages they cover. */
  #compact(): void {
    const patterns = this.#live();
    const { groupOf, templates } = consolidate(patterns);
    const merged = new Map<string, Stored>();
    const leader = new Map<number, Stored>();
    patterns.forEach((pattern, index) => {
      const group = groupOf[index] as number;
      const first = leader.get(group);
      if (first) this.#give(pattern.number, first);
      else leader.set(group, { ...pattern, tokens: templates[group] as string[] });
    });
    for (const stored of leader.values()) merged.set(stored.tokens.join(' '), stored);
    this.#byKey = merged;
    this.#compactions++;
    if (merged.size > this.#maxPatterns / 2 || this.#compactions > MAX_COMPACTIONS) this.#coarsen();
    this.#tree = new TemplateTree();
    for (const stored of this.#byKey.values()) this.#tree.add(stored.tokens, stored.number);
  }

  /** Too many templates are left: those of the fewest messages become one for each first word and length. */
  #coarsen(): void {
    const byCount = [...this.#byKey.values()].sort(
      (a, b) =>
        (this.#counts[b.number] ?? 0) - (this.#counts[a.number] ?? 0) || a.number - b.number,
    );
    const kept = new Map<string, Stored>();
    byCount.forEach((stored, rank) => {
      if (rank < this.#maxPatterns / 4) {
        kept.set(stored.tokens.join(' '), stored);
        return;
      }
      const tokens = coarse(stored.tokens, rank > this.#maxPatterns / 2);
      const key = tokens.join(' ');
      const same = kept.get(key);
      if (same) this.#give(stored.number, same);
      else kept.set(key, { ...stored, tokens });
    });
    this.#byKey = kept;
  }

  #give(from: number, to: Stored): void {
    this.#mergedInto[from] = to.number;
    this.#counts[to.number] = (this.#counts[to.number] ?? 0) + (this.#counts[from] ?? 0);
    this.#counts[from] = 0;
  }

  #live(): Stored[] {
    return [...this.#byKey.values()].map((stored) => ({
      ...stored,
      count: this.#counts[stored.number] ?? 0,
    }));
  }

  /** The templates of all messages so far. More messages may follow; ids of templates may then change. */
  finish(): MinedTemplates {
    const patterns = this.#live();
    const { groupOf, templates } = consolidate(patterns);
    const groupOfNumber = new Map(
      patterns.map(({ number }, index) => [number, groupOf[index] as number]),
    );
    const texts = templates.map(renderTemplate);
    const ids = texts.map((text) => shortHash(['log-template', text], 10));
    // Groups of the same text are one template to any reader.
    const indexOfId = new Map<string, number>();
    const result: Template[] = [];
    const indexOfGroup = ids.map((id, group) => {
      let index = indexOfId.get(id);
      if (index === undefined) {
        index = result.length;
        indexOfId.set(id, index);
        result.push({ id, text: texts[group] as string, count: 0 });
      }
      return index;
    });
    for (const { number, count } of patterns) {
      const template = result[
        indexOfGroup[groupOfNumber.get(number) as number] as number
      ] as Template;
      template.count += count;
    }
    const final = this.#mergedInto.map(
      (_, number) => indexOfGroup[groupOfNumber.get(this.#root(number)) as number] as number,
    );
    return { templates: result, templateOf: (pattern) => final[pattern] ?? -1 };
  }

  /** The pattern that a number stands for now. */
  #root(number: number): number {
    let at = number;
    while (this.#mergedInto[at] !== at) at = this.#mergedInto[at] as number;
    // Shortens the way for the next time.
    for (let step = number; step !== at; ) {
      const next = this.#mergedInto[step] as number;
      this.#mergedInto[step] = at;
      step = next;
    }
    return at;
  }
}

/** The first word, and the number of tokens to the next power of two (or only that it is long). */
function coarse(tokens: readonly string[], coarser: boolean): string[] {
  const first = tokens.find((token) => /^[A-Za-z]/.test(token)) ?? '<*>';
  const length = coarser ? 2 : 2 ** Math.ceil(Math.log2(Math.max(2, tokens.length)));
  return [coarser ? first.slice(0, 3) : first, ...new Array<string>(length - 1).fill('<*>')];
}
