import { messageOf } from '#src/domain/errors.ts';
import type { Service } from '#src/domain/service.ts';
import { brokenParts } from '#src/intake/watch/broken-parts.ts';
import type { Finding, WatchSettings, WatchTools } from '#src/intake/watch/contract.ts';
import { withoutSecrets } from '#src/platform/http.ts';
import { pause } from '#src/platform/pause.ts';
import { oneLine } from '#src/platform/sanitize.ts';

const MOST_BYTES = 256 * 1024;
const MOST_WHY = 300;

/** What a health check said: fine, an answer that complains, or no answer. */
type Check = { kind: 'fine' | 'failing' | 'silent'; why: string; broken: string[] };

/** Asks a service's health URL. A failing answer that names a broken dependency is about that one. */
export async function checkHealth(
  service: Service,
  url: string,
  tools: WatchTools,
  { timeoutMs, confirmMs }: Pick<WatchSettings, 'timeoutMs' | 'confirmMs'>,
  signal: AbortSignal,
): Promise<Finding[]> {
  let check = await ask(url, tools, timeoutMs, signal);
  if (check.kind !== 'fine' && confirmMs > 0) {
    await pause(confirmMs, signal);
    check = await ask(url, tools, timeoutMs, signal);
  }
  const dependencies = check.broken.map((dependency) => dependencyDown(service, dependency));
  if (check.kind === 'fine' || dependencies.length > 0) return dependencies;
  return [
    {
      alertname: 'ServiceDown',
      service: service.name,
      severity: 'critical',
      summary:
        check.kind === 'silent'
          ? `${service.name} is down`
          : `${service.name} fails its health check`,
      description: tools.redact(`${withoutSecrets(url)}: ${check.why}`),
    },
  ];
}

function dependencyDown(service: Service, dependency: string): Finding {
  return {
    alertname: 'DependencyDown',
    service: service.name,
    severity: 'critical',
    dependency,
    summary: `${service.name} cannot reach ${dependency}`,
    description: `The health check of ${service.name} says that ${dependency} is down.`,
  };
}

async function ask(
  url: string,
  { http }: WatchTools,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Check> {
  try {
    const { status, text } = await http({ url, timeoutMs, maxBytes: MOST_BYTES, signal });
    const broken = brokenParts(text);
    if (status < 400) return { kind: 'fine', why: `status ${status}`, broken };
    const body = oneLine(text.slice(0, 4 * MOST_WHY)).slice(0, MOST_WHY);
    return { kind: 'failing', why: `status ${status}${body ? `: ${body}` : ''}`, broken };
  } catch (error) {
    return { kind: 'silent', why: messageOf(error), broken: [] };
  }
}
