import { ModelOutputError } from '#src/model/errors.ts';
import type { Fetch } from '#src/platform/fetch.ts';

/** A reply longer than this is nothing that a model was asked for. Bytes. */
const LONGEST_REPLY = 32 * 1024 * 1024;
const LONGEST_REFUSAL = 64 * 1024;

export type FetchBounds = {
  signal: AbortSignal;
  /** All headers that are sent: client libraries add some of their own, from the environment even. */
  headers: Readonly<Record<string, string>>;
  /** Sees each response before its body is read. */
  onResponse?: ((response: Response) => void) | undefined;
  /** Changes the body of a reply that went well. */
  through?: (() => ReadableWritablePair<Uint8Array, Uint8Array>) | undefined;
};

/** The pair of streams that a body can be sent through. */
type ReadableWritablePair<R, W> = { readable: ReadableStream<R>; writable: WritableStream<W> };

/**
 * A `fetch` for one call of a client library: it ends with the call's signal, sends only the
 * call's headers, bounds what comes back, and turns every refusal into JSON `{"error": …}`.
 */
export function boundFetch(fetch: Fetch, bounds: FetchBounds): Fetch {
  return async (input, init) => {
    const signal = init?.signal ? AbortSignal.any([init.signal, bounds.signal]) : bounds.signal;
    const response = await fetch(input, {
      ...init,
      signal,
      headers: { 'user-agent': 'incident', ...bounds.headers },
      // A redirect could carry the key to another host.
      redirect: 'manual',
    });
    bounds.onResponse?.(response);
    const { status, headers } = response;
    if (!response.ok) return refusal(response, status);
    if (response.body === null) return response;
    const limited = response.body.pipeThrough(atMost(LONGEST_REPLY));
    const body = bounds.through === undefined ? limited : limited.pipeThrough(bounds.through());
    return new Response(body, { status, headers: bodyHeaders(headers) });
  };
}

function atMost(limit: number): TransformStream<Uint8Array, Uint8Array> {
  let size = 0;
  return new TransformStream({
    transform: (chunk, controller) => {
      size += chunk.byteLength;
      if (size <= limit) controller.enqueue(chunk);
      else {
        const megabytes = Math.round(limit / 1024 / 1024);
        controller.error(new ModelOutputError(`the answer is longer than ${megabytes} MB`));
      }
    },
  });
}

/** The body has been decoded and may be changed: what described its bytes no longer holds. */
function bodyHeaders(headers: Headers): Headers {
  const kept = new Headers();
  for (const [name, value] of headers) {
    if (!/^(?:content-(?:encoding|length)|transfer-encoding)$/i.test(name)) kept.set(name, value);
  }
  return kept;
}

async function refusal(response: Response, status: number): Promise<Response> {
  const headers = bodyHeaders(response.headers);
  headers.set('content-type', 'application/json');
  const isRedirect = status < 400;
  const text = isRedirect
    ? `the address redirects to ${headers.get('location') ?? 'another one'}`
    : await firstBytes(response, LONGEST_REFUSAL);
  const body = isErrorObject(text) ? text : JSON.stringify({ error: text.trim() });
  return new Response(body, { status: isRedirect ? 400 : status, headers });
}

function isErrorObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'error' in value;
  } catch {
    return false;
  }
}

async function firstBytes(response: Response, most: number): Promise<string> {
  if (response.body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body) {
      chunks.push(chunk);
      size += chunk.byteLength;
      if (size >= most) break;
    }
  } catch {
    // The status says enough.
  }
  return Buffer.concat(chunks).subarray(0, most).toString('utf8');
}
