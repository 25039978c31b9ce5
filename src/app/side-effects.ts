import type { Config } from '#src/config/schema.ts';
import { UsageError } from '#src/domain/errors.ts';
import type { EffectPlanner, SideEffectSender } from '#src/domain/side-effect.ts';

/**
 * What follows from an event of an incident, by the configuration. Everything that leaves the
 * machine is decided here and carried out by the sender, through the store's outbox.
 */
export function createEffectPlanner(_config: Config): EffectPlanner {
  return () => [];
}

/** Carries out what the planner decided. */
export function createSender(_config: Config): SideEffectSender {
  return {
    send: async ({ kind, target }) => {
      throw new UsageError(`nothing sends "${kind}" to "${target}"`, {
        hint: 'It was decided under another configuration; put that back and retry it.',
      });
    },
  };
}
