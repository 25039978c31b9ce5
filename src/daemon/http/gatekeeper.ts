import type { FastifyRequest } from 'fastify';
import type { HttpSettings } from '#src/daemon/contract.ts';
import { isLoopback, isOwnHost, isOwnOrigin } from '#src/daemon/http/callers.ts';
import { HttpError } from '#src/daemon/http/http-error.ts';
import { isSameSecret, secretOf, signatureOf } from '#src/daemon/http/secrets.ts';
import { type Session, sessionOf } from '#src/daemon/http/sessions.ts';
import type { Viewer } from '#src/domain/incident-record.ts';

/**
 * What a route asks of its caller: nothing (`probe`), to be allowed to read or to send in
 * (`machine`), or to act on incidents like a person (`act`), which always takes the token itself.
 */
export type Access = 'probe' | 'machine' | 'act';

export const SIGNATURE_HEADER = 'x-incident-signature';

/** Decides who may call what. */
export class Gatekeeper {
  readonly #settings: HttpSettings;
  readonly #isLocal: boolean;
  readonly #now: () => number;

  constructor(settings: HttpSettings, now: () => number) {
    this.#settings = settings;
    this.#now = now;
    this.#isLocal = isLoopback(settings.host);
  }

  /** Refuses what a foreign page or a rebound name brings, whatever the route. @throws HttpError */
  checkCaller({ headers, method }: FastifyRequest): void {
    const { hosts, origins } = this.#settings;
    if (!isOwnHost(headers.host, hosts)) {
      throw new HttpError(421, 'this host name is not one of the daemon', {
        reason: 'host',
        hint: 'Add it to listen.hosts in the configuration.',
      });
    }
    const { origin } = headers;
    const site = headers['sec-fetch-site'];
    const isForeign = site === 'cross-site' || site === 'same-site';
    // A link in a chat or a mail may be followed: it shows a page and changes nothing.
    const isLink = method === 'GET' && headers['sec-fetch-dest'] === 'document';
    const isBrought = isForeign && origin === undefined && !isLink;
    if (!isOwnOrigin(origin, headers.host, origins) || isBrought) {
      throw new HttpError(403, 'pages of other origins may not call the daemon', {
        reason: 'origin',
      });
    }
  }

  /**
   * Checks what the headers carry. @returns false when a signature is still to be checked against
   * the body @throws HttpError
   */
  checkHeaders(request: FastifyRequest, access: Access): boolean {
    const { token } = this.#settings;
    if (!this.#needsToken(access)) return true;
    if (token === null) {
      throw new HttpError(403, 'the daemon has no token, so nobody may do this', {
        reason: 'no token',
        hint: 'Set INCIDENT_TOKEN.',
      });
    }
    const given = secretOf(request.headers.authorization);
    if (given === null) {
      if (this.#session(request) && this.#mayUseSession(request, access)) return true;
      const isSigned = request.headers[SIGNATURE_HEADER] !== undefined;
      const mayComeInBody = access === 'act' || (isSigned && request.method === 'POST');
      if (mayComeInBody) return false;
      throw this.#unauthorized('a token is needed');
    }
    if (!isSameSecret(given.secret, token)) throw this.#unauthorized('wrong token');
    // A browser sends the password of basic by itself, also for what a foreign page started.
    if (access === 'act' && given.scheme === 'basic' && request.headers.origin === undefined) {
      throw this.#unauthorized('send the token as a bearer token or in the form');
    }
    return true;
  }

  /** Checks what the body carries. @param formToken the field `token` of a form @throws HttpError */
  checkBody(request: FastifyRequest, raw: Buffer | undefined, formToken: unknown): void {
    const token = this.#settings.token ?? '';
    const signature = request.headers[SIGNATURE_HEADER];
    if (typeof signature === 'string' && raw !== undefined) {
      if (isSameSecret(signature.toLowerCase(), signatureOf(raw, token))) return;
      throw this.#unauthorized('wrong signature');
    }
    if (typeof formToken === 'string' && isSameSecret(formToken, token)) return;
    throw this.#unauthorized(formToken === undefined ? 'a token is needed' : 'wrong token');
  }

  /** Who looks at a page, as far as it can be told. */
  viewer(request: FastifyRequest): Viewer {
    const session = this.#session(request);
    const given = secretOf(request.headers.authorization);
    const { token } = this.#settings;
    const isKnown = given !== null && token !== null && isSameSecret(given.secret, token);
    return { isSignedIn: session !== null || isKnown, name: session?.name || null };
  }

  #session(request: FastifyRequest): Session | null {
    return sessionOf(request, this.#settings.token, this.#now());
  }

  /** A browser sends the cookie by itself: it lets read, and act from a page of ours only. */
  #mayUseSession({ method, headers }: FastifyRequest, access: Access): boolean {
    if (access === 'act') return headers.origin !== undefined;
    return method === 'GET' || method === 'HEAD';
  }

  #needsToken(access: Access): boolean {
    if (access === 'probe') return false;
    return access === 'act' || !this.#isLocal || this.#settings.requireToken;
  }

  #unauthorized(message: string): HttpError {
    return new HttpError(401, message, {
      reason: 'token',
      hint: 'Send "Authorization: Bearer <INCIDENT_TOKEN>".',
      headers: { 'www-authenticate': 'Basic realm="incident", charset="UTF-8"' },
    });
  }
}
