import { createTransport, type Transporter } from 'nodemailer';
import type { EmailSettings } from '#src/notify/contract.ts';

/** A connection of its own for every mail: between incidents lie hours, and servers end idle ones. */
export function openTransport(settings: EmailSettings): Transporter {
  const { host, port, security, user, password, ca, timeoutMs } = settings;
  return createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    tls: { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) },
    ...(password === undefined ? {} : { auth: { user: user ?? settings.from, pass: password } }),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}
