import { type Layout, learnLayout } from '#src/logs/records/layout.ts';
import { unwrapLine } from '#src/logs/records/parse-line.ts';

const LINES = 2000;
const BYTES = 4 << 20;
const LINE_BYTES = 600;

/** Holds back the first lines of a log until there are enough to learn its layout from. */
export class LayoutSample {
  readonly #held: { bytes: Buffer; start: number; end: number }[] = [];
  #bytes = 0;

  get isFull(): boolean {
    return this.#held.length >= LINES || this.#bytes >= BYTES;
  }

  hold(bytes: Buffer, start: number, end: number): void {
    this.#held.push({ bytes, start, end });
    this.#bytes += end - start;
  }

  learn(): Layout {
    return learnLayout(
      this.#held.map(({ bytes, start, end }) =>
        unwrapLine(bytes.toString('utf8', start, Math.min(end, start + LINE_BYTES))),
      ),
    );
  }

  /** Gives the held lines in order. */
  replay(take: (bytes: Buffer, start: number, end: number) => void): void {
    for (const { bytes, start, end } of this.#held) take(bytes, start, end);
    this.#held.length = 0;
  }
}
