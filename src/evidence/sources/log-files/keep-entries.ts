/** One record on its way into the bundle. */
export type LogEntry = {
  /** Milliseconds since the epoch. */
  at: number;
  /** Of records of one time, those of the lesser rank come first. */
  rank: number;
  text: string;
  labels: Record<string, string>;
  isError: boolean;
};

/** Of each kind of error this many are kept whatever floods in, so that the rare one is not lost. */
const KEPT_OF_SHAPE = 20;
const MOST_SHAPES = 4096;
const SHAPE_CHARS = 120;
/** Share of the places that errors may take when there are more of everything than places. */
const ERROR_SHARE = 0.7;
/** Characters of all records that are kept. */
const MOST_CHARS = 64 * 1024 * 1024;

/**
 * Keeps at most `most` records of a stream of any length: errors first, the first of each kind of
 * error for certain, and of the rest every second, fourth, eighth… so that their spread over
 * time stays as it was.
 */
export class EntryKeeper {
  readonly #most: number;
  readonly #rare: LogEntry[] = [];
  readonly #errors: ThinnedList;
  readonly #others: ThinnedList;
  readonly #shapes = new Map<string, number>();
  #seen = 0;

  constructor(most: number) {
    this.#most = most;
    this.#errors = new ThinnedList(most, MOST_CHARS / 2);
    this.#others = new ThinnedList(most, MOST_CHARS / 2);
  }

  add(entry: LogEntry): void {
    this.#seen++;
    if (!entry.isError) this.#others.add(entry);
    else if (this.#isRare(entry)) this.#rare.push(entry);
    else this.#errors.add(entry);
  }

  /** What was kept, in order of time, and of how many. */
  finish(): { entries: LogEntry[]; seen: number } {
    const rare = this.#rare.slice(0, this.#most);
    const room = this.#most - rare.length;
    const forErrors = Math.max(
      room - this.#others.length,
      Math.floor(this.#most * ERROR_SHARE) - rare.length,
      0,
    );
    const errors = this.#errors.thinnedTo(Math.min(room, forErrors));
    const others = this.#others.thinnedTo(room - errors.length);
    const entries = [...rare, ...errors, ...others];
    return { entries: entries.sort((a, b) => a.at - b.at || a.rank - b.rank), seen: this.#seen };
  }

  #isRare(entry: LogEntry): boolean {
    if (this.#rare.length >= this.#most / 2) return false;
    const shape = shapeOf(entry.text);
    const count = this.#shapes.get(shape) ?? 0;
    if (count === 0 && this.#shapes.size >= MOST_SHAPES) return false;
    this.#shapes.set(shape, count + 1);
    return count < KEPT_OF_SHAPE;
  }
}

/** A text without what differs from record to record: digits and what hangs on them. */
function shapeOf(text: string): string {
  return text
    .slice(0, 400)
    .replace(/[\w.:-]{0,40}\d[\w.:-]{0,40}/g, '#')
    .slice(0, SHAPE_CHARS);
}

/** A list that halves itself, by leaving out every second one, whenever it is full. */
class ThinnedList {
  readonly #most: number;
  readonly #mostChars: number;
  #kept: LogEntry[] = [];
  #chars = 0;
  #stride = 1;
  #seen = 0;

  constructor(most: number, mostChars: number) {
    this.#most = Math.max(2, most);
    this.#mostChars = mostChars;
  }

  get length(): number {
    return this.#kept.length;
  }

  add(entry: LogEntry): void {
    if (this.#seen++ % this.#stride !== 0) return;
    this.#kept.push(entry);
    this.#chars += entry.text.length;
    while (this.#kept.length > 2 * this.#most || this.#isTooLong()) {
      this.#kept = this.#kept.filter((_, index) => index % 2 === 0);
      this.#chars = this.#kept.reduce((sum, { text }) => sum + text.length, 0);
      this.#stride *= 2;
    }
  }

  /** `most` of the list at equal distances. */
  thinnedTo(most: number): LogEntry[] {
    const { length } = this.#kept;
    if (most >= length) return this.#kept;
    return Array.from(
      { length: most },
      (_, index) => this.#kept[Math.floor((index * length) / most)] as LogEntry,
    );
  }

  #isTooLong(): boolean {
    return this.#chars > this.#mostChars && this.#kept.length > 1;
  }
}
