import type { Gap, HealthCheck } from '#src/domain/bundle.ts';
import { messageOf } from '#src/domain/errors.ts';
import type { Service } from '#src/domain/service.ts';
import { formatTime } from '#src/domain/time.ts';
import type { EvidenceSource, SourceSettings, SourceTools } from '#src/evidence/contract.ts';
import { withoutSecrets } from '#src/platform/http.ts';

const MAX_BYTES = 256 * 1024;

/**
 * Asks the health URLs of the registry, once each. No answer is an observation about the service
 * and not a gap; a service without a URL is a gap only for the target.
 */
export function createHealthSource(
  settings: SourceSettings['health'],
  tools: SourceTools,
): EvidenceSource {
  return {
    id: 'health',
    async collect(request, signal) {
      const gaps: Gap[] = [];
      if (!request.target.health_url) {
        gaps.push({
          source: 'health',
          why: `${request.target.name} has no health_url`,
          hint: 'Add health_url to its entry in the service registry.',
        });
      }
      const checks = request.services.flatMap((service) =>
        service.health_url ? [check(service, service.health_url, settings, tools, signal)] : [],
      );
      return { health: await Promise.all(checks), gaps };
    },
  };
}

async function check(
  service: Service,
  url: string,
  settings: SourceSettings['health'],
  tools: SourceTools,
  signal: AbortSignal,
): Promise<HealthCheck> {
  const asked = {
    timestamp: formatTime(tools.now()),
    service: service.name,
    url: withoutSecrets(url),
  };
  try {
    const answer = await tools.http({
      url,
      timeoutMs: settings.timeoutMs,
      maxBytes: MAX_BYTES,
      signal,
    });
    const latencyMs = Math.round(answer.elapsedMs);
    if (answer.status < 400) return { ...asked, status: answer.status, latencyMs };
    // The body of a failing check often names the part that is broken.
    const body = answer.text.replace(/\s+/g, ' ').trim().slice(0, 300);
    return { ...asked, status: answer.status, latencyMs, ...(body ? { error: body } : {}) };
  } catch (error) {
    return { ...asked, error: messageOf(error) };
  }
}
