import type { ServiceHint } from '#src/metrics/contract.ts';

/** Only letters and digits, lower case: `Check-Out` and `check_out` are one service. */
export function foldName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

const SUFFIX = /(?:service|svc|server|api|app)$/;

/** Finds known services under the many names that metrics give them. */
export type ServiceNames = {
  /** The known service of that name, or null. */
  known(name: string): string | null;
  /** The known service spelt like this but for case and punctuation, or null. */
  spelt(name: string): string | null;
  /** The known service whose selectors all match these labels, or null. */
  selected(labels: Readonly<Record<string, string>>): string | null;
  /** A peer's address or name as a service or host name: no scheme, port, path or cluster suffix. */
  canonical(name: string): string;
};

/** @param hints the services of the registry */
export function createServiceNames(hints: readonly ServiceHint[]): ServiceNames {
  const exact = new Set(hints.map((hint) => hint.name));
  const folded = uniqueIndex(hints.map((hint) => [foldName(hint.name), hint.name] as const));
  const short = uniqueIndex(
    hints.map((hint) => [foldName(hint.name).replace(SUFFIX, ''), hint.name] as const),
  );
  const selectors = hints
    .map((hint) => ({
      name: hint.name,
      matchers: Object.entries(hint.selectors?.prometheus ?? {}),
    }))
    .filter((entry) => entry.matchers.length > 0);

  const known = (name: string): string | null => {
    if (exact.has(name)) return name;
    const fold = foldName(name);
    if (fold === '') return null;
    return folded.get(fold) ?? short.get(fold.replace(SUFFIX, '')) ?? null;
  };
  const spelt = (name: string): string | null =>
    exact.has(name) ? name : (folded.get(foldName(name)) ?? null);
  return {
    known,
    spelt,
    selected: (labels) => {
      for (const { name, matchers } of selectors) {
        if (matchers.every(([key, value]) => labels[key] === value)) return name;
      }
      return null;
    },
    canonical: (name) => {
      const host = hostOf(name);
      const direct = known(name) ?? known(host);
      if (direct !== null) return direct;
      const first = host.split('.', 1)[0] ?? host;
      const isCluster = /\.svc(?:\.|$)/.test(host) || /\.(?:local|internal|cluster)$/.test(host);
      if (/^\d/.test(first) && /^[\d.]+$/.test(host)) return host;
      const firstKnown = known(first);
      if (firstKnown !== null) return firstKnown;
      return isCluster && first !== '' ? first : host;
    },
  };
}

function uniqueIndex(pairs: readonly (readonly [string, string])[]): Map<string, string> {
  const index = new Map<string, string>();
  const twice = new Set<string>();
  for (const [key, name] of pairs) {
    if (key === '') continue;
    if (index.has(key) && index.get(key) !== name) twice.add(key);
    index.set(key, name);
  }
  for (const key of twice) index.delete(key);
  return index;
}

/** `http://mongo:27017/db` → `mongo`; a name without any of this is returned as it is. */
export function hostOf(address: string): string {
  let text = address.trim();
  const scheme = text.indexOf('://');
  if (scheme > 0 && scheme < 20) text = text.slice(scheme + 3);
  const isPath = scheme > 0 || /^[\w.-]{1,200}:\d{1,5}(?:\/|$)/.test(text);
  if (isPath) {
    text = text.split('/', 1)[0] ?? text;
    const at = text.lastIndexOf('@');
    if (at >= 0) text = text.slice(at + 1);
    text = text.replace(/:\d{1,5}$/, '');
  }
  return text === '' ? address.trim() : text;
}
