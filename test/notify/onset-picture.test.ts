import { expect, it } from 'vitest';
import { briefOf } from '#src/domain/brief.ts';
import type { Onset } from '#src/notify/contract.ts';
import { drawOnset } from '#src/notify/email/draw-onset.ts';
import { createEmail } from '#src/notify/notifiers/email.ts';
import { createHttp } from '#src/platform/http.ts';
import { smtpDouble } from '../helpers/smtp-double.ts';
import { eventOf } from './events.ts';

const onset: Onset = {
  signal: {
    id: 'M1',
    kind: 'metric',
    source: 'prometheus',
    query: '',
    window: { start: '2026-01-01T00:00:00Z', end: '2026-01-01T01:00:00Z' },
    service: '"><script>',
    summary: 'errors rose',
    data: {
      type: 'series',
      metric: {},
      points: Array.from({ length: 60 }, (_, n): [number, number] => [
        1_767_225_600 + n * 60,
        n < 30 ? 0.01 : 0.4,
      ]),
      unit: 'ratio',
      baseline: 0.01,
      peak: 0.4,
      onset: '2026-01-01T00:30:00Z',
    },
  },
  marks: [{ at: '2026-01-01T00:28:00Z', kind: 'deploy', label: 'deploy v2' }],
};

it('a mail shows the onset inline, said in words, and arrives without it when it cannot be drawn', async () => {
  const smtp = await smtpDouble({ security: 'none' });
  const settings = {
    host: '127.0.0.1',
    port: smtp.port,
    security: 'none' as const,
    from: 'robot@shop.test',
    to: ['oncall@shop.test'],
    timeoutMs: 5000,
  };
  const brief = briefOf(eventOf('investigated'), (text) => text);
  const delivery = {
    attempt: 1,
    earlier: [],
    receiver: null,
    content: { type: 'brief' as const, brief, onset },
  };
  const broken = async (): Promise<never> => {
    throw new Error('no font');
  };
  for (const [key, draw] of [
    ['drawn', drawOnset],
    ['broken', broken],
  ] as const) {
    const tools = { http: createHttp(), now: Date.now, drawOnset: draw };
    await createEmail(settings, tools).send({ ...delivery, key }, AbortSignal.timeout(10_000));
  }
  const [drawn, plain] = smtp.mails.map(({ mail }) => mail);
  expect(drawn?.attachments).toMatchObject([{ contentType: 'image/png', related: true }]);
  expect(drawn?.attachments[0]?.content.subarray(1, 4).toString()).toBe('PNG');
  // mailparser puts the picture in place of its cid, so it was referred to.
  expect(String(drawn?.html)).toMatch(
    /<img src="data:image\/png;base64,[^"]+" alt="[^"<]*rose from 1 % to 40 %[^"<]*deploy v2/,
  );
  expect(plain?.attachments).toEqual([]);
  expect(plain?.text).toBe(drawn?.text);
});
