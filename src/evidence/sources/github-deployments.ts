import { z } from 'zod';
import type { Deploy } from '#src/domain/bundle.ts';
import { UpstreamError } from '#src/domain/errors.ts';
import type { Service } from '#src/domain/service.ts';
import { formatTime, parseTime } from '#src/domain/time.ts';
import type { EvidenceSource, SourceSettings, SourceTools } from '#src/evidence/contract.ts';
import { mapLimited } from '#src/platform/map-limited.ts';

const deployments = z.array(
  z.object({ sha: z.string(), ref: z.string().default(''), created_at: z.string() }),
);

/** Deployments that GitHub knows of, for services with a `repository`, where a token is there. */
export function createGithubDeploymentsSource(
  settings: SourceSettings['github-deployments'],
  tools: SourceTools,
): EvidenceSource {
  return {
    id: 'github-deployments',
    async collect(request, signal) {
      const { token } = settings;
      if (!token) return {};
      const oldest = request.window.end - settings.changeDays * 86_400_000;
      const ask = async (service: Service): Promise<Deploy[]> => {
        const response = await tools.http({
          url: `${settings.apiUrl.replace(/\/+$/, '')}/repos/${service.repository}/deployments?per_page=50`,
          headers: {
            accept: 'application/vnd.github+json',
            authorization: `Bearer ${token}`,
            'x-github-api-version': '2022-11-28',
          },
          timeoutMs: settings.timeoutMs,
          maxBytes: 8 * 1024 * 1024,
          signal,
        });
        if (response.status !== 200) {
          throw new UpstreamError(`${service.repository}: GitHub answered ${response.status}`, {
            ...(response.status === 401 ? { hint: 'Check GITHUB_TOKEN.' } : {}),
          });
        }
        const parsed = deployments.safeParse(parse(response.text));
        if (!parsed.success) throw new UpstreamError('GitHub answered in an unknown form');
        return parsed.data.flatMap((one) => {
          const at = parseTime(one.created_at);
          if (at === null || at < oldest || at > request.window.end) return [];
          const deploy: Deploy = {
            timestamp: formatTime(at),
            service: service.name,
            commit: one.sha,
          };
          return [one.ref ? { ...deploy, version: one.ref } : deploy];
        });
      };
      const services = request.services.filter((service) => service.repository);
      return { changes: { deploys: (await mapLimited(services, 4, ask)).flat() } };
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
