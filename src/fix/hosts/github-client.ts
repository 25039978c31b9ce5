import { failureOf, upstreamError, waitFor } from '#src/fix/hosts/github-errors.ts';
import type { Fetch } from '#src/platform/fetch.ts';
import { pause } from '#src/platform/pause.ts';

export type GithubOptions = {
  /** `https://api.github.com`, or that of an Enterprise server. */
  apiUrl: string;
  token: string;
  /** `owner/name`. */
  repository: string;
  fetch: Fetch;
  /** Of one request. */
  timeoutMs: number;
  /** The longest that is waited for a rate limit, all waits together. */
  maxWaitMs: number;
  signal?: AbortSignal | undefined;
};

const MOST_ATTEMPTS = 4;

/**
 * Octokit with a limit on each request, retries that honour GitHub's limits, and no logging.
 * Every request that is sent again is one that may be: what it made is found by its name.
 */
export async function githubClient(options: GithubOptions) {
  const { Octokit } = await import('@octokit/rest');
  const silent = () => {};
  const octokit = new Octokit({
    auth: options.token,
    baseUrl: options.apiUrl.replace(/\/+$/, ''),
    userAgent: 'incident',
    log: { debug: silent, info: silent, warn: silent, error: silent },
    request: { fetch: limitedFetch(options) },
  });
  let waited = 0;
  octokit.hook.wrap('request', async (send, parameters) => {
    for (let attempt = 0; ; attempt++) {
      options.signal?.throwIfAborted();
      try {
        return await send(parameters);
      } catch (error) {
        options.signal?.throwIfAborted();
        const wait = waitFor(failureOf(error), attempt, Date.now());
        const isOver = attempt + 1 >= MOST_ATTEMPTS || waited + (wait ?? 0) > options.maxWaitMs;
        if (wait === null || isOver) throw error;
        waited += wait;
        await pause(wait, options.signal);
      }
    }
  });
  return octokit.rest;
}

/** A fetch that ends with its body within the time of one request, or when the caller gives up. */
function limitedFetch({ fetch, timeoutMs, signal }: GithubOptions): Fetch {
  return (input, init) => {
    const stop = new AbortController();
    const late = new Error(`no answer within ${timeoutMs} ms`);
    // Not taken away when the head of the answer is there: the body is under the same limit.
    setTimeout(() => stop.abort(late), timeoutMs).unref();
    const both = signal ? AbortSignal.any([stop.signal, signal]) : stop.signal;
    return fetch(input, { ...init, signal: both });
  };
}

export type GithubClient = Awaited<ReturnType<typeof githubClient>>;

/** Runs a request and says in a person's words what failed. */
export async function asked<T>(
  what: string,
  { repository, signal }: Pick<GithubOptions, 'repository' | 'signal'>,
  request: () => Promise<{ data: T }>,
): Promise<T> {
  try {
    return (await request()).data;
  } catch (error) {
    signal?.throwIfAborted();
    throw upstreamError(error, what, repository);
  }
}
