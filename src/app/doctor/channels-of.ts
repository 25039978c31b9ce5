import type { DoctorParts, Finding } from '#src/app/doctor/contract.ts';
import { badFinding } from '#src/app/doctor/examine.ts';
import { sendTestMessage } from '#src/app/doctor/test-message.ts';
import { configuredChannels } from '#src/app/notify-channels.ts';
import type { Channel } from '#src/notify/contract.ts';

type ChannelOf<Id extends Channel['notifier']> = Extract<Channel, { notifier: Id }>;

/**
 * Looks at every configured channel of a kind.
 * @param look says that it works, or throws @param off what to say where there is none
 */
export async function lookAtChannels<Id extends Channel['notifier']>(
  notifier: Id,
  parts: DoctorParts,
  signal: AbortSignal,
  off: Finding,
  look: (channel: ChannelOf<Id>) => Promise<Finding>,
): Promise<Finding[]> {
  const { config, baseDir } = parts.loaded;
  const channels = configuredChannels(config, baseDir).filter(
    (channel): channel is ChannelOf<Id> => channel.notifier === notifier,
  );
  if (channels.length === 0) return [off];
  const found = await Promise.all(
    channels.map(async (channel) => {
      const finding = await look(channel).catch((error: unknown) => badFinding(error));
      const { name } = channel;
      const what = channels.length > 1 ? `${name}: ${finding.what}` : finding.what;
      const isTested = parts.sendTest && finding.status !== 'bad' && notifier !== 'pagerduty';
      const tested = isTested ? [await sendTestMessage(channel, parts, signal)] : [];
      return [{ ...finding, what }, ...tested];
    }),
  );
  return found.flat();
}
