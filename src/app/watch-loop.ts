import { messageOf } from '#src/domain/errors.ts';
import type { IncidentView } from '#src/domain/incident-record.ts';
import type { WatchCycle } from '#src/intake/watch/watch-services.ts';
import type { Logger } from '#src/platform/logger.ts';
import { pause } from '#src/platform/pause.ts';

/** A look with the open incidents that it has to do with. */
export type WatchOutcome = { cycle: WatchCycle; incidents: IncidentView[] };

export type WatchListener = {
  /** Told of each look. */
  looked(cycle: WatchCycle): Promise<void>;
  /** Told of looks that found something, when it was investigated, and of the first clean one after. */
  found(outcome: WatchOutcome): Promise<void>;
};

export type WatchLoop = {
  look(signal: AbortSignal): Promise<WatchCycle>;
  outcomeOf(cycle: WatchCycle, signal: AbortSignal): Promise<WatchOutcome>;
  intervalMs: number;
  logger: Logger;
};

/**
 * Looks again and again until the signal is aborted. A look that fails is told of and made again;
 * looks go on while an earlier one's findings are investigated, and are not told as found meanwhile.
 */
export async function runWatch(
  { look, outcomeOf, intervalMs, logger }: WatchLoop,
  listener: WatchListener,
  signal: AbortSignal,
): Promise<void> {
  let telling: Promise<void> | null = null;
  let wasTrouble = false;
  const tell = async (cycle: WatchCycle): Promise<void> => {
    try {
      await listener.found(await outcomeOf(cycle, signal));
    } catch (error) {
      logger.error('what was found could not be told', { error: messageOf(error) });
    } finally {
      telling = null;
    }
  };
  while (!signal.aborted) {
    try {
      const cycle = await look(signal);
      for (const { service, notes } of cycle.looks) {
        if (notes.length > 0) logger.warn('not all could be looked at', { service, notes });
      }
      await listener.looked(cycle);
      const isTrouble = cycle.firing.length > 0;
      if (telling === null && (isTrouble || wasTrouble)) {
        wasTrouble = isTrouble;
        telling = tell(cycle);
      }
    } catch (error) {
      if (!signal.aborted) logger.error('a look failed', { error: messageOf(error) });
    }
    await pause(intervalMs, signal);
  }
  await telling;
}
