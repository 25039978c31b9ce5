import type { Dispatcher } from 'undici';
import { createDispatcher } from '#src/platform/http.ts';

/** The part of the Fetch standard that client libraries take as a parameter. */
export type Fetch = typeof globalThis.fetch;

/**
 * `fetch` for client libraries, through the proxies that the configuration names. It has no limit
 * of its own on silence, since a model may load for minutes: the caller's signal is the limit.
 * @param proxy `httpsProxy` and `noProxy` as in HTTPS_PROXY and NO_PROXY
 */
export function createFetch(
  proxy: { httpsProxy?: string | undefined; noProxy?: string | undefined } = {},
): Fetch {
  let dispatcher: Promise<Dispatcher> | undefined;
  return async (input, init) => {
    dispatcher ??= createDispatcher(proxy, { headersTimeout: 0, bodyTimeout: 0 });
    const [{ fetch }, through] = await Promise.all([import('undici'), dispatcher]);
    // The library's own types of the standard differ from the runtime's in name only.
    const send = fetch as unknown as (input: unknown, init: object) => Promise<Response>;
    return send(input, { ...init, dispatcher: through });
  };
}
