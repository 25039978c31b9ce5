import { z } from 'zod';
import type { Check, DoctorParts, Finding } from '#src/app/doctor/contract.ts';
import { badFinding } from '#src/app/doctor/examine.ts';
import type { HttpResponse } from '#src/platform/http.ts';
import { requireAccepted } from '#src/platform/http-answer.ts';
import { parseJson } from '#src/platform/json-file.ts';

const MAX_BYTES = 1024 * 1024;
const TIMEOUT_MS = 8000;
const MEND = 'Make a token with read access to contents and deployments, and set GITHUB_TOKEN.';

const repositorySchema = z.object({
  full_name: z.string(),
  permissions: z.object({ push: z.boolean().optional() }).optional(),
});

/** Whether the token is valid, what it may do, and whether the services' repositories are seen. */
export const github: Check = {
  id: 'github',
  limitMs: 20_000,
  run: async (parts, signal) => {
    const { token } = parts.loaded.config.github;
    if (token === undefined) {
      return [{ status: 'off', what: 'not configured', mend: 'Set GITHUB_TOKEN.' }];
    }
    const answer = await ask('rate_limit', parts, token, signal);
    const scopes = answer.headers['x-oauth-scopes'];
    const first: Finding = {
      status: 'good',
      what: `the token is valid${scopes ? ` (scopes: ${scopes})` : ''}`,
    };
    const names = new Set(
      [...parts.services().values()].flatMap(({ repository }) => repository ?? []),
    );
    const seen = [...names].map(async (name): Promise<Finding> => {
      try {
        const found = await ask(`repos/${name}`, parts, token, signal);
        const { permissions } = repositorySchema.parse(parseJson(found.text, name));
        return permissions?.push === true
          ? { status: 'good', what: `${name}: can be read and written` }
          : { status: 'note', what: `${name}: can be read; no branch can be pushed` };
      } catch (error) {
        return badFinding(error, name);
      }
    });
    return [first, ...(await Promise.all(seen))];
  },
};

async function ask(
  path: string,
  { loaded, http, clock }: DoctorParts,
  token: string,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const url = `${loaded.config.github.apiUrl.replace(/\/+$/, '')}/${path}`;
  const answer = await http({
    url,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'x-github-api-version': '2022-11-28',
    },
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
    signal,
  });
  const hints = {
    401: MEND,
    403: MEND,
    404: 'Correct "repository" in the registry, or give the token access to it.',
  };
  requireAccepted(answer, { who: 'GitHub', url, now: clock.now(), hints });
  return answer;
}
