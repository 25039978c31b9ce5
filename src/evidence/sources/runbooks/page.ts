import { basename } from 'node:path';
import type { Gap, Runbook } from '#src/domain/bundle.ts';
import type { SourceSettings } from '#src/evidence/contract.ts';
import type { RunbookReference } from '#src/evidence/sources/runbooks/references.ts';
import { htmlToText } from '#src/knowledge/html-text.ts';
import type { Http } from '#src/platform/http.ts';

const MOST_BYTES = 1024 * 1024;

/**
 * A runbook by HTTP: one request without redirects, of a host that the configuration allows or an
 * address that the registry names. Text and markdown are taken as they are, HTML as its text.
 */
export async function readRunbookPage(
  { where, isTrusted }: RunbookReference,
  { hosts, timeoutMs }: SourceSettings['runbooks'],
  http: Http,
  signal: AbortSignal,
): Promise<{ runbook: Runbook } | { gap: Omit<Gap, 'source'> }> {
  const url = URL.parse(where);
  if (!url) return { gap: { why: 'an alert names a runbook by an address that does not parse' } };
  if (!isTrusted && !hosts.includes(url.host) && !hosts.includes(url.hostname)) {
    return {
      gap: {
        why: `the runbook lies on ${url.host}, which the configuration does not allow`,
        hint: `Add "${url.host}" to runbooks.hosts.`,
      },
    };
  }
  const { status, headers, text } = await http({
    url: url.href,
    headers: { accept: 'text/markdown, text/plain;q=0.9, text/html;q=0.5' },
    timeoutMs,
    maxBytes: MOST_BYTES,
    signal,
  });
  if (status !== 200) return { gap: { why: `${url.host} answers ${status} for the runbook` } };
  const type = headers['content-type'] ?? '';
  if (!/^(?:text\/|application\/(?:markdown|xhtml))/i.test(type)) {
    return { gap: { why: `the runbook at ${url.host} is no text (${type.slice(0, 60)})` } };
  }
  const body = /html/i.test(type) ? htmlToText(text) : text;
  return { runbook: { name: basename(url.pathname) || url.host, text: body } };
}
