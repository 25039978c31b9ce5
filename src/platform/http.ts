import type { Dispatcher } from 'undici';
import { messageOf, UpstreamError } from '#src/domain/errors.ts';

export type HttpRequest = {
  url: string;
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Record<string, string>;
  body?: string;
  /** The whole exchange, in milliseconds. */
  timeoutMs: number;
  /** A longer body fails the request instead of filling the memory. Bytes. */
  maxBytes: number;
  signal?: AbortSignal | undefined;
};

export type HttpResponse = {
  status: number;
  headers: Record<string, string>;
  text: string;
  /** Milliseconds from sending to the last byte. */
  elapsedMs: number;
};

/** One HTTP exchange without redirects. @throws UpstreamError when there was no complete answer. */
export type Http = (request: HttpRequest) => Promise<HttpResponse>;

/**
 * HTTP with limits on time and size, through the proxies that the configuration names.
 * @param proxy `httpsProxy` and `noProxy` as in HTTPS_PROXY and NO_PROXY
 */
export function createHttp(
  proxy: { httpsProxy?: string | undefined; noProxy?: string | undefined } = {},
): Http {
  let dispatcher: Promise<Dispatcher> | undefined;
  return async (request) => {
    dispatcher ??= createDispatcher(proxy);
    return exchange(await dispatcher, request);
  };
}

/**
 * The connections that requests go through.
 * @param waits undici's own limits on silence, in milliseconds, where the caller has better ones
 */
export async function createDispatcher(
  proxy: { httpsProxy?: string | undefined; noProxy?: string | undefined },
  waits: { headersTimeout?: number; bodyTimeout?: number } = {},
): Promise<Dispatcher> {
  // undici takes longer to load than most commands take to run.
  const { Agent, EnvHttpProxyAgent } = await import('undici');
  const limits = {
    connect: { timeout: 10_000 },
    keepAliveTimeout: 1000,
    connections: 16,
    ...waits,
  };
  if (!proxy.httpsProxy) return new Agent(limits);
  return new EnvHttpProxyAgent({
    ...limits,
    httpProxy: proxy.httpsProxy,
    httpsProxy: proxy.httpsProxy,
    noProxy: proxy.noProxy ?? 'localhost,127.0.0.1,::1',
  });
}

async function exchange(dispatcher: Dispatcher, request: HttpRequest): Promise<HttpResponse> {
  const started = performance.now();
  const limit = AbortSignal.timeout(request.timeoutMs);
  const signal = request.signal ? AbortSignal.any([limit, request.signal]) : limit;
  try {
    const { request: send } = await import('undici');
    const response = await send(request.url, {
      dispatcher,
      signal,
      method: request.method ?? 'GET',
      headers: { 'user-agent': 'incident', accept: '*/*', ...request.headers },
      body: request.body ?? null,
      headersTimeout: request.timeoutMs,
      bodyTimeout: request.timeoutMs,
    });
    const text = await readBounded(response.body, request.maxBytes);
    return {
      status: response.statusCode,
      headers: flatten(response.headers),
      text,
      elapsedMs: performance.now() - started,
    };
  } catch (error) {
    throw asUpstreamError(error, request, limit.aborted);
  }
}

async function readBounded(
  body: AsyncIterable<Uint8Array> & {
    destroy(): unknown;
    on(name: string, f: () => void): unknown;
  },
  maxBytes: number,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      body.on('error', () => {});
      body.destroy();
      throw new UpstreamError(`answer longer than ${Math.round(maxBytes / 1024 / 1024)} MB`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [key, value] of Object.entries(headers)) {
    if (value !== undefined)
      flat[key.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

const CONNECTION_WORDS: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  ENOTFOUND: 'host name not found',
  EAI_AGAIN: 'host name could not be looked up',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  ETIMEDOUT: 'connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'connection timed out',
  UND_ERR_SOCKET: 'connection closed before the answer ended',
  CERT_HAS_EXPIRED: 'TLS certificate expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'TLS certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'TLS certificate chain is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'TLS certificate is not trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'TLS certificate is not trusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'TLS certificate is for another host name',
  ERR_SSL_WRONG_VERSION_NUMBER: 'no TLS on this port',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'no TLS on this port',
};

function asUpstreamError(error: unknown, request: HttpRequest, timedOut: boolean): UpstreamError {
  const where = withoutSecrets(request.url);
  if (error instanceof UpstreamError) {
    return new UpstreamError(error.message, { where, cause: error });
  }
  if (timedOut) {
    const seconds = Math.round(request.timeoutMs / 100) / 10;
    return new UpstreamError(`no answer within ${seconds} s`, { where, isRetryable: true });
  }
  const code = connectionCode(error);
  const message = connectionProblem(error) ?? messageOf(error);
  return new UpstreamError(message, { where, cause: error, isRetryable: code !== undefined });
}

/** What went wrong with a connection, in a person's words; undefined when that is not known. */
export function connectionProblem(error: unknown): string | undefined {
  const code = connectionCode(error);
  return code === undefined ? undefined : CONNECTION_WORDS[code];
}

/** The code of a failed connection, such as `ECONNREFUSED`, from anywhere in the chain of causes. */
export function connectionCode(error: unknown, depth = 0): string | undefined {
  if (typeof error !== 'object' || error === null || depth > 8) return undefined;
  if (error instanceof AggregateError && error.errors.length > 0) {
    return connectionCode(error.errors[0], depth + 1);
  }
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return typeof code === 'string' ? code : connectionCode(cause, depth + 1);
}

/** A URL without user, password and query, fit to be shown. */
export function withoutSecrets(url: string): string {
  try {
    const { origin, pathname } = new URL(url);
    return `${origin}${pathname}`;
  } catch {
    return '(not a URL)';
  }
}
