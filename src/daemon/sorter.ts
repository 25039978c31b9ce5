import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DaemonMetrics } from '#src/daemon/metrics.ts';
import type { Correlator } from '#src/domain/correlation.ts';
import { messageOf } from '#src/domain/errors.ts';
import type { Clock } from '#src/platform/clock.ts';
import type { Logger } from '#src/platform/logger.ts';
import { pause } from '#src/platform/pause.ts';
import type { CorrelateOutcome, Store } from '#src/store/contract.ts';

export type SorterOptions = {
  store: Pick<Store, 'correlate'>;
  correlator: () => Correlator;
  clock: Clock;
  logger: Logger;
  metrics: DaemonMetrics;
  settleMs: number;
  debounceMs: number;
  /** Whether requests wait to be answered. */
  isBusy: () => boolean;
  onSorted: (outcome: CorrelateOutcome) => void;
};

/** Alerts sorted without a break, so that requests are answered in between. */
const SLICE = 200;
/** How long alerts may gather: many at once cost little more than one. Milliseconds. */
const GATHER_MS = 20;
const LEAST_TROUBLE_MS = 50;
const MOST_TROUBLE_MS = 5000;

/** Sorts alerts that wait in the store into incidents, slice by slice. */
export class Sorter {
  readonly #options: SorterOptions;
  #sorting: Promise<void> | null = null;
  #isWanted = false;
  readonly #stop = new AbortController();

  constructor(options: SorterOptions) {
    this.#options = options;
  }

  /** Alerts may wait. */
  wake(): void {
    this.#isWanted = true;
    if (!this.#stop.signal.aborted) this.#sorting ??= this.#sort();
  }

  /** Resolves when nothing waits that was there before, or the store fails. */
  async idle(): Promise<void> {
    while (this.#sorting !== null) await this.#sorting;
  }

  /** Ends after the present slice; what is left waits in the store. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#sorting;
  }

  async #sort(): Promise<void> {
    const { clock } = this.#options;
    let troubleMs = LEAST_TROUBLE_MS;
    while (this.#isWanted && !this.#stop.signal.aborted) {
      this.#isWanted = false;
      try {
        const started = clock.monotonic();
        const taken = await this.#slice();
        if (taken > 0) this.#isWanted = true;
        troubleMs = LEAST_TROUBLE_MS;
        await this.#rest(taken, clock.monotonic() - started);
      } catch (error) {
        this.#options.metrics.failure('sort');
        this.#options.logger.warn('alerts cannot be sorted', { error: messageOf(error) });
        this.#isWanted = true;
        await pause(troubleMs, this.#stop.signal);
        troubleMs = Math.min(troubleMs * 2, MOST_TROUBLE_MS);
      }
    }
    this.#sorting = null;
  }

  /** Few alerts: more may gather. Many: requests that wait for their answer get their turn. */
  async #rest(taken: number, tookMs: number): Promise<void> {
    if (taken === 0) return;
    if (taken < SLICE / 2) await pause(Math.max(GATHER_MS, tookMs), this.#stop.signal);
    else if (this.#options.isBusy()) await pause(tookMs / 2, this.#stop.signal);
    else await nextTurn();
  }

  async #slice(): Promise<number> {
    const { store, correlator, clock, metrics, logger, settleMs, debounceMs, onSorted } =
      this.#options;
    const started = clock.monotonic();
    const outcome = await store.correlate({
      correlator: correlator(),
      now: clock.now(),
      limit: SLICE,
      settleMs,
      debounceMs,
    });
    for (const why of outcome.refused) {
      metrics.failure('sort');
      logger.error('alerts were set aside: they cannot be sorted', { why });
    }
    if (outcome.taken === 0) return outcome.refused.length;
    metrics.stage('sort', (clock.monotonic() - started) / 1000);
    metrics.deduplicated(outcome.repeated);
    onSorted(outcome);
    return outcome.taken;
  }
}
