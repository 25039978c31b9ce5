import type { DaemonParts } from '#src/daemon/contract.ts';
import { messageOf } from '#src/domain/errors.ts';
import { pause } from '#src/platform/pause.ts';
import { StoreError } from '#src/store/store-error.ts';

const LEAST_PAUSE_MS = 25;
const MOST_PAUSE_MS = 2000;

/**
 * Writes what was achieved, trying again while the store is in trouble: work that was done should
 * not be done again because of a moment's lack of room.
 * @throws StoreError when `signal` ends first
 */
export async function settle<T>(
  { logger }: Pick<DaemonParts, 'logger'>,
  signal: AbortSignal,
  write: () => Promise<T>,
): Promise<T> {
  for (let pauseMs = LEAST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, MOST_PAUSE_MS)) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof StoreError) || signal.aborted) throw error;
      if (error.trouble !== 'busy') {
        logger.warn('the store does not take a result yet', { error: messageOf(error) });
      }
      await pause(pauseMs, signal);
    }
  }
}
