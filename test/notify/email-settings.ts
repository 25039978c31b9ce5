import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SideEffect } from '#src/domain/side-effect.ts';
import type { SmtpDouble } from '../helpers/smtp-double.ts';

/** A configuration that mails through a server of a test. */
export function emailConfig(
  smtp: Pick<SmtpDouble, 'port' | 'ca'>,
  dir: string,
  email: Record<string, unknown> = {},
): Record<string, unknown> {
  const caFile = join(dir, 'ca.pem');
  writeFileSync(caFile, smtp.ca);
  return {
    notify: {
      email: {
        host: '127.0.0.1',
        port: smtp.port,
        from: 'robot@shop.test',
        to: ['oncall@shop.test'],
        caFile,
        ...email,
      },
    },
  };
}

/** Attempts of the side effect that was tried most. */
export function mostAttempts(sent: readonly SideEffect[]): number {
  return Math.max(0, ...sent.map(({ attempt }) => attempt));
}
