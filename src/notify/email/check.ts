import type { EmailSettings } from '#src/notify/contract.ts';
import { mailFailure } from '#src/notify/email/failure.ts';

/** Connects, encrypts and logs in as for a mail, and sends none. @throws what sending would throw */
export async function checkMailServer(settings: EmailSettings): Promise<void> {
  const { openTransport } = await import('#src/notify/email/transport.ts');
  const transport = openTransport(settings);
  try {
    await transport.verify();
  } catch (error) {
    throw mailFailure(error, settings);
  } finally {
    transport.close();
  }
}
