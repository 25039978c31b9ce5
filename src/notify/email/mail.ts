import type { SendMailOptions } from 'nodemailer';
import { type Sheet, sheetOf } from '#src/domain/brief-sheet.ts';
import { parseTime } from '#src/domain/time.ts';
import type {
  Content,
  Delivery,
  DrawOnset,
  EmailSettings,
  Onset,
  Picture,
} from '#src/notify/contract.ts';
import { digestSheet } from '#src/notify/digest-sheet.ts';
import { mailHtml } from '#src/notify/email/html.ts';
import { threadOf } from '#src/notify/email/thread.ts';
import { plainText } from '#src/notify/plain-text.ts';
import { oneLine } from '#src/platform/sanitize.ts';

/** Longer subjects are cut by readers and, much longer, refused by servers (RFC 5322, 2.1.1). */
const MOST_SUBJECT = 160;

/**
 * One mail for one decision: text and HTML of the same sheet, the onset as an inline picture,
 * headers that keep the thread together and automatic replies away.
 */
export async function composeMail(
  { key, content, earlier, receiver }: Delivery,
  settings: EmailSettings,
  drawOnset: DrawOnset | undefined,
): Promise<SendMailOptions> {
  const { from, to, publicUrl } = settings;
  const { topic, at, sheet, subject, isUrgent } = shapeOf(content, key, publicUrl);
  const domain = from.slice(from.lastIndexOf('@') + 1);
  const isFollowUp = earlier.length > 0;
  const image = content.type === 'brief' ? await draw(content.onset, drawOnset) : null;
  const cid = `onset@${domain}`;
  return {
    ...threadOf(key, topic, domain, earlier),
    from: { name: 'incident', address: from },
    to: to.map((address) => ({ name: '', address })),
    envelope: { from, to: receiver === null ? [...to] : [receiver] },
    subject: `${isFollowUp ? 'Re: ' : ''}${subject}`,
    date: new Date(parseTime(at) ?? 0),
    text: plainText(sheet),
    html: mailHtml(sheet, image ? { ...image, cid } : null),
    attachments: image
      ? [
          {
            filename: 'onset.png',
            content: Buffer.from(image.png),
            contentType: 'image/png',
            contentDisposition: 'inline',
            cid,
          },
        ]
      : [],
    headers: {
      // RFC 3834, and what Exchange heeds: nobody's vacation answers a machine.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'X-Incident-Id': topic,
      'X-Incident-Key': key,
    },
    ...(isUrgent ? { priority: 'high' as const } : {}),
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

type Shape = { topic: string; at: string; sheet: Sheet; subject: string; isUrgent: boolean };

function shapeOf(content: Content, key: string, publicUrl: string | undefined): Shape {
  if (content.type === 'digest') {
    const { briefs, more } = content;
    const sheet = digestSheet(briefs, more, publicUrl);
    return {
      topic: key,
      at: briefs.at(-1)?.at ?? '',
      sheet,
      subject: subjectOf(`[INCIDENT] ${sheet.headline}`),
      isUrgent: false,
    };
  }
  const { brief } = content;
  const { incident, event, at } = brief;
  return {
    topic: incident.id,
    at,
    sheet: sheetOf(brief, publicUrl),
    // The same for all mails of an incident: some readers make a new thread of a new subject.
    subject: subjectOf(`[INCIDENT] ${incident.alertname} — ${incident.service}`),
    isUrgent: incident.severity === 'critical' && event !== 'resolved',
  };
}

function subjectOf(text: string): string {
  const line = oneLine(text);
  return line.length <= MOST_SUBJECT
    ? line
    : `${line
        .slice(0, MOST_SUBJECT - 1)
        .toWellFormed()
        .trimEnd()}…`;
}

/** A picture that cannot be drawn must not keep the mail back. */
async function draw(
  onset: Onset | null,
  drawOnset: DrawOnset | undefined,
): Promise<Picture | null> {
  if (!onset || !drawOnset) return null;
  try {
    return await drawOnset(onset);
  } catch {
    return null;
  }
}
