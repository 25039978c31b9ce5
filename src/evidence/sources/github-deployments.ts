import { z } from 'zod';
import type { Deploy, Gap } from '#src/domain/bundle.ts';
import { UpstreamError } from '#src/domain/errors.ts';
import type { Service } from '#src/domain/service.ts';
import { formatTime, parseTime } from '#src/domain/time.ts';
import type { EvidenceSource, SourceSettings, SourceTools } from '#src/evidence/contract.ts';
import { gapOf } from '#src/evidence/gap.ts';
import { mapLimited } from '#src/platform/map-limited.ts';

const deployments = z.array(
  z.object({
    id: z.number(),
    sha: z.string(),
    ref: z.string().default(''),
    created_at: z.string(),
    environment: z.string().nullish(),
  }),
);
const statuses = z.array(z.object({ state: z.string(), created_at: z.string() }));

/** Deployments whose statuses are asked for, of each service: the latest. */
const MOST_STATUSES = 8;
/** Environments that users do not see. */
const REHEARSAL = /^(?:dev|test|stag|qa|preview|review|sandbox|pr-?\d)/i;

/**
 * Deployments that GitHub knows of, for services with a `repository`, where a token is there
 * (`GET /repos/{owner}/{repo}/deployments` and their statuses). Those that failed, and those to
 * environments that users do not see, are left out.
 */
export function createGithubDeploymentsSource(
  settings: SourceSettings['github-deployments'],
  tools: SourceTools,
): EvidenceSource {
  return {
    id: 'github-deployments',
    async collect(request, signal) {
      const { token } = settings;
      if (!token) return {};
      const get = async <T extends z.ZodType>(path: string, schema: T): Promise<z.output<T>> => {
        const response = await tools.http({
          url: `${settings.apiUrl.replace(/\/+$/, '')}/repos/${path}`,
          headers: {
            accept: 'application/vnd.github+json',
            authorization: `Bearer ${token}`,
            'x-github-api-version': '2022-11-28',
          },
          timeoutMs: settings.timeoutMs,
          maxBytes: 8 * 1024 * 1024,
          signal,
        });
        if (response.status !== 200) throw refused(response.status, response.text);
        const parsed = schema.safeParse(parse(response.text));
        if (!parsed.success) throw new UpstreamError('GitHub answered in an unknown form');
        return parsed.data;
      };
      const oldest = request.window.end - settings.changeDays * 86_400_000;
      const gaps: Gap[] = [];
      const ask = async (service: Service): Promise<Deploy[]> => {
        const all = await get(`${service.repository}/deployments?per_page=50`, deployments);
        const own = all.filter(({ created_at, environment }) => {
          const at = parseTime(created_at);
          const isOfTime = at !== null && at >= oldest && at <= request.window.end;
          return isOfTime && !REHEARSAL.test(environment ?? '');
        });
        const deploys = await mapLimited([...own.entries()], 4, async ([index, one]) => {
          const path = `${service.repository}/deployments/${one.id}/statuses`;
          const known = index < MOST_STATUSES ? await get(path, statuses).catch(() => []) : [];
          const at = wentLive(known, one.created_at);
          if (at === null) return [];
          const deploy: Deploy = {
            timestamp: formatTime(at),
            service: service.name,
            commit: one.sha,
          };
          return [one.ref ? { ...deploy, version: one.ref } : deploy];
        });
        return deploys.flat();
      };
      const services = request.services.filter((service) => service.repository);
      const deploys = await mapLimited(services, 4, (service) =>
        ask(service).catch((error: unknown) => {
          gaps.push(gapOf('github-deployments', error, service.repository));
          return [];
        }),
      );
      return { changes: { deploys: deploys.flat() }, gaps };
    },
  };
}

/** When a deployment was done, else when it was made; null for one that failed. */
function wentLive(known: z.infer<typeof statuses>, createdAt: string): number | null {
  const done = known.filter(({ state }) => state === 'success');
  const failed = known.some(({ state }) => state === 'failure' || state === 'error');
  if (done.length === 0 && failed) return null;
  const times = done.flatMap(({ created_at }) => parseTime(created_at) ?? []);
  return times.length > 0 ? Math.min(...times) : parseTime(createdAt);
}

function refused(status: number, text: string): UpstreamError {
  const hint =
    status === 401
      ? 'Check GITHUB_TOKEN.'
      : status === 404
        ? 'Check "repository" in the registry, and that the token may read it.'
        : /rate limit/i.test(text)
          ? 'The rate limit of the token is used up.'
          : undefined;
  return new UpstreamError(`GitHub answered ${status}`, { status, ...(hint ? { hint } : {}) });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
