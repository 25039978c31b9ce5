/** Widths of the buckets in seconds; each is a multiple of the one before. */
const WIDTHS = [60, 300, 900, 3600, 21_600, 86_400, 604_800];
const SPAN = 2 ** 26;

const MAX_BUCKETS = 5000;

/** The width (in milliseconds) from `width` up that divides a length of time into not too many buckets. */
export function coarser(width: number, length: number): number {
  const fitting = WIDTHS.map((seconds) => seconds * 1000).find(
    (wider) => wider >= width && length / wider <= MAX_BUCKETS,
  );
  return fitting ?? (WIDTHS[WIDTHS.length - 1] as number) * 1000;
}

/**
 * Counts per pattern and span of time, in as many cells as fit: when there are too many, the spans
 * become longer.
 */
export class TimeCells {
  readonly #maxCells: number;
  /** By pattern, by span. */
  readonly #cells: (Map<number, number> | undefined)[] = [];
  #size = 0;
  #width = 0;

  constructor(maxCells = 400_000) {
    this.#maxCells = maxCells;
  }

  /** Milliseconds of a span. */
  get width(): number {
    return (WIDTHS[this.#width] as number) * 1000;
  }

  add(pattern: number, at: number): void {
    const bucket = Math.floor(at / this.width);
    if (bucket < 0 || bucket >= SPAN) return;
    let cells = this.#cells[pattern];
    if (!cells) {
      cells = new Map();
      this.#cells[pattern] = cells;
    }
    const count = cells.get(bucket);
    if (count === undefined) {
      cells.set(bucket, 1);
      if (++this.#size > this.#maxCells && this.#width < WIDTHS.length - 1) this.#widen();
    } else cells.set(bucket, count + 1);
  }

  /** Calls back with every pattern, start of a span in epoch milliseconds, and count. */
  forEach(take: (pattern: number, start: number, count: number) => void): void {
    this.#cells.forEach((cells, pattern) => {
      cells?.forEach((count, bucket) => {
        take(pattern, bucket * this.width, count);
      });
    });
  }

  #widen(): void {
    const before = this.#width;
    const factor = (WIDTHS[before + 1] as number) / (WIDTHS[before] as number);
    this.#width = before + 1;
    this.#size = 0;
    this.#cells.forEach((cells, pattern) => {
      if (!cells) return;
      const wider = new Map<number, number>();
      for (const [bucket, count] of cells) {
        const next = Math.floor(bucket / factor);
        wider.set(next, (wider.get(next) ?? 0) + count);
      }
      this.#size += wider.size;
      this.#cells[pattern] = wider;
    });
  }
}
