import { briefOf, type Clean } from '#src/domain/brief.ts';
import { UsageError } from '#src/domain/errors.ts';
import type { IncidentView } from '#src/domain/incident-record.ts';
import type { SideEffect, SideEffectSender } from '#src/domain/side-effect.ts';
import { parseTime } from '#src/domain/time.ts';
import type { Channel, Content, Notifier, NotifyTools } from '#src/notify/contract.ts';
import { onsetOf } from '#src/notify/plan/onset.ts';
import type { FoldedPayload, NotifyPayload } from '#src/notify/plan/payload.ts';
import { createNotifier } from '#src/notify/registry.ts';

export type NotifySenderParts = {
  channels: readonly Channel[];
  tools: NotifyTools;
  /** The incident as it is now; null when there is none under this id. */
  readIncident(id: string): Promise<IncidentView | null>;
  /** Made anew for each message. */
  clean(): Clean;
};

/** Carries out the messages that were planned. */
export function createNotifySender(parts: NotifySenderParts): SideEffectSender {
  const notifiers = new Map<string, Notifier>();
  const notifierOf = (name: string): Notifier => {
    const channel = parts.channels.find((each) => each.name === name);
    if (!channel) {
      throw new UsageError(`no channel is named "${name}" any more`, {
        hint: 'Configure it again and retry the message, or leave it.',
      });
    }
    const notifier =
      notifiers.get(name) ?? createNotifier(channel.notifier, channel.settings, parts.tools);
    notifiers.set(name, notifier);
    return notifier;
  };
  return {
    send: async (effect, signal) => {
      const told = await contentOf(effect, parts);
      if (told === null) return {};
      const { content, payload } = told;
      return notifierOf(payload.channel).send(
        {
          key: effect.key,
          attempt: effect.attempt,
          earlier: effect.earlier.map(({ receipt }) => receipt),
          content,
          receiver: payload.receiver,
        },
        signal,
      );
    },
  };
}

type Told = { content: Content; payload: NotifyPayload };

/** What is to be told now, or null when it is needless by now. */
async function contentOf(
  { payload: kept, earlier, incidentId }: SideEffect,
  parts: NotifySenderParts,
): Promise<Told | null> {
  if (isFolded(kept)) {
    const [first] = kept.folded;
    if (!first) return null;
    const briefs = kept.folded.map(({ payload }) => payload.brief);
    return { content: { type: 'digest', briefs, more: kept.more }, payload: first.payload };
  }
  const payload = kept as NotifyPayload;
  if (payload.onlyIfTold && earlier.length === 0) return null;
  if (!payload.onlyIfOpen || incidentId === null) {
    return {
      content: { type: 'brief', brief: payload.brief, onset: payload.onset ?? null },
      payload,
    };
  }
  const view = await parts.readIncident(incidentId);
  if (view === null || isTaken(view, incidentId)) return null;
  const { at, what } = payload.brief;
  const event = {
    // The brief is named after what is told, not after what gave rise to it.
    kind: 'opened' as const,
    at: parseTime(at) ?? 0,
    what,
    incident: view.summary,
    result: view.result,
  };
  const clean = parts.clean();
  const brief = briefOf(event, clean, 'unacknowledged');
  return { content: { type: 'brief', brief, onset: onsetOf(view.result, clean) }, payload };
}

function isTaken({ summary }: IncidentView, id: string): boolean {
  const { acknowledgedAt, status, id: now } = summary;
  return acknowledgedAt !== null || status === 'mitigated' || status === 'resolved' || now !== id;
}

function isFolded(payload: unknown): payload is FoldedPayload {
  return typeof payload === 'object' && payload !== null && 'folded' in payload;
}
