import type { Check, DoctorParts, Finding } from '#src/app/doctor/contract.ts';
import { badFinding } from '#src/app/doctor/examine.ts';
import { withoutSecrets } from '#src/platform/http.ts';

const MAX_BYTES = 8 * 1024 * 1024;
const TIMEOUT_MS = 5000;

/** Whether health URLs and metrics pages answer. */
export const healthUrls: Check = {
  id: 'health-urls',
  limitMs: 10_000,
  run: async (parts, signal) => {
    const asked = [...parts.services().values()].flatMap(({ name, health_url, metrics_url }) =>
      [health_url, metrics_url].flatMap((url) => (url === undefined ? [] : [{ name, url }])),
    );
    if (asked.length === 0) {
      const mend = `Add health_url to ${parts.registryFile}.`;
      return [{ status: 'off', what: 'no service has a health_url', mend }];
    }
    return Promise.all(asked.map(({ name, url }) => ask(name, url, parts, signal)));
  },
};

async function ask(
  name: string,
  url: string,
  { http }: DoctorParts,
  signal: AbortSignal,
): Promise<Finding> {
  const shown = `${name}: ${withoutSecrets(url)}`;
  const mend = `Start ${name}, or correct its URL in the registry.`;
  try {
    const answer = await http({ url, timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, signal });
    const what = `${shown} answers ${answer.status}`;
    return answer.status < 400 ? { status: 'good', what } : { status: 'bad', what, mend };
  } catch (error) {
    return badFinding(error, shown, mend);
  }
}
