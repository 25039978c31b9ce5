import type { Config } from '#src/config/schema.ts';
import { InputError } from '#src/domain/errors.ts';
import type { Channel } from '#src/notify/contract.ts';
import { zoneClock } from '#src/notify/plan/hours.ts';
import type { PlanSettings } from '#src/notify/plan/settings.ts';
import { TRAITS } from '#src/notify/traits.ts';
import { nearestNames } from '#src/platform/nearest.ts';

const MINUTE_MS = 60_000;

/** What the configuration says about who is told when. @throws InputError for an unknown channel */
export function notifyRules(
  { notify, escalation }: Config,
  channels: readonly Channel[],
): PlanSettings {
  const known = [...Object.keys(TRAITS), ...Object.keys(notify.channels)];
  for (const { name, channels: named } of escalation.rules) requireKnown(named, known, name);
  for (const { channels: named } of escalation.quietHours) {
    requireKnown(named ?? [], known, 'quietHours');
  }
  const { messages, minutes, digestMinutes } = notify.rateLimit;
  return {
    channels: channels.map(({ name, notifier, settings }) => ({
      name,
      traits: TRAITS[notifier],
      receivers: 'to' in settings && settings.to.length > 1 ? settings.to : [null],
    })),
    rules: escalation.rules.map(({ unacknowledgedMinutes, ...rule }) => ({
      ...rule,
      unacknowledgedMs: unacknowledgedMinutes?.map((each) => each * MINUTE_MS),
    })),
    quietHours: escalation.quietHours,
    clock: zoneClock(escalation.timezone),
    waitForAnswerMs: notify.waitForAnswerSeconds * 1000,
    rateLimit: {
      messages,
      perMs: minutes * MINUTE_MS,
      digestMs: digestMinutes * MINUTE_MS,
    },
  };
}

function requireKnown(named: readonly string[], known: readonly string[], where: string): void {
  const unknown = named.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const near = nearestNames(unknown, known);
  throw new InputError(`no channel is named "${unknown}"`, {
    where: `escalation: ${where}`,
    hint: near.length > 0 ? `Did you mean ${near.join(', ')}?` : `Known: ${known.join(', ')}.`,
  });
}
