import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { describe, expect, it } from 'vitest';
import { cleanText } from '#src/app/clean-text.ts';
import { configSchema } from '#src/config/schema.ts';
import { briefOf, type IncidentBrief } from '#src/domain/brief.ts';
import { sheetOf } from '#src/domain/brief-sheet.ts';
import type { Result } from '#src/domain/result.ts';
import type { Delivery, EmailSettings } from '#src/notify/contract.ts';
import { digestSheet } from '#src/notify/digest-sheet.ts';
import { composeMail } from '#src/notify/email/mail.ts';
import { pagerDutyEvent } from '#src/notify/pagerduty/event.ts';
import { plainText } from '#src/notify/plain-text.ts';
import { slackMessage } from '#src/notify/slack/blocks.ts';
import { resultOf } from '../helpers/results.ts';
import { eventOf } from './events.ts';

const SETTINGS: EmailSettings = {
  host: 'mail.test',
  port: 25,
  security: 'none',
  from: 'robot@shop.test',
  to: ['oncall@shop.test'],
  timeoutMs: 1000,
  publicUrl: 'https://incidents.shop.test',
};

/** What telemetry may try: markup, headers, mentions, escapes, secrets, endless lines. */
const ATTACKS = [
  '<script>alert(1)</script><img src=https://evil.test/p.png onerror=alert(1)>',
  '"><a href="https://evil.test">click</a>',
  'x\r\nBcc: victim@evil.test\r\nSubject: owned',
  'a\u2028b\u2029c\u0000d\u001b[31mred\u202egnp.exe',
  '<!channel> <@U123> <https://evil.test|harmless> @here *bold* `code`',
  '=?utf-8?Q?Bcc:_victim=40evil.test?=',
  'password=hunter2hunter2 token ghp_0123456789abcdefghijABCDEFGHIJ012345',
  '[x](javascript:alert(1)) \n.\r\n.\r\nMAIL FROM:<evil@evil.test>',
  'A'.repeat(100_000),
  '\ud800 lonely \udc00 surrogates 🤯'.repeat(40),
];
const hostile = fc.oneof(
  fc.constantFrom(...ATTACKS),
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
);

/** A brief in which every outside text is hostile. */
function hostileBrief(text: string, other: string): IncidentBrief {
  const base = resultOf('inc-1', other);
  const result: Result = {
    ...base,
    triage: { ...base.triage, summary: text, blastRadius: [text, other] },
    rootCause: {
      ...base.rootCause!,
      statement: text,
      location: { file: text, line: 3 },
      commit: text,
      nextSteps: [{ text: other, cites: [] }],
      cites: [{ id: 'E1' }],
    },
    evidence: [
      {
        id: 'E1',
        kind: 'event',
        source: 'x',
        query: text,
        window: { start: '2026-01-01T00:00:00Z', end: '2026-01-01T01:00:00Z' },
        service: text,
        summary: text,
        data: { type: 'text', title: text, text },
      },
    ],
  };
  const incident = { service: other, title: `${text} on ${other}`, services: [other, text] };
  const event = eventOf('investigated', { what: text, result, incident });
  return briefOf(event, cleanText(configSchema.parse({})));
}

const deliveryOf = (brief: IncidentBrief): Delivery => ({
  key: 'k',
  attempt: 1,
  earlier: [],
  content: { type: 'brief', brief, onset: null },
  receiver: null,
});

async function mailOf(brief: IncidentBrief) {
  const transport = createTransport({ streamTransport: true, buffer: true });
  const mail = await composeMail(deliveryOf(brief), SETTINGS, undefined);
  const { message } = await transport.sendMail(mail);
  const raw = (message as Buffer).toString('utf8');
  return { raw, parsed: await simpleParser(message as Buffer) };
}

/** The words of a mail's HTML as a reader shows them. */
function wordsOfHtml(html: string): string {
  return html
    .replace(/<title>[^<]*<\/title>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
}
const words = (text: string): string[] => text.split(/\s+/).filter((word) => !/^-?$/.test(word));

describe('hostile texts in mails', () => {
  it('stay texts: no markup, no header, no outside reference, and both forms say the same', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (text, other) => {
        const { raw, parsed } = await mailOf(hostileBrief(text, other));
        const html = String(parsed.html);
        const tags = new Set([...html.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, tag]) => tag));
        for (const tag of tags) {
          expect('html head meta title body h1 h2 p table tr th td ul li a doctype').toContain(tag);
        }
        expect([...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, link]) => link)).toEqual([
          'https://incidents.shop.test/incidents/inc-1',
        ]);
        expect(words(wordsOfHtml(html))).toEqual(words(parsed.text ?? ''));
        expect(parsed.bcc).toBeUndefined();
        expect(parsed.cc).toBeUndefined();
        expect(parsed.to).toMatchObject({ text: 'oncall@shop.test' });
        expect(parsed.subject).toMatch(/^\[INCIDENT\] /);
        expect(parsed.subject?.length).toBeLessThanOrEqual(160);
        expect(raw.split('\r\n').every((line) => Buffer.byteLength(line) <= 998)).toBe(true);
        expect(raw).not.toMatch(/hunter2hunter2|ghp_0123/);
      }),
      { numRuns: 60, examples: ATTACKS.map((attack) => [attack, attack]) },
    );
  });

  it('do not grow: the longest names and texts make a mail of a few kilobytes', async () => {
    const { raw } = await mailOf(hostileBrief('x'.repeat(1e6), 'y '.repeat(5e5)));
    expect(raw.length).toBeLessThan(32_000);
  });
});

describe('hostile texts in chats and pages', () => {
  it('are plain text to Slack, and escaped where Slack reads markup', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, other) => {
        const brief = hostileBrief(text, other);
        const message = slackMessage(sheetOf(brief, undefined));
        const all = JSON.stringify(message.blocks);
        expect(all).not.toContain('"mrkdwn"');
        expect(message.text).not.toMatch(/[<>]/);
        expect(message.text).not.toMatch(/&(?!amp;|lt;|gt;)/);
        expect(plainText(sheetOf(brief, undefined)).replaceAll('\n', '')).not.toMatch(
          /\p{Cc}|\u202e/u,
        );
      }),
      { numRuns: 100, examples: ATTACKS.map((attack) => [attack, attack]) },
    );
  });

  it('fit PagerDuty whatever they are', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, other) => {
        const event = pagerDutyEvent(hostileBrief(text, other), 'key', undefined);
        expect(event?.payload?.summary.length).toBeLessThanOrEqual(1024);
        expect(event?.payload?.source).not.toBe('');
        expect(JSON.stringify(event).length).toBeLessThan(16_000);
      }),
      { numRuns: 100, examples: ATTACKS.map((attack) => [attack, attack]) },
    );
  });

  it('do not make a digest longer than a message may be', () => {
    const briefs = Array.from({ length: 500 }, (_, at) => {
      const brief = hostileBrief('z'.repeat(5000), `svc-${at}`);
      return { ...brief, incident: { ...brief.incident, id: `inc-${at}` } };
    });
    const sheet = digestSheet(briefs, 7, undefined);
    expect(plainText(sheet).length).toBeLessThan(100_000);
    expect(sheet.notes).toEqual(['460 incidents more: incident list', '7 messages left out.']);
    for (const block of slackMessage(sheet).blocks) {
      if (block.type === 'section' && 'text' in block) {
        expect(block.text.text.length).toBeLessThanOrEqual(3000);
      }
    }
  });
});
