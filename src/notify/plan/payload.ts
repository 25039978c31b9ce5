import type { IncidentBrief } from '#src/domain/brief.ts';
import type { Onset } from '#src/notify/contract.ts';

/** The kind of side effect that notifications are. */
export const NOTIFY = 'notify';

/** What the outbox keeps of a message. */
export type NotifyPayload = {
  channel: string;
  receiver: string | null;
  brief: IncidentBrief;
  /** For those who are sent pictures. */
  onset?: Onset | null;
  /** Only for receivers that were told of the incident before. */
  onlyIfTold?: true;
  /** Only while nobody has taken it on; told as it stands when it is sent. */
  onlyIfOpen?: true;
};

/** What the outbox keeps of many messages that became one (see `EffectFold`). */
export type FoldedPayload = {
  folded: { key: string; payload: NotifyPayload }[];
  more: number;
};
