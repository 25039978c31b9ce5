import { lookAtChannels } from '#src/app/doctor/channels-of.ts';
import type { Check, DoctorParts, Finding } from '#src/app/doctor/contract.ts';
import { checkMailServer } from '#src/notify/email/check.ts';

/** Whether the mail server takes the login; no mail is sent. */
export const mail: Check = {
  id: 'mail',
  limitMs: 30_000,
  run: (parts, signal) =>
    lookAtChannels('email', parts, signal, missing(parts), async ({ settings }) => {
      await checkMailServer(settings);
      const { host, port, security, password, user, from, to } = settings;
      const how = security === 'none' ? 'not encrypted' : security.toUpperCase();
      const login = password === undefined ? 'no login' : `login of ${user ?? from}`;
      const what = `${host}:${port}: ${how}, ${login}; to ${to.join(', ')}`;
      return security === 'none' && password !== undefined
        ? { status: 'note', what, mend: 'Set SMTP_SECURITY=starttls: the password is readable.' }
        : { status: 'good', what };
    }),
};

/** Half a configuration is a mistake, none is a choice. */
function missing({ loaded }: DoctorParts): Finding {
  const { host, from, to } = loaded.config.notify.email;
  const unset = [
    ...(host === undefined ? ['SMTP_HOST'] : []),
    ...(from === undefined ? ['EMAIL_SENDER'] : []),
    ...(to === undefined ? ['EMAIL_RECEIVER'] : []),
  ];
  if (unset.length === 0 || unset.length === 3) {
    return { status: 'off', what: 'not configured', mend: `Set ${unset.join(', ')}.` };
  }
  return {
    status: 'bad',
    what: `${unset.join(' and ')} ${unset.length === 1 ? 'is' : 'are'} missing, so no mail is sent`,
    mend: `Set ${unset.join(', ')}.`,
  };
}
