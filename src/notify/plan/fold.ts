import type { Severity } from '#src/domain/alert.ts';
import type { EffectDraft } from '#src/domain/side-effect.ts';
import { firstOutside, isWithin } from '#src/notify/plan/hours.ts';
import { NOTIFY } from '#src/notify/plan/payload.ts';
import type { PlannedChannel, PlanSettings } from '#src/notify/plan/settings.ts';

export type Foldable = {
  at: number;
  severity: Severity;
  target: string;
  channel: PlannedChannel;
};

/**
 * How a message becomes a part of a digest: always in quiet hours, until they end; else when its
 * receiver was told more than the limit allows.
 */
export function foldOf(
  { at, severity, target, channel }: Foldable,
  { quietHours, rateLimit, clock }: PlanSettings,
): Pick<EffectDraft, 'fold'> {
  if (!channel.traits.digests) return {};
  const quiet = quietHours.filter(
    ({ exceptSeverities, channels }) =>
      !exceptSeverities.includes(severity) &&
      (channels === undefined || channels.includes(channel.name)),
  );
  const lane = `${NOTIFY}/${target}/digest`;
  if (quiet.some((hours) => isWithin(hours, at, clock))) {
    const end = firstOutside(quiet, at, clock);
    // Quiet for ever would be silence; a day at the most.
    const notBefore = end ?? at + 86_400_000;
    return {
      fold: { most: 0, withinMs: 0, into: { key: `${lane}/quiet-${notBefore}`, lane, notBefore } },
    };
  }
  const { messages: most, perMs: withinMs, digestMs } = rateLimit;
  const slot = Math.floor(at / digestMs) + 1;
  return {
    fold: { most, withinMs, into: { key: `${lane}/${slot}`, lane, notBefore: slot * digestMs } },
  };
}
