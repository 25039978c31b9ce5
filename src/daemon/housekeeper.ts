import type { DaemonParts, RetentionSettings } from '#src/daemon/contract.ts';
import type { DaemonMetrics, QueueName } from '#src/daemon/metrics.ts';
import { messageOf } from '#src/domain/errors.ts';
import type { QueueDepth } from '#src/store/contract.ts';

const GAUGES_MS = 5000;
const TIDY_MS = 30_000;
const CLOCK_MS = 1000;
/** A clock that is set back by less makes nothing wait for long. */
const JUMP_MS = 60_000;

/** Looks after the store from time to time and keeps the gauges true. */
export class Housekeeper {
  readonly #parts: DaemonParts;
  readonly #retention: RetentionSettings;
  readonly #metrics: DaemonMetrics;
  readonly #timers: NodeJS.Timeout[] = [];
  #seen: { now: number; monotonic: number };

  constructor(parts: DaemonParts, retention: RetentionSettings, metrics: DaemonMetrics) {
    this.#parts = parts;
    this.#retention = retention;
    this.#metrics = metrics;
    this.#seen = this.#times();
  }

  start(): void {
    if (this.#timers.length > 0) return;
    this.#timers.push(
      setInterval(
        () => void this.#guarded('housekeeping', () => this.#afterJump()),
        CLOCK_MS,
      ).unref(),
      setInterval(() => void this.#guarded('gauges', () => this.measure()), GAUGES_MS).unref(),
      setInterval(() => void this.#guarded('housekeeping', () => this.tidy()), TIDY_MS).unref(),
    );
    void this.#guarded('housekeeping', () => this.tidy());
  }

  stop(): void {
    for (const timer of this.#timers.splice(0)) clearInterval(timer);
  }

  async tidy(): Promise<void> {
    const { store, clock, logger } = this.#parts;
    const { keepMs, maxIncidents, quietMs, staleMs } = this.#retention;
    const now = clock.now();
    const done = await store.tidy({ now, beforeAt: now - keepMs, maxIncidents, quietMs, staleMs });
    if (done.removed > 0 || done.closed > 0) logger.info('store tidied', done);
  }

  async measure(): Promise<void> {
    const { store, clock } = this.#parts;
    const now = clock.now();
    const inbox = await store.inboxDepth();
    const age = (at: number | null): number => (at === null ? 0 : Math.max(0, now - at) / 1000);
    this.#metrics.queue('alerts', inbox.alerts, age(inbox.oldest), 0);
    const work: [QueueName, QueueDepth][] = [
      ['investigations', await store.jobDepth(now)],
      ['side_effects', await store.outboxDepth(now)],
    ];
    for (const [name, { waiting, running, oldest, dead }] of work) {
      this.#metrics.queue(name, waiting + running, age(oldest), dead);
    }
    this.#metrics.open(await store.countOpen());
  }

  /** What waits for a time that is far away since the clock was set back waits no longer than meant. */
  async #afterJump(): Promise<void> {
    const before = this.#seen;
    this.#seen = this.#times();
    const passed = this.#seen.monotonic - before.monotonic;
    const jump = this.#seen.now - before.now - passed;
    if (jump > -JUMP_MS) return;
    this.#parts.logger.warn('the clock was set back', { seconds: Math.round(-jump / 1000) });
    await this.tidy();
  }

  #times(): { now: number; monotonic: number } {
    const { clock } = this.#parts;
    return { now: clock.now(), monotonic: clock.monotonic() };
  }

  async #guarded(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#parts.logger.warn(`${what} failed`, { error: messageOf(error) });
    }
  }
}
