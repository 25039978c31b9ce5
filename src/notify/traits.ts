import { BRIEF_EVENTS } from '#src/domain/brief.ts';
import type { NotifierSettings, NotifierTraits } from '#src/notify/contract.ts';

/** What people are told who read it: beginnings, answers and ends. */
const FOR_READERS = [
  'opened',
  'reopened',
  'severity-raised',
  'flapping',
  'investigated',
  'investigation-failed',
  'mitigated',
  'resolved',
  'unacknowledged',
  'notify-requested',
] as const;

/** How messages of each kind of channel are decided; apart from the senders, so that deciding is quick. */
export const TRAITS = {
  email: { events: FOR_READERS, waitsForAnswer: true, digests: true, showsPictures: true },
  slack: {
    events: [...FOR_READERS, 'acknowledged', 'merged'],
    waitsForAnswer: true,
    digests: true,
    showsPictures: false,
  },
  pagerduty: {
    events: [
      'opened',
      'reopened',
      'severity-raised',
      'investigated',
      'acknowledged',
      'merged',
      'resolved',
      'unacknowledged',
      'notify-requested',
    ],
    waitsForAnswer: false,
    digests: false,
    showsPictures: false,
  },
  webhook: {
    events: BRIEF_EVENTS,
    waitsForAnswer: false,
    digests: false,
    showsPictures: false,
  },
} as const satisfies Record<keyof NotifierSettings, NotifierTraits>;
