import type { Notifier, NotifierSettings, NotifyTools } from '#src/notify/contract.ts';
import { mailFailure } from '#src/notify/email/failure.ts';
import { composeMail } from '#src/notify/email/mail.ts';

/** Mail by SMTP. The receipt is the message id, by which later mails join the thread. */
export function createEmail(settings: NotifierSettings['email'], tools: NotifyTools): Notifier {
  return {
    id: 'email',
    async send(delivery, signal) {
      const mail = await composeMail(delivery, settings, tools.drawOnset);
      // Commands that send nothing need not load it.
      const { openTransport } = await import('#src/notify/email/transport.ts');
      const transport = openTransport(settings);
      try {
        await transport.sendMail({ ...mail, signal });
        return { receipt: mail.messageId ?? '' };
      } catch (error) {
        throw mailFailure(error, settings);
      } finally {
        transport.close();
      }
    },
  };
}
