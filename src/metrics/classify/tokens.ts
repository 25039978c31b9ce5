/** Names longer than this are cut before they are read; no convention comes near it. */
const MAX_NAME = 512;

/** Words that end in `s` without being a plural. */
const NOT_PLURAL = new Set(
  (
    'ms us ns rps qps tps ops iops aws dns tls fs gcs rss gas ecs rds sqs sns eks redis https kms ' +
    'k8s cfs js nodejs iis bus vms is has os axis analysis previous status success process access ' +
    'progress address class less express ingress egress compress stress bypass miss loss pass ' +
    'kinesis dynamics always basis lens canvas across cors sys tcps postgres'
  ).split(' '),
);

/** The singular of an English word as metric names use them: `queries` → `query`. */
export function stem(word: string): string {
  if (word.length < 3 || !word.endsWith('s') || NOT_PLURAL.has(word)) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|sh|tch|tus)es$/.test(word)) {
    return word.slice(0, -2);
  }
  if (word.endsWith('ss') || word.endsWith('us')) return word;
  return word.slice(0, -1);
}

const isLower = (code: number) => code >= 97 && code <= 122;
const isUpper = (code: number) => code >= 65 && code <= 90;
const isDigit = (code: number) => code >= 48 && code <= 57;

/**
 * The words of a metric or label name in any habit of writing: snake_case, camelCase,
 * dotted.names, `recording:rules:rate5m`, `HTTPCode_Target_5XX_Count`. Lower case, in order.
 * Digits stay with their letters (`5xx`, `p99`).
 */
export function words(name: string): string[] {
  const text = name.length > MAX_NAME ? name.slice(0, MAX_NAME) : name;
  const found: string[] = [];
  let start = -1;
  for (let i = 0; i <= text.length; i += 1) {
    const code = i < text.length ? text.charCodeAt(i) : 0;
    const isWord = isLower(code) || isUpper(code) || isDigit(code);
    if (start >= 0 && (!isWord || startsWord(text, i, code))) {
      found.push(text.slice(start, i).toLowerCase());
      start = -1;
    }
    if (isWord && start < 0) start = i;
  }
  return found;
}

/** True where a capital begins a new word: after a small letter, or before one in a row of capitals. */
function startsWord(text: string, at: number, code: number): boolean {
  if (!isUpper(code)) return false;
  const before = text.charCodeAt(at - 1);
  if (isLower(before)) return true;
  const after = at + 1 < text.length ? text.charCodeAt(at + 1) : 0;
  return (isUpper(before) || isDigit(before)) && isLower(after);
}

/** `http_client.Request-Duration` → `http_client_request_duration`: one spelling for label keys. */
export function snake(name: string): string {
  return words(name).join('_');
}
