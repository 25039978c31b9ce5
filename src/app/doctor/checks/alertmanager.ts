import { z } from 'zod';
import type { Check, DoctorParts, Finding } from '#src/app/doctor/contract.ts';
import { withoutSecrets } from '#src/platform/http.ts';
import { requireAccepted } from '#src/platform/http-answer.ts';
import { parseJson } from '#src/platform/json-file.ts';

const MAX_BYTES = 16 * 1024 * 1024;
const TIMEOUT_MS = 8000;
/** Addresses of this machine as its own Alertmanager may write them. */
const HERE = /^(?:localhost|127\.|\[?::1|0\.0\.0\.0|host\.docker\.internal)/;

const statusSchema = z.object({ config: z.object({ original: z.string() }) });

/** Whether Alertmanager answers, and whether one of its receivers points here. */
export const alertmanager: Check = {
  id: 'alertmanager',
  limitMs: 10_000,
  run: async (parts, signal) => {
    const { loaded, http, clock } = parts;
    const { url, authHeader } = loaded.config.alertmanager;
    if (url === undefined) {
      return [{ status: 'off', what: 'not configured', mend: 'Set ALERTMANAGER_URL.' }];
    }
    const asked = `${url.replace(/\/+$/, '')}/api/v2/status`;
    const answer = await http({
      url: asked,
      headers: authHeader === undefined ? {} : { authorization: authHeader },
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      signal,
    });
    requireAccepted(answer, { who: 'Alertmanager', url: asked, now: clock.now() });
    const parsed = statusSchema.safeParse(parseJson(answer.text, withoutSecrets(asked)));
    const answers: Finding = { status: 'good', what: `${withoutSecrets(url)} answers` };
    if (!parsed.success) {
      return [answers, { status: 'note', what: 'does not tell its configuration' }];
    }
    return [answers, receiverOf(parsed.data.config.original, parts)];
  },
};

/** By the addresses in its configuration; Alertmanager hides them since 0.26. */
function receiverOf(yaml: string, { loaded }: DoctorParts): Finding {
  const { host, port, hosts } = loaded.config.listen;
  const urls = yaml.split('\n').flatMap((line) => {
    const value = /^[\s-]{0,60}url:\s{0,10}(\S{1,2000})\s*$/.exec(line)?.[1];
    return value === undefined ? [] : [value.replace(/^["']|["']$/g, '')];
  });
  const here = urls.find((text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url?.pathname !== '/alerts') return false;
    // Names that the daemon is called by, perhaps through a proxy, stand for themselves.
    if (hosts.includes(url.hostname) || hosts.includes(url.host)) return true;
    const isHere = host === '0.0.0.0' || host === '::' || host === url.hostname;
    return portOf(url) === port && (isHere || HERE.test(url.hostname));
  });
  if (here !== undefined) {
    return { status: 'good', what: `a receiver points to ${withoutSecrets(here)}` };
  }
  const mend = `Add webhook_configs: [{ url: "http://${host}:${port}/alerts", send_resolved: true }] to a receiver.`;
  if (urls.some((text) => text.includes('<secret>'))) {
    return { status: 'note', what: 'hides the addresses of its receivers', mend };
  }
  return { status: 'bad', what: 'no receiver points here', mend };
}

function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}
