import { createHmac } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { isSameSecret } from '#src/daemon/http/secrets.ts';

/**
 * Browsers that have shown the token once keep a cookie instead. It does not hold the token: it is
 * the end of the session and a name, with their HMAC-SHA256 under a key made of the token, so it
 * ends by itself, and at once when the token is changed. Nothing is kept here, so sessions survive
 * a restart.
 */
const COOKIE = 'incident_session';
const SESSION_MS = 12 * 3_600_000;
const MOST_NAME = 100;

export type Session = { name: string };

/** The `Set-Cookie` value that begins a session. @param isSecure whether the browser came over https */
export function beginSession(
  token: string,
  name: string,
  options: { now: number; isSecure: boolean },
): string {
  const short = [...name].slice(0, MOST_NAME).join('');
  const ends = options.now + SESSION_MS;
  const claim = `${ends}.${Buffer.from(short, 'utf8').toString('base64url')}`;
  return cookie(`${claim}.${mac(token, claim)}`, SESSION_MS / 1000, options.isSecure);
}

/** The `Set-Cookie` value that ends a session. */
export function endSession(isSecure: boolean): string {
  return cookie('', 0, isSecure);
}

/** The session that a request's cookie proves, or null. */
export function sessionOf(
  request: Pick<FastifyRequest, 'headers'>,
  token: string | null,
  now: number,
): Session | null {
  if (token === null) return null;
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2);
    const session = key === COOKIE && value ? readSession(value, token, now) : null;
    if (session) return session;
  }
  return null;
}

function readSession(value: string, token: string, now: number): Session | null {
  const match = /^((\d{1,15})\.([\w-]{0,600}))\.([\w-]{43})$/.exec(value);
  if (!match) return null;
  const [, claim = '', ends, name = '', given = ''] = match;
  if (!isSameSecret(given, mac(token, claim)) || Number(ends) <= now) return null;
  return { name: Buffer.from(name, 'base64url').toString('utf8') };
}

function mac(token: string, claim: string): string {
  const key = createHmac('sha256', token).update('incident session v1').digest();
  return createHmac('sha256', key).update(claim).digest('base64url');
}

function cookie(value: string, seconds: number, isSecure: boolean): string {
  const secure = isSecure ? '; Secure' : '';
  return `${COOKIE}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`;
}
