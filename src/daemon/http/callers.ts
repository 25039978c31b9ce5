import { isIP } from 'node:net';
import { hostname } from 'node:os';

/** Whether a name or address means this machine alone. */
export function isLoopback(host: string): boolean {
  const name = bare(host);
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  if (isIP(name) === 4) return name.startsWith('127.');
  return name === '::1' || /^::ffff:127\./.test(name);
}

/**
 * Whether a `Host` header names this daemon. A name that an attacker's DNS points here (DNS
 * rebinding) is neither an address nor one of ours.
 * @param names further names under which the daemon may be called
 */
export function isOwnHost(header: string | undefined, names: readonly string[]): boolean {
  if (header === undefined) return false;
  const name = hostOf(header);
  if (name === null) return false;
  if (isIP(name) !== 0 || isLoopback(name)) return true;
  return name === hostname().toLowerCase() || names.some((own) => own.toLowerCase() === name);
}

/**
 * Whether a page of an `Origin` may call: one that this daemon served itself, or one that the
 * configuration names. Callers that are no browsers send none.
 */
export function isOwnOrigin(
  origin: string | undefined,
  host: string | undefined,
  allowed: readonly string[],
): boolean {
  if (origin === undefined) return true;
  if (allowed.includes(origin)) return true;
  let url: URL;
  try {
    url = new URL(origin);
  } catch {
    return false;
  }
  // A proxy before us may speak https; the name decides.
  return host !== undefined && url.host.toLowerCase() === withoutDefaultPort(host, url.protocol);
}

function withoutDefaultPort(host: string, protocol: string): string {
  const port = protocol === 'https:' ? ':443' : ':80';
  const lower = host.toLowerCase();
  return lower.endsWith(port) ? lower.slice(0, -port.length) : lower;
}

/** The name or address of a `Host` header, or null when it is no such header. */
function hostOf(header: string): string | null {
  const match = /^(\[[0-9a-f:.%]{2,60}\]|[a-z0-9._-]{1,253})(?::\d{1,5})?$/i.exec(header.trim());
  return match?.[1] === undefined ? null : bare(match[1]);
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '').toLowerCase();
}
