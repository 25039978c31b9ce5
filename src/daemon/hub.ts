import { messageOf } from '#src/domain/errors.ts';
import type { IncidentSummary } from '#src/domain/incident-record.ts';
import type { Logger } from '#src/platform/logger.ts';
import type { Store } from '#src/store/contract.ts';

/** A step of work under way; it is not kept. */
export type LiveStep = { incidentId: string; step: string };

export type Listener = {
  /** An incident was changed, by whichever process. */
  changed(summary: IncidentSummary): void;
  step(step: LiveStep): void;
};

const LOOK_MS = 300;
const MOST_AT_ONCE = 200;

/** Tells listeners of changes. The store is looked at only while somebody listens. */
export class Hub {
  readonly #store: Pick<Store, 'listIncidents' | 'revision'>;
  readonly #logger: Logger;
  readonly #listeners = new Set<Listener>();
  readonly #waiting = new Map<string, Set<() => void>>();
  #revision = 0;
  #timer: NodeJS.Timeout | undefined;
  #isLooking = false;

  constructor(store: Pick<Store, 'listIncidents' | 'revision'>, logger: Logger) {
    this.#store = store;
    this.#logger = logger;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  /** @returns ends the listening */
  async listen(listener: Listener): Promise<() => void> {
    if (this.#listeners.size === 0) this.#revision = await this.#store.revision();
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => void this.#look(), LOOK_MS).unref();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.stop();
    };
  }

  tell(step: LiveStep): void {
    for (const listener of this.#listeners) listener.step(step);
  }

  /** The investigation of an incident has come to an end, whichever. */
  settled(incidentId: string): void {
    for (const wake of this.#waiting.get(incidentId) ?? []) wake();
    this.#waiting.delete(incidentId);
  }

  /** Resolves when the investigation of an incident comes to an end, or the signal is aborted. */
  untilSettled(incidentId: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const all = this.#waiting.get(incidentId) ?? new Set<() => void>();
      this.#waiting.set(incidentId, all.add(resolve));
      signal.addEventListener(
        'abort',
        () => {
          all.delete(resolve);
          resolve();
        },
        { once: true },
      );
    });
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const filter = { sinceRevision: this.#revision, limit: MOST_AT_ONCE };
      for (const summary of await this.#store.listIncidents(filter)) {
        this.#revision = Math.max(this.#revision, summary.revision);
        for (const listener of this.#listeners) listener.changed(summary);
      }
    } catch (error) {
      this.#logger.warn('changes cannot be read', { error: messageOf(error) });
    } finally {
      this.#isLooking = false;
    }
  }
}
