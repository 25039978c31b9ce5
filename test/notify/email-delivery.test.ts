import { describe, expect, it } from 'vitest';
import { CUT_STAGES, smtpCutter } from '../helpers/smtp-cutter.ts';
import { type SmtpDouble, type SmtpOptions, smtpDouble } from '../helpers/smtp-double.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { emailConfig, mostAttempts } from './email-settings.ts';
import { startNotifying } from './start.ts';

const LOGIN = { user: 'robot@shop.test', password: 'correct horse' };

async function serverAndConfig(
  options: SmtpOptions = {},
  email: Record<string, unknown> = {},
): Promise<{ smtp: SmtpDouble; config: Record<string, unknown> }> {
  const smtp = await smtpDouble(options);
  return { smtp, config: emailConfig(smtp, tempDir(), email) };
}

describe('mail through the outbox to a real SMTP server', () => {
  it('arrives once, encrypted by STARTTLS and logged in', async () => {
    const { smtp, config } = await serverAndConfig({ login: LOGIN }, { password: LOGIN.password });
    const daemon = await startNotifying(config);
    const id = await daemon.fire('payments');
    await daemon.settled();
    expect(smtp.mails).toMatchObject([
      { from: LOGIN.user, to: ['oncall@shop.test'], isSecure: true, user: LOGIN.user },
    ]);
    const { mail } = smtp.mails[0]!;
    expect(mail.subject).toBe('[INCIDENT] Down — payments');
    expect(mail.headers.get('x-incident-id')).toBe(id);
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.text).toMatch(/^HIGH: Down on payments: likely cause: a change broke payments\n/);
  });

  it('goes over TLS from the first byte where that is asked for', async () => {
    const { smtp, config } = await serverAndConfig({ security: 'tls' }, { security: 'tls' });
    const daemon = await startNotifying(config);
    await daemon.fire('payments');
    await daemon.settled();
    expect(smtp.mails).toMatchObject([{ isSecure: true }]);
  });

  it('keeps one thread from the first mail to the resolution, each under an id of its own', async () => {
    const { smtp, config } = await serverAndConfig();
    const daemon = await startNotifying(config);
    const id = await daemon.fire('payments');
    await daemon.settled();
    await daemon.call(`/incidents/${id}/mitigate`, { json: { by: 'ann' }, act: true });
    await daemon.settled();
    await daemon.call(`/incidents/${id}/resolve`, { json: { by: 'ann' }, act: true });
    await daemon.settled();
    const mails = smtp.mails.map(({ mail }) => mail);
    expect(mails.map(({ subject }) => subject)).toEqual([
      '[INCIDENT] Down — payments',
      'Re: [INCIDENT] Down — payments',
      'Re: [INCIDENT] Down — payments',
    ]);
    expect(mails.map(({ text }) => text?.split('\n')[0])).toEqual([
      'HIGH: Down on payments: likely cause: a change broke payments',
      'Mitigated: Down on payments',
      expect.stringMatching(/^Resolved after .+: Down on payments$/),
    ]);
    const ids = mails.map(({ messageId }) => messageId!);
    expect(new Set(ids).size).toBe(3);
    const references = mails.map((mail) => [mail.references ?? []].flat());
    const root = references[0]![0];
    expect(root).toMatch(/^<incident\.[0-9a-f]+@shop\.test>$/);
    expect(references).toEqual([[root], [root, ids[0]], [root, ids[0], ids[1]]]);
    expect(mails.map(({ inReplyTo }) => inReplyTo)).toEqual([root, ids[0], ids[1]]);
  });

  it('tries again while the server is down, and arrives once when it is back', async () => {
    const { smtp, config } = await serverAndConfig();
    const { port } = smtp;
    await smtp.stop();
    const daemon = await startNotifying(config, { isPatient: true });
    const id = await daemon.fire('payments');
    await waitUntil('it was refused twice', () => mostAttempts(daemon.sent) >= 2);
    const back = await smtpDouble({ port, certificate: smtp.certificate });
    await daemon.settled();
    expect(back.mails).toHaveLength(1);
    expect(await daemon.effects(id)).toContainEqual(
      expect.objectContaining({ state: 'done', target: 'email' }),
    );
    const keys = new Set(daemon.sent.map(({ key }) => key));
    expect(keys.size).toBe(1);
  });

  it('is tried again after 4xx (greylisting) with the same id, and not after 5xx', async () => {
    let refusals = 2;
    const ids: string[] = [];
    const { smtp, config } = await serverAndConfig({
      refuse: (stage, raw) => {
        if (stage !== 'data') return null;
        ids.push(/^Message-ID: (.+)$/im.exec(raw)?.[1]?.trim() ?? '');
        return refusals-- > 0 ? '451 greylisted, come again' : null;
      },
    });
    const daemon = await startNotifying(config);
    await daemon.fire('payments');
    await daemon.settled();
    expect(smtp.mails).toHaveLength(1);
    expect(ids).toHaveLength(3);
    expect(new Set(ids)).toEqual(new Set([smtp.mails[0]!.mail.messageId]));

    const strict = await serverAndConfig({
      refuse: (stage) => (stage === 'data' ? '554 looks like spam' : null),
    });
    const other = await startNotifying(strict.config);
    await other.fire('payments');
    await waitUntil('it is given up', async () => (await other.store.outboxDepth(0)).dead === 1);
    expect(other.sent).toHaveLength(1);
    const [dead] = await other.store.listDeadEffects(1);
    expect(dead?.lastError).toContain('554 looks like spam');
  });

  it('gives a wrong password up at once, without showing it', async () => {
    const { smtp, config } = await serverAndConfig({ login: LOGIN }, { password: 'wrong-secret' });
    const daemon = await startNotifying(config);
    await daemon.fire('payments');
    await waitUntil('it is given up', async () => (await daemon.store.outboxDepth(0)).dead === 1);
    expect(smtp.mails).toEqual([]);
    expect(daemon.sent).toHaveLength(1);
    const [dead] = await daemon.store.listDeadEffects(1);
    expect(dead?.lastError).toMatch(/refuses the login of robot@shop\.test.*535/);
    expect(dead?.lastError).not.toContain('wrong-secret');
  });

  it('tells the others when one receiver is refused', async () => {
    const { smtp, config } = await serverAndConfig(
      {
        refuse: (stage, to) =>
          stage === 'rcpt' && to.startsWith('gone') ? '550 no such user' : null,
      },
      { to: ['gone@shop.test', 'oncall@shop.test'] },
    );
    const daemon = await startNotifying(config);
    const id = await daemon.fire('payments');
    await waitUntil('one is given up', async () => (await daemon.store.outboxDepth(0)).dead === 1);
    await waitUntil('the other has it', () => smtp.mails.length === 1);
    expect(smtp.mails[0]!.to).toEqual(['oncall@shop.test']);
    // Both see who else was told.
    expect(smtp.mails[0]!.raw).toContain('gone@shop.test');
    expect(await daemon.effects(id)).toContainEqual(
      expect.objectContaining({ target: 'email:gone@shop.test', state: 'dead' }),
    );
  });

  it('says nothing to a server that does not encrypt, when that is asked for', async () => {
    const { smtp, config } = await serverAndConfig({ security: 'none' }, { password: 'secret' });
    const daemon = await startNotifying(config, { settings: { work: { maxSendAttempts: 1 } } });
    await daemon.fire('payments');
    await waitUntil('it is given up', async () => (await daemon.store.outboxDepth(0)).dead === 1);
    expect(smtp.mails).toEqual([]);
  });

  it('does not trust a server whose certificate nobody vouches for', async () => {
    const { smtp, config } = await serverAndConfig({}, { caFile: undefined });
    const daemon = await startNotifying(config, { settings: { work: { maxSendAttempts: 1 } } });
    await daemon.fire('payments');
    await waitUntil('it is given up', async () => (await daemon.store.outboxDepth(0)).dead === 1);
    expect(smtp.mails).toEqual([]);
    expect((await daemon.store.listDeadEffects(1))[0]?.lastError).toMatch(/self.signed/);
  });

  it('survives a server that is slow, and gives one that is too slow another chance', async () => {
    const { smtp, config } = await serverAndConfig({ delay: { stage: 'data', millis: 300 } });
    const daemon = await startNotifying(config);
    await daemon.fire('payments');
    await daemon.settled();
    expect(smtp.mails).toHaveLength(1);

    const slow = await serverAndConfig({ delay: { stage: 'connect', millis: 3000 } });
    const impatient = { settings: { work: { sendTimeoutMs: 200, maxSendAttempts: 2 } } };
    const other = await startNotifying(slow.config, impatient);
    await other.fire('payments');
    await waitUntil(
      'it is given up',
      async () => (await other.store.outboxDepth(0)).dead === 1,
      8000,
    );
    expect(other.sent).toHaveLength(2);
    expect(slow.smtp.mails).toEqual([]);
  });

  it.each(CUT_STAGES)('arrives although the connection is cut at %s', async (stage) => {
    const cutter = await smtpCutter(stage);
    const config = emailConfig({ port: cutter.port, ca: '' }, tempDir(), {
      security: 'none',
      caFile: undefined,
    });
    const daemon = await startNotifying(config);
    await daemon.fire('payments');
    await daemon.settled();
    expect(cutter.connections()).toBe(2);
    const ids = cutter.accepted.map((raw) => /^Message-ID: (.+)$/im.exec(raw)?.[1]);
    // Only a cut between acceptance and answer may give a second copy, under the same id.
    expect(ids).toHaveLength(stage === 'accepted' ? 2 : 1);
    expect(new Set(ids).size).toBe(1);
  });
});
