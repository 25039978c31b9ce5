import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Page } from '#src/daemon/contract.ts';

const compress = promisify(gzip);
/** Less is not worth the work. */
const LEAST_BYTES = 1400;

/** Answers with a page; a browser that has just this page keeps it. */
export async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  page: Page,
): Promise<FastifyReply> {
  const { headers } = request;
  const etag = `"${createHash('sha256').update(page.html).digest('base64url').slice(0, 27)}"`;
  void pageHeaders(reply, page)
    // Weak: compressed or not, it is the same page.
    .header('etag', `W/${etag}`)
    .header('cache-control', 'private, no-cache');
  const known = (headers['if-none-match'] ?? '').slice(0, 2000);
  if (known.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)) {
    return reply.code(304).send();
  }
  const takesGzip = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i.test(
    String(headers['accept-encoding'] ?? '').slice(0, 500),
  );
  // Nothing secret is in a page, so its length tells nothing.
  if (!takesGzip || page.html.length < LEAST_BYTES) return reply.send(page.html);
  return reply.header('content-encoding', 'gzip').send(await compress(page.html));
}

/** What every page is sent with. */
export function pageHeaders(reply: FastifyReply, page: Page): FastifyReply {
  return reply.type('text/html; charset=utf-8').headers({
    'content-security-policy': page.contentSecurityPolicy,
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    // Without the referrer to ourselves a browser would send our forms with `Origin: null`.
    'referrer-policy': 'same-origin',
    vary: 'accept, accept-encoding, cookie, authorization',
  });
}
