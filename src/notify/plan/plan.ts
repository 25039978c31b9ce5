import { type BriefEvent, briefOf, type Clean, type IncidentBrief } from '#src/domain/brief.ts';
import type { IncidentEventKind } from '#src/domain/correlation.ts';
import { decisionOf } from '#src/domain/decision.ts';
import type { EffectDraft, IncidentEvent } from '#src/domain/side-effect.ts';
import type { Onset } from '#src/notify/contract.ts';
import { foldOf } from '#src/notify/plan/fold.ts';
import { applies, concerns } from '#src/notify/plan/match.ts';
import { onsetOf } from '#src/notify/plan/onset.ts';
import { NOTIFY, type NotifyPayload } from '#src/notify/plan/payload.ts';
import type { PlannedChannel, PlanSettings, Rule } from '#src/notify/plan/settings.ts';

/** Events after which nobody needs to be found any more. */
const TAKEN: IncidentEventKind[] = ['acknowledged', 'mitigated', 'resolved', 'merged'];
/** Events that say more than the bare news of an incident, and make it needless. */
const BETTER_NEWS: IncidentEventKind[] = [
  'investigated',
  'investigation-failed',
  'severity-raised',
  'resolved',
  'merged',
];
/** Events that whoever was told of an incident must hear of, whatever it has become meanwhile. */
const CLOSING: ReadonlySet<BriefEvent> = new Set([
  'acknowledged',
  'mitigated',
  'resolved',
  'merged',
]);
/** Events after which it may be time to look for somebody. */
const ALARMING: ReadonlySet<BriefEvent> = new Set([
  'opened',
  'reopened',
  'severity-raised',
  'investigated',
]);

/**
 * The messages that an event gives rise to: who is told, when, and what takes it back. Pure: the
 * same event gives the same messages under the same keys.
 */
export function planMessages(
  event: IncidentEvent,
  settings: PlanSettings,
  clean: Clean,
): EffectDraft[] {
  const routes = settings.rules.filter((rule) => rule.unacknowledgedMs === undefined);
  const everything: Rule = {
    name: 'default',
    channels: settings.channels.map(({ name }) => name),
  };
  const drafts = new Map<string, EffectDraft>();
  let made: IncidentBrief | undefined;
  const brief = (): IncidentBrief => {
    made ??= briefOf(event, clean);
    return made;
  };
  let drawn: Onset | null | undefined;
  const onset = (): Onset | null => {
    if (drawn === undefined) drawn = onsetOf(event.result, clean);
    return drawn;
  };
  const planned = { event, settings, brief, onset };
  for (const rule of routes.length > 0 ? routes : [everything]) {
    for (const draft of routed(rule, planned))
      if (!drafts.has(draft.key)) drafts.set(draft.key, draft);
  }
  for (const rule of settings.rules) {
    for (const draft of escalated(rule, planned)) drafts.set(draft.key, draft);
  }
  return [...drafts.values()];
}

type Planned = {
  event: IncidentEvent;
  settings: PlanSettings;
  brief: () => IncidentBrief;
  onset: () => Onset | null;
};

function routed(rule: Rule, { event, settings, brief, onset }: Planned): EffectDraft[] {
  const { incident, kind, at } = event;
  if (!concerns(rule, incident)) return [];
  const doesApply = applies(rule, incident, at, settings.clock);
  if (!doesApply && !CLOSING.has(kind)) return [];
  return channelsOf(rule, settings).flatMap((channel) => {
    const events: readonly BriefEvent[] = rule.events ?? channel.traits.events;
    if (!events.includes(kind) || isUntoldBlip(event, channel, settings)) return [];
    const isHeld =
      kind === 'opened' && channel.traits.waitsForAnswer && events.includes('investigated');
    return messagesTo(channel, (receiver, target) => {
      const payload: NotifyPayload = {
        channel: channel.name,
        receiver,
        brief: brief(),
        ...(channel.traits.showsPictures ? { onset: onset() } : {}),
        ...(doesApply ? {} : { onlyIfTold: true }),
      };
      return {
        key: `${NOTIFY}/${target}/${incident.id}/${decisionOf(event)}`,
        kind: NOTIFY,
        target,
        lane: `${NOTIFY}/${target}/${incident.id}`,
        payload,
        ...(isHeld ? { notBefore: at + settings.waitForAnswerMs, cancelOn: BETTER_NEWS } : {}),
        // What only those hear who were told must be asked on its own.
        ...(doesApply
          ? foldOf({ at, severity: incident.severity, target, channel }, settings)
          : {}),
      };
    });
  });
}

function escalated(rule: Rule, { event, settings, brief }: Planned): EffectDraft[] {
  const { incident, kind, at } = event;
  const { unacknowledgedMs } = rule;
  if (unacknowledgedMs === undefined || !concerns(rule, incident)) return [];
  const laneOf = (target: string): string => `${NOTIFY}/${target}/${incident.id}/escalation`;
  if (CLOSING.has(kind)) {
    // In the lane of the escalation, whose receipts tell whether it ever came to that.
    return channelsOf(rule, settings).flatMap((channel) =>
      messagesTo(channel, (receiver, target) => ({
        key: `${laneOf(target)}/${decisionOf(event)}`,
        kind: NOTIFY,
        target,
        lane: laneOf(target),
        payload: {
          channel: channel.name,
          receiver,
          brief: brief(),
          onlyIfTold: true,
        } satisfies NotifyPayload,
      })),
    );
  }
  const isTaken =
    incident.acknowledgedAt !== null ||
    incident.status === 'mitigated' ||
    incident.status === 'resolved';
  if (!ALARMING.has(kind) || isTaken) return [];
  const opening = kind === 'reopened' ? `reopened-${at}` : 'opened';
  return unacknowledgedMs.flatMap((afterMs) => {
    const due = at + afterMs;
    if (!applies(rule, incident, due, settings.clock)) return [];
    return channelsOf(rule, settings).flatMap((channel) =>
      messagesTo(channel, (receiver, target) => ({
        key: `${laneOf(target)}/${rule.name}/${opening}/${afterMs}`,
        kind: NOTIFY,
        target,
        lane: laneOf(target),
        payload: {
          channel: channel.name,
          receiver,
          brief: { ...brief(), event: 'unacknowledged', at: new Date(due).toISOString() },
          onlyIfOpen: true,
        } satisfies NotifyPayload,
        notBefore: due,
        cancelOn: TAKEN,
      })),
    );
  });
}

/** An incident that ended before anybody was told of it needs no word of its end. */
function isUntoldBlip(
  { kind, at, incident }: IncidentEvent,
  { traits }: PlannedChannel,
  { waitForAnswerMs }: PlanSettings,
): boolean {
  return (
    kind === 'resolved' &&
    traits.waitsForAnswer &&
    incident.verdict === null &&
    at - Date.parse(incident.detectedAt) < waitForAnswerMs
  );
}

function channelsOf(rule: Rule, { channels }: PlanSettings): PlannedChannel[] {
  return channels.filter(({ name }) => rule.channels.includes(name));
}

function messagesTo(
  { name, receivers }: PlannedChannel,
  make: (receiver: string | null, target: string) => EffectDraft,
): EffectDraft[] {
  return receivers.map((receiver) =>
    make(receiver, receiver === null ? name : `${name}:${receiver}`),
  );
}
