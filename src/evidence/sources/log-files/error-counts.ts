import type { MetricSeries } from '#src/domain/bundle.ts';

const STEP_SECONDS = 30;
const MOST_STEPS = 3000;

/** How many error records there were over time, also of those that were not kept. */
export class ErrorCounts {
  readonly #start: number;
  readonly #end: number;
  readonly #step: number;
  readonly #counts: number[];

  /** @param start start of the time looked at, and its end; milliseconds since the epoch */
  constructor(start: number, end: number) {
    const seconds = Math.max(1, (end - start) / 1000);
    this.#step = Math.max(STEP_SECONDS, Math.ceil(seconds / MOST_STEPS));
    this.#start = start / 1000;
    this.#end = end / 1000;
    this.#counts = new Array(Math.ceil(seconds / this.#step)).fill(0);
  }

  add(at: number): void {
    const slot = Math.floor((at / 1000 - this.#start) / this.#step);
    const count = this.#counts[slot];
    if (count !== undefined) this.#counts[slot] = count + 1;
  }

  /** One series; a slot's count stands at its end, as a query of Loki or Prometheus gives it. */
  series(service: string): MetricSeries[] {
    return [
      {
        metric: { __name__: 'log_error_lines', service },
        values: this.#counts.map((count, slot) => [
          Math.min(this.#end, this.#start + (slot + 1) * this.#step),
          String(count),
        ]),
        query: `error records of the log files, per ${this.#step} s`,
        service,
        type: 'gauge',
      },
    ];
  }
}
