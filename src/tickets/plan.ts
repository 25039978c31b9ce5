import type { Severity } from '#src/domain/alert.ts';
import { briefOf, type Clean, type IncidentBrief } from '#src/domain/brief.ts';
import type { IncidentEventKind } from '#src/domain/correlation.ts';
import { decisionOf } from '#src/domain/decision.ts';
import type { EffectDraft, IncidentEvent } from '#src/domain/side-effect.ts';

/** The kind of side effect that tickets are. */
export const TICKET = 'ticket';

/** `tell` makes the ticket where there is none; `note` says it only where there is one. */
type TicketAction = 'tell' | 'note' | 'close' | 'reopen';

/** What the outbox keeps of it. */
export type TicketPayload = { action: TicketAction; brief: IncidentBrief };

export type TicketRules = {
  /** Id of the tracker. */
  tracker: string;
  severities: readonly Severity[];
  closeOnResolve: boolean;
};

/**
 * What an event means to the ticket of its incident. A ticket is made when there is an answer, or
 * when there will be none; pure, and the same event always has the same key.
 */
export function planTickets(
  event: IncidentEvent,
  { tracker, severities, closeOnResolve }: TicketRules,
  clean: Clean,
): EffectDraft[] {
  const { kind, incident } = event;
  const action = actionOf(kind, closeOnResolve);
  if (action === null) return [];
  if (action === 'tell' && !severities.includes(incident.severity)) return [];
  const lane = `${TICKET}/${tracker}/${incident.id}`;
  const payload: TicketPayload = { action, brief: briefOf(event, clean) };
  return [{ key: `${lane}/${decisionOf(event)}`, kind: TICKET, target: tracker, lane, payload }];
}

function actionOf(kind: IncidentEventKind, closeOnResolve: boolean): TicketAction | null {
  switch (kind) {
    case 'investigated':
    case 'investigation-failed':
      return 'tell';
    case 'severity-raised':
    case 'mitigated':
    case 'merged':
      return 'note';
    case 'resolved':
      return closeOnResolve ? 'close' : 'note';
    case 'reopened':
      return closeOnResolve ? 'reopen' : 'note';
    default:
      return null;
  }
}
