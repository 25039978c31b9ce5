import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Whether two texts are equal, in a time that tells nothing of either: hashes are compared. */
export function isSameSecret(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** What a sender without the token in clear sends: `sha256=` and the HMAC-SHA256 of the body, in hex. */
export function signatureOf(body: Uint8Array, token: string): string {
  return `sha256=${createHmac('sha256', token).update(body).digest('hex')}`;
}

const BASIC = /^basic +([a-z0-9+/=_-]{1,8192})$/i;
const BEARER = /^bearer +(\S{1,4096})$/i;

/** The secret that an `Authorization` header carries: a bearer token or the password of basic. */
export function secretOf(
  authorization: string | undefined,
): { scheme: 'bearer' | 'basic'; secret: string } | null {
  if (authorization === undefined) return null;
  const bearer = BEARER.exec(authorization)?.[1];
  if (bearer !== undefined) return { scheme: 'bearer', secret: bearer };
  const basic = BASIC.exec(authorization)?.[1];
  if (basic === undefined) return null;
  const pair = Buffer.from(basic, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon < 0 ? null : { scheme: 'basic', secret: pair.slice(colon + 1) };
}
