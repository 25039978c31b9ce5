import { createHmac, timingSafeEqual } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signedHeaders } from '#src/notify/webhook/signature.ts';
import { receiverDouble, type SeenRequest } from '../helpers/receiver-double.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { startNotifying } from './start.ts';

const SECRET = 'a-secret-of-some-length';

/** What a receiver does by the specification, written apart from the sender. */
function isAuthentic({ headers, body }: SeenRequest, key: Buffer): boolean {
  const id = String(headers['webhook-id']);
  const timestamp = String(headers['webhook-timestamp']);
  const [version, given = ''] = String(headers['webhook-signature']).split(',');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  const isFresh = Math.abs(Date.now() / 1000 - Number(timestamp)) < 300;
  const mac = Buffer.from(given, 'base64');
  return version === 'v1' && isFresh && mac.length === 32 && timingSafeEqual(mac, expected);
}

describe('the webhook', () => {
  it('signs what it sends, and sends the same decision under the same key', async () => {
    const receiver = await receiverDouble(() => ({ status: 204, body: '' }));
    receiver.faults.push({ status: 500 }, 'lost-answer');
    const daemon = await startNotifying({
      notify: { webhook: { url: `${receiver.url}/hook?token=t`, secret: SECRET } },
      escalation: { rules: [{ name: 'answers', channels: ['webhook'], events: ['investigated'] }] },
    });
    const id = await daemon.fire('payments');
    await daemon.settled();
    expect(receiver.seen).toHaveLength(3);
    expect(receiver.seen.every((each) => isAuthentic(each, Buffer.from(SECRET)))).toBe(true);
    expect(isAuthentic({ ...receiver.seen[0]!, body: '{}' }, Buffer.from(SECRET))).toBe(false);
    const keys = receiver.seen.map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(1);
    expect(new Set(receiver.seen.map(({ body }) => body)).size).toBe(1);
    expect(JSON.parse(receiver.seen[0]!.body)).toMatchObject({
      schema: 'incident-notification/v1',
      type: 'incident.investigated',
      data: { incident: { id, service: 'payments' }, verdict: { verdict: 'likely' } },
    });
  });

  it('does not follow redirects', async () => {
    const other = await receiverDouble(() => ({ status: 200, body: '' }));
    const receiver = await receiverDouble(() => ({
      status: 307,
      body: '',
      headers: { location: other.url },
    }));
    const daemon = await startNotifying({ notify: { webhook: { url: receiver.url } } });
    await daemon.fire('payments');
    await waitUntil('given up', async () => (await daemon.store.outboxDepth(0)).dead >= 1);
    expect(other.seen).toEqual([]);
  });

  it('signs as the specification’s own example says', () => {
    // The example of the Standard Webhooks specification and its reference libraries.
    const headers = signedHeaders('{"test": 2432232314}', {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      now: 1_614_265_330_000,
    });
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });
});
