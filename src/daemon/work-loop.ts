import { messageOf } from '#src/domain/errors.ts';
import type { Logger } from '#src/platform/logger.ts';
import { pause } from '#src/platform/pause.ts';

export type WorkLoopOptions<T> = {
  name: string;
  /** Items at work at a time. */
  slots: number;
  /** Takes at most `free` items that are due. */
  claim(free: number): Promise<T[]>;
  /** Does one item to its end; must not throw. */
  work(item: T, signal: AbortSignal): Promise<void>;
  /** How often to look for items that nobody told of, in milliseconds. */
  idleMs: number;
  logger: Logger;
};

/** How long to wait after a claim that failed, in milliseconds. */
const TROUBLE_MS = 500;

/** Claims work whenever there is room for it, and does it. */
export class WorkLoop<T> {
  readonly #options: WorkLoopOptions<T>;
  readonly #stopping = new AbortController();
  readonly #aborting = new AbortController();
  readonly #running = new Set<Promise<void>>();
  #wake: () => void = () => {};
  #isAwake = false;
  #loop: Promise<void> | null = null;

  constructor(options: WorkLoopOptions<T>) {
    this.#options = options;
  }

  get running(): number {
    return this.#running.size;
  }

  start(): void {
    if (this.#options.slots > 0) this.#loop ??= this.#run();
  }

  /** Something may be due. */
  wake(): void {
    this.#isAwake = true;
    this.#wake();
  }

  /**
   * Claims nothing more and waits for what is at work, at most so long; then tells it to break off.
   * @returns how many were broken off
   */
  async stop(drainMs: number): Promise<number> {
    this.#stopping.abort();
    this.wake();
    await this.#loop;
    const all = (): Promise<unknown> => Promise.all(this.#running);
    const done = new AbortController();
    await Promise.race([all().finally(() => done.abort()), pause(drainMs, done.signal)]);
    done.abort();
    const left = this.#running.size;
    this.#aborting.abort(new Error('the daemon stops'));
    await Promise.race([all(), pause(1000)]);
    return left;
  }

  async #run(): Promise<void> {
    const { slots, claim, idleMs, logger, name } = this.#options;
    while (!this.#stopping.signal.aborted) {
      this.#isAwake = false;
      const free = slots - this.#running.size;
      try {
        const items = free > 0 ? await claim(free) : [];
        for (const item of items) this.#begin(item);
        if (items.length > 0) continue;
        await this.#sleep(idleMs);
      } catch (error) {
        logger.warn(`${name} cannot be claimed`, { error: messageOf(error) });
        await this.#sleep(TROUBLE_MS);
      }
    }
  }

  #begin(item: T): void {
    const done = this.#options.work(item, this.#aborting.signal).finally(() => {
      this.#running.delete(done);
      this.wake();
    });
    this.#running.add(done);
  }

  async #sleep(millis: number): Promise<void> {
    if (this.#isAwake || this.#stopping.signal.aborted) return;
    const awake = new AbortController();
    this.#wake = () => awake.abort();
    await pause(millis, awake.signal);
  }
}
