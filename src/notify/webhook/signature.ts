import { createHmac } from 'node:crypto';

/**
 * Signature headers as Standard Webhooks 1.0.0 defines them (standardwebhooks.com): HMAC SHA-256
 * over `<id>.<timestamp>.<body>`, in base64 behind `v1,`. A secret that begins with `whsec_` holds
 * its key in base64 behind that; any other secret is the key itself, in UTF-8.
 * @param now milliseconds since the epoch; receivers refuse what is minutes old
 */
export function signedHeaders(
  body: string,
  { id, secret, now }: { id: string; secret: string | undefined; now: number },
): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp };
  if (secret === undefined) return headers;
  const key = secret.startsWith('whsec_')
    ? Buffer.from(secret.slice('whsec_'.length), 'base64')
    : Buffer.from(secret, 'utf8');
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { ...headers, 'webhook-signature': `v1,${mac}` };
}
