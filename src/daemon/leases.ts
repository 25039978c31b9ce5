import { messageOf } from '#src/domain/errors.ts';
import type { Clock } from '#src/platform/clock.ts';
import type { Logger } from '#src/platform/logger.ts';
import type { Store } from '#src/store/contract.ts';

/**
 * Keeps the leases of work under way alive. When one is lost all the same (another process took
 * the work over), the work is told to break off: its settlement would be refused anyway.
 */
export class LeaseKeeper {
  readonly #store: Pick<Store, 'heartbeat'>;
  readonly #clock: Clock;
  readonly #leaseMs: number;
  readonly #logger: Logger;
  readonly #held = new Map<string, AbortController>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: {
    store: Pick<Store, 'heartbeat'>;
    clock: Clock;
    leaseMs: number;
    logger: Logger;
  }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#leaseMs = options.leaseMs;
    this.#logger = options.logger;
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.#beat(), this.#leaseMs / 3).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Does something under a lease; `signal` is aborted when the lease is lost or `outer` is. */
  async hold<T>(
    lease: string,
    outer: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const lost = new AbortController();
    this.#held.set(lease, lost);
    try {
      return await work(AbortSignal.any([outer, lost.signal]));
    } finally {
      this.#held.delete(lease);
    }
  }

  async #beat(): Promise<void> {
    if (this.#held.size === 0) return;
    try {
      const until = this.#clock.now() + this.#leaseMs;
      for (const lease of await this.#store.heartbeat([...this.#held.keys()], until)) {
        this.#held.get(lease)?.abort(new Error('the lease was lost'));
      }
    } catch (error) {
      this.#logger.warn('leases could not be prolonged', { error: messageOf(error) });
    }
  }
}
