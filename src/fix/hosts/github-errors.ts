import { messageOf, UpstreamError } from '#src/domain/errors.ts';
import { oneLine } from '#src/platform/sanitize.ts';

/** The parts of an Octokit error that tell what happened. */
export type HttpFailure = {
  /** Null when there was no answer. */
  status: number | null;
  message: string;
  headers: Readonly<Record<string, string | number | undefined>>;
};

/** Reads what Octokit threw. */
export function failureOf(error: unknown): HttpFailure {
  const { status, response } = error as {
    status?: unknown;
    response?: { headers?: HttpFailure['headers'] } | undefined;
  };
  // Octokit gives 500 to a request that never had an answer.
  const hasAnswer = typeof status === 'number' && response !== undefined;
  return {
    status: hasAnswer ? status : null,
    message: oneLine(messageOf(error)).slice(0, 300),
    headers: (hasAnswer ? response.headers : undefined) ?? {},
  };
}

/**
 * How long to wait before a request is sent again, in milliseconds, or null when that is of no use
 * (docs.github.com, "Rate limits for the REST API" and "Best practices").
 * @param now milliseconds since the epoch
 */
export function waitFor(failure: HttpFailure, attempt: number, now: number): number | null {
  const { status, headers, message } = failure;
  const backoff = 500 * 4 ** attempt;
  if (status === null || status >= 500) return backoff;
  if (status !== 403 && status !== 429) return null;
  const after = Number(headers['retry-after'] ?? Number.NaN);
  if (Number.isFinite(after)) return Math.max(0, after) * 1000;
  if (String(headers['x-ratelimit-remaining'] ?? '') === '0') {
    const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN) * 1000;
    return Number.isFinite(reset) ? Math.max(0, reset - now) + 1000 : 60_000;
  }
  // A secondary limit that does not say how long: GitHub asks for a minute at the least.
  return status === 429 || /rate limit|abuse/i.test(message) ? 60_000 * 2 ** attempt : null;
}

/** What a person reads of it. */
export function upstreamError(error: unknown, what: string, repository: string): UpstreamError {
  const failure = failureOf(error);
  const { status, message } = failure;
  const isLimit = status !== null && status < 500 && waitFor(failure, 0, 0) !== null;
  const said = `GitHub: ${what}: ${message}`;
  return new UpstreamError(status === null ? said : `${said} (${status})`, {
    where: repository,
    hint: isLimit ? 'The rate limit is used up; run it again later' : hintFor(status),
    isRetryable: isLimit || status === null || status >= 500,
    cause: error,
    ...(status === null ? {} : { status }),
  });
}

function hintFor(status: number | null): string {
  if (status === null || status >= 500) {
    return 'Run it again: what was done already is found and not done twice';
  }
  switch (status) {
    case 401:
      return 'GITHUB_TOKEN is wrong or has expired';
    case 403:
      return 'The token needs "contents: write" and "pull requests: write", and the branch must not be protected';
    case 404:
      return 'Check "repository" and "base_branch" in the registry, and that the token may see the repository';
    case 409:
      return 'The repository is empty or somebody is writing to it; run it again';
    default:
      return 'Look at what GitHub says; run it again when it is mended';
  }
}
