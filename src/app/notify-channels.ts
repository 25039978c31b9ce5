import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config } from '#src/config/schema.ts';
import { InputError } from '#src/domain/errors.ts';
import type { Channel, EmailSettings } from '#src/notify/contract.ts';
import { reasonOfFs } from '#src/platform/json-file.ts';

const TLS_PORT = 465;

/**
 * The channels that are configured completely: the four of the environment under the name of
 * their notifier, and those that the configuration names.
 * @throws InputError when the file of an authority cannot be read
 */
export function configuredChannels({ notify }: Config, baseDir: string): Channel[] {
  const timeoutMs = notify.timeoutSeconds * 1000;
  const common = { timeoutMs, publicUrl: notify.publicUrl };
  const { email, slack, pagerduty, webhook } = notify;
  const mail = (to: readonly string[] | undefined): EmailSettings | null => {
    if (email.host === undefined || email.from === undefined || to === undefined) return null;
    const { host, port, user, password, from } = email;
    const security = email.security ?? (port === TLS_PORT ? 'tls' : 'starttls');
    const ca = email.caFile === undefined ? undefined : readPem(resolve(baseDir, email.caFile));
    return { ...common, host, port, security, user, password, from, to, ca };
  };
  const channels: (Channel | null)[] = [
    channelOf('email', 'email', mail(email.to)),
    channelOf(
      'slack',
      'slack',
      slack.webhookUrl ? { ...common, webhookUrl: slack.webhookUrl } : null,
    ),
    channelOf(
      'pagerduty',
      'pagerduty',
      pagerduty.routingKey
        ? { ...common, routingKey: pagerduty.routingKey, url: pagerduty.url }
        : null,
    ),
    channelOf(
      'webhook',
      'webhook',
      webhook.url ? { ...common, url: webhook.url, secret: webhook.secret } : null,
    ),
  ];
  for (const [name, own] of Object.entries(notify.channels)) {
    if (own.notifier === 'email') channels.push(channelOf(name, 'email', mail(own.to)));
    else if (own.notifier === 'slack') {
      channels.push(channelOf(name, 'slack', { ...common, webhookUrl: own.webhookUrl }));
    } else if (own.notifier === 'pagerduty') {
      const { routingKey } = own;
      channels.push(channelOf(name, 'pagerduty', { ...common, routingKey, url: pagerduty.url }));
    } else {
      const { url, secret } = own;
      channels.push(channelOf(name, 'webhook', { ...common, url, secret }));
    }
  }
  return channels.filter((channel) => channel !== null);
}

/** Ties the settings to the notifier that takes them. */
function channelOf<Id extends Channel['notifier']>(
  name: string,
  notifier: Id,
  settings: Extract<Channel, { notifier: Id }>['settings'] | null,
): Channel | null {
  return settings === null ? null : ({ name, notifier, settings } as Channel);
}

function readPem(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new InputError(`cannot be read (${reasonOfFs(error)})`, {
      where: path,
      hint: 'Correct notify.email.caFile.',
      cause: error,
    });
  }
}
