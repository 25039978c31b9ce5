const OFFSET = 14695981039346656037n;
const PRIME = 1099511628211n;
const MASK = (1n << 64n) - 1n;
const SEPARATOR = 255;

/**
 * The fingerprint that Prometheus and Alertmanager give a label set: 64-bit FNV-1a over the names
 * and values in the order of the names, each ended by byte 255
 * (prometheus/common, model.LabelsToSignature). @returns 16 hex digits
 */
export function fingerprintOf(labels: Readonly<Record<string, string>>): string {
  const names = Object.keys(labels).sort();
  return fnv1a(names.flatMap((name) => [name, labels[name] ?? '']));
}

/** 64-bit FNV-1a over texts, each ended by byte 255. @returns 16 hex digits */
export function fnv1a(texts: readonly string[]): string {
  let hash = OFFSET;
  const add = (byte: number): void => {
    hash = ((hash ^ BigInt(byte)) * PRIME) & MASK;
  };
  for (const text of texts) {
    for (const byte of new TextEncoder().encode(text)) add(byte);
    add(SEPARATOR);
  }
  return hash.toString(16).padStart(16, '0');
}
