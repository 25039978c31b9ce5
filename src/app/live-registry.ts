import { statSync } from 'node:fs';
import { loadServiceRegistry } from '#src/config/service-registry.ts';
import { messageOf } from '#src/domain/errors.ts';
import type { ServiceRegistry } from '#src/domain/service.ts';
import type { Clock } from '#src/platform/clock.ts';
import type { Logger } from '#src/platform/logger.ts';

/** How often the file is looked at, in milliseconds. */
const LOOK_MS = 5000;

/**
 * The service registry of a program that runs for long: a changed file takes effect, a broken one
 * is told of once and changes nothing.
 * @throws InputError when the file is broken from the start
 */
export function liveRegistry(
  file: string,
  mustExist: boolean,
  { clock, logger }: { clock: Clock; logger: Logger },
): () => ServiceRegistry {
  let registry = loadServiceRegistry(file, mustExist);
  let seen = stampOf(file);
  let lookedAt = clock.monotonic();
  return () => {
    const now = clock.monotonic();
    if (now - lookedAt < LOOK_MS) return registry;
    lookedAt = now;
    const stamp = stampOf(file);
    if (stamp === seen) return registry;
    seen = stamp;
    try {
      registry = loadServiceRegistry(file, mustExist);
      logger.info('service registry read anew', { services: registry.size });
    } catch (error) {
      logger.error('service registry is broken; the one before goes on', {
        file,
        error: messageOf(error),
      });
    }
    return registry;
  };
}

function stampOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found ? `${found.ino}:${found.size}:${found.mtimeMs}` : '';
}
