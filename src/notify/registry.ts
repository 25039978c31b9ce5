import type { Notifier, NotifierSettings, NotifyTools } from '#src/notify/contract.ts';
import { createEmail } from '#src/notify/notifiers/email.ts';
import { createPagerDuty } from '#src/notify/notifiers/pagerduty.ts';
import { createSlack } from '#src/notify/notifiers/slack.ts';
import { createWebhook } from '#src/notify/notifiers/webhook.ts';

type Factories = {
  [Id in keyof NotifierSettings]: (settings: NotifierSettings[Id], tools: NotifyTools) => Notifier;
};

/**
 * Every notifier. Add one by writing `notifiers/<id>.ts`, its settings in the contract, what it is
 * told in `traits.ts`, and a line here.
 */
export const NOTIFIERS = {
  email: createEmail,
  slack: createSlack,
  pagerduty: createPagerDuty,
  webhook: createWebhook,
} satisfies Factories;

/** The notifier of a kind. */
export function createNotifier<Id extends keyof NotifierSettings>(
  id: Id,
  settings: NotifierSettings[Id],
  tools: NotifyTools,
): Notifier {
  const create: Factories[Id] = NOTIFIERS[id];
  return create(settings, tools);
}
