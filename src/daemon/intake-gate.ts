import type { DaemonMetrics } from '#src/daemon/metrics.ts';
import { OverloadError } from '#src/daemon/overload.ts';
import type { Clock } from '#src/platform/clock.ts';
import { pause } from '#src/platform/pause.ts';
import type { AcceptedAlerts, Store } from '#src/store/contract.ts';
import { StoreError } from '#src/store/store-error.ts';

export type IntakeGateOptions = {
  store: Pick<Store, 'accept' | 'inboxDepth'>;
  clock: Clock;
  metrics: DaemonMetrics;
  groupCommitMs: number;
  maxQueuedAlerts: number;
  /** Called when alerts have become durable. */
  onAccepted: () => void;
};

type Waiting = { batch: AcceptedAlerts; resolve: () => void; reject: (error: unknown) => void };

/** How long senders may wait for another writer of the store to be done. */
const PATIENCE_MS = 3000;
const BUSY_PAUSE_MS = 20;
/** The share of the time that may pass while standing still for the disk: one in three. */
const PAUSE_PER_COMMIT = 2;
const MOST_GROUP_MS = 25;
/** For so long after a failure the daemon calls itself not ready, unless something is taken. */
const TROUBLE_MS = 10_000;
/** Told to senders when the queue is full or the store fails. */
const RETRY_AFTER_SECONDS = 5;

/**
 * Where alerts come in: those of many requests are made durable together, so that the disk is
 * synchronised once for all of them, and each request is answered after that.
 */
export class IntakeGate {
  readonly #options: IntakeGateOptions;
  #waiting: Waiting[] = [];
  /** Alerts of `#waiting` and of the group that is being written. */
  #pending = 0;
  /** Alerts in the store that wait to be sorted, as far as this process knows. */
  #stored = 0;
  #writing: Promise<void> | null = null;
  /** Milliseconds that a commit takes of late. */
  #commitMs = 0;
  /** The last failure to make alerts durable, until it succeeds. */
  #failure: { at: number; why: string } | null = null;

  constructor(options: IntakeGateOptions) {
    this.#options = options;
  }

  /** Counts what waits in the store. */
  async refresh(): Promise<void> {
    this.#stored = (await this.#options.store.inboxDepth()).alerts;
  }

  /** Alerts left the store's inbox. */
  sorted(alerts: number): void {
    this.#stored = Math.max(0, this.#stored - alerts);
  }

  get depth(): number {
    return this.#pending + this.#stored;
  }

  /** Why alerts could not be taken just now, or null. */
  get trouble(): string | null {
    const isRecent =
      this.#failure && this.#options.clock.monotonic() - this.#failure.at < TROUBLE_MS;
    return isRecent ? (this.#failure?.why ?? null) : null;
  }

  get isFull(): boolean {
    return this.depth >= this.#options.maxQueuedAlerts;
  }

  /**
   * Resolves when the alerts are durable.
   * @throws OverloadError when the queue is full or the store cannot take them; nothing is kept then
   */
  accept(batch: AcceptedAlerts): Promise<void> {
    const count = batch.alerts.length;
    if (this.depth + count > this.#options.maxQueuedAlerts) {
      return Promise.reject(
        new OverloadError(`the queue is full (${this.depth} alerts wait)`, RETRY_AFTER_SECONDS),
      );
    }
    return new Promise((resolve, reject) => {
      this.#pending += count;
      this.#waiting.push({ batch, resolve, reject });
      this.#writing ??= this.#writeGroups();
    });
  }

  /** Whether requests wait at this moment. */
  get isBusy(): boolean {
    return this.#writing !== null;
  }

  /** Resolves when everything that was accepted before is settled. */
  async flush(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
  }

  async #writeGroups(): Promise<void> {
    while (this.#waiting.length > 0) {
      await pause(this.#groupMs());
      const group = this.#waiting;
      this.#waiting = [];
      await this.#write(group);
    }
    this.#writing = null;
  }

  /** The slower the disk, the longer requests wait for each other, so that fewer commits do. */
  #groupMs(): number {
    const patience = Math.min(MOST_GROUP_MS, PAUSE_PER_COMMIT * this.#commitMs);
    return Math.max(this.#options.groupCommitMs, patience);
  }

  async #write(group: readonly Waiting[]): Promise<void> {
    const { metrics, clock, onAccepted } = this.#options;
    const count = group.reduce((sum, { batch }) => sum + batch.alerts.length, 0);
    const started = clock.monotonic();
    try {
      await this.#acceptPatiently(group.map(({ batch }) => batch));
      this.#stored += count;
      this.#failure = null;
      const tookMs = clock.monotonic() - started;
      this.#commitMs += (tookMs - this.#commitMs) / 8;
      metrics.commit.observe(tookMs / 1000);
      for (const { resolve } of group) resolve();
      onAccepted();
    } catch (error) {
      metrics.failure('store');
      const why = error instanceof StoreError ? error.message : 'the store failed';
      this.#failure = { at: clock.monotonic(), why };
      for (const { reject } of group) reject(new OverloadError(why, RETRY_AFTER_SECONDS));
    } finally {
      this.#pending -= count;
    }
  }

  /** Another writer is waited for without standing still. */
  async #acceptPatiently(batches: readonly AcceptedAlerts[]): Promise<void> {
    const { store, clock } = this.#options;
    const end = clock.monotonic() + PATIENCE_MS;
    for (;;) {
      try {
        await store.accept(batches);
        return;
      } catch (error) {
        const isBusy = error instanceof StoreError && error.trouble === 'busy';
        if (!isBusy || clock.monotonic() >= end) throw error;
        await pause(BUSY_PAUSE_MS);
      }
    }
  }
}
