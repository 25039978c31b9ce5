/**
 * What a secret looks like. Formats are those that the issuers publish for secret scanning.
 * Every expression is linear: bounded or single-class repetition, no nesting.
 */
export type SecretPattern = {
  /** Names the placeholder: `[redacted-<kind>-1]`. */
  kind: string;
  /** The text must hold one of these (case-insensitive) before the expression is tried. */
  hints: readonly string[];
  /** Global; the group `secret` is what gets replaced, else the whole match. */
  expression: RegExp;
  /** A second look at a candidate, e.g. a checksum. */
  accept?: (secret: string) => boolean;
};

/** Words after which a value is taken as a secret, in `key=value`, `"key": "value"` and headers. */
const SECRET_KEYS =
  '(?:[a-z0-9_.-]{0,40}(?:passwo?r?d|passphrase|secret|api[_-]?key|apikey|access[_-]?key|private[_-]?key|auth[_-]?token|access[_-]?token|refresh[_-]?token|id[_-]?token|client[_-]?secret|session[_-]?id|sessionid|credential|encryption[_-]?key|signing[_-]?key)s?|pwd|passwd|token)';

export const SECRET_PATTERNS: readonly SecretPattern[] = [
  {
    kind: 'private-key',
    hints: ['private key-----'],
    expression:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----[\s\S]{0,20000}?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|$(?![\s\S]))/g,
  },
  {
    kind: 'jwt',
    hints: ['eyj'],
    expression: /\beyJ[A-Za-z0-9_-]{8,4096}\.[A-Za-z0-9_-]{4,8192}(?:\.[A-Za-z0-9_-]{0,2048})?/g,
  },
  {
    kind: 'aws-key',
    hints: ['akia', 'asia', 'abia', 'acca'],
    expression: /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/g,
  },
  {
    kind: 'github-token',
    hints: ['gh', 'github_pat_'],
    expression: /\b(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{22,255})/g,
  },
  {
    kind: 'gitlab-token',
    hints: ['glpat-', 'gldt-', 'glrt-'],
    expression: /\bgl(?:pat|dt|rt|ptt|cbt)-[A-Za-z0-9_-]{20,100}/g,
  },
  {
    kind: 'slack-token',
    hints: ['xox', 'xapp-'],
    expression: /\b(?:xox[abeoprs]-[A-Za-z0-9-]{10,250}|xapp-\d-[A-Za-z0-9-]{10,250})/g,
  },
  {
    kind: 'slack-webhook',
    hints: ['hooks.slack.com'],
    expression:
      /hooks\.slack\.com\/(?:services|workflows|triggers)\/(?<secret>[A-Za-z0-9/+_-]{20,200})/g,
  },
  {
    kind: 'openai-key',
    hints: ['sk-'],
    expression: /\bsk-(?:proj-|svcacct-|admin-|ant-[a-z0-9]{0,10}-)?[A-Za-z0-9_-]{20,250}/g,
  },
  {
    kind: 'stripe-key',
    hints: ['_live_', '_test_', 'whsec_'],
    expression: /\b(?:[rsp]k_(?:live|test)_[A-Za-z0-9]{10,250}|whsec_[A-Za-z0-9+/=]{20,100})/g,
  },
  {
    kind: 'google-key',
    hints: ['aiza', 'ya29.'],
    expression: /\b(?:AIza[A-Za-z0-9_-]{35}|ya29\.[A-Za-z0-9_-]{20,500})/g,
  },
  {
    kind: 'sendgrid-key',
    hints: ['sg.'],
    expression: /\bSG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,64}/g,
  },
  { kind: 'npm-token', hints: ['npm_'], expression: /\bnpm_[A-Za-z0-9]{30,64}/g },
  { kind: 'pypi-token', hints: ['pypi-'], expression: /\bpypi-[A-Za-z0-9_-]{40,300}/g },
  { kind: 'linear-key', hints: ['lin_api_'], expression: /\blin_api_[A-Za-z0-9]{20,80}/g },
  { kind: 'atlassian-token', hints: ['atatt'], expression: /\bATATT[A-Za-z0-9_=-]{40,400}/g },
  { kind: 'digitalocean-token', hints: ['_v1_'], expression: /\bdo[opr]_v1_[a-f0-9]{64}\b/g },
  {
    kind: 'hashicorp-token',
    hints: ['hvs.', 'hvb.', 'hvr.'],
    expression: /\bhv[sbr]\.[A-Za-z0-9_-]{20,300}/g,
  },
  { kind: 'twilio-key', hints: ['sk', 'ac'], expression: /\bSK[0-9a-f]{32}\b/g },
  {
    kind: 'azure-key',
    hints: ['accountkey=', 'sharedaccesskey=', 'sig='],
    expression: /(?:AccountKey|SharedAccessKey|[?&;]sig)=(?<secret>[A-Za-z0-9+/%=_-]{20,300})/gi,
  },
  {
    kind: 'connection-password',
    hints: ['://'],
    expression: /\b[a-z][a-z0-9+.-]{1,30}:\/\/[^\s:@/'"<>]{0,200}:(?<secret>[^\s@/'"<>]{1,200})@/gi,
  },
  {
    kind: 'authorization',
    hints: ['authorization', 'bearer ', 'basic '],
    expression:
      /\b(?:(?:proxy-)?authorization["']{0,2}\s{0,3}[:=]\s{0,3}["']{0,2}(?:(?:bearer|basic|token|digest|negotiate|apikey)\s{1,3})?|bearer\s{1,3})(?<secret>[A-Za-z0-9._~+/=-]{8,4096})/gi,
  },
  {
    kind: 'cookie',
    hints: ['cookie'],
    expression:
      /\b(?:set-)?cookie["']{0,2}\s{0,3}[:=]\s{0,3}["']{0,2}(?<secret>[^\s"',=;]{1,100}=[^"'\n\r]{1,4096})/gi,
  },
  {
    kind: 'secret',
    hints: ['pass', 'pwd', 'secret', 'key', 'token', 'session', 'credential'],
    expression: new RegExp(
      `\\b${SECRET_KEYS}["']{0,2}\\s{0,3}(?:=|:|=>)\\s{0,3}(?:\\\\?["'](?<secret>[^"'\\\\\\s]{4,500})\\\\?["']|(?<bare>[^\\s"'\`,;&|<>(){}\\[\\]]{6,500}))`,
      'gi',
    ),
    accept: looksLikeSecret,
  },
  {
    kind: 'email',
    hints: ['@'],
    expression:
      /\b[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}\b/g,
    accept: (candidate) => !/@[\d.]+$|\.(?:png|jpg|svg|js|ts|css)$/i.test(candidate),
  },
  {
    kind: 'card',
    hints: ['3', '4', '5', '6', '2'],
    expression: /(?<![\w.-])(?:\d[ -]?){12,18}\d(?![\w.-])/g,
    accept: isCardNumber,
  },
];

/** IPv4 and IPv6 addresses; only on request, since they often are the evidence. */
export const ADDRESS_PATTERN: SecretPattern = {
  kind: 'ip',
  hints: ['.', ':'],
  expression:
    /(?<![\w.:])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}|(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,6}:(?:[0-9a-f]{1,4}:){0,5}[0-9a-f]{1,4})(?![\w.:]*\w\()/gi,
};

/** Values after a secret-like key that are code, references or plain words and not secrets. */
function looksLikeSecret(value: string): boolean {
  if (
    /^(?:true|false|null|none|undefined|nil|required|missing|invalid|expired|empty|string|str|bytes|optional)$/i.test(
      value,
    )
  )
    return false;
  if (
    /^[$%{<[]|^(?:process\.env|os\.environ|System\.getenv|ENV\[|env\(|env\.|config\.|self\.|this\.|settings\.)/i.test(
      value,
    )
  )
    return false;
  if (/^\*+$|^x{4,}$|^\[?redacted|^<?hidden|^masked/i.test(value)) return false;
  // An identifier, a call or a path that is read from somewhere: code rather than a value.
  if (/^[A-Za-z_][A-Za-z_.]*\(?$/.test(value) && !/\d/.test(value)) return false;
  // A count, a duration or a rate: `token=12`, `max_tokens: 4096`.
  return !/^\d{1,9}(?:\.\d+)?[a-z]{0,3}$/i.test(value);
}

/** Luhn's checksum and the prefixes of payment cards (ISO/IEC 7812). */
function isCardNumber(candidate: string): boolean {
  const digits = candidate.replace(/[ -]/g, '');
  if (digits.length < 13 || digits.length > 19) return false;
  if (!/^(?:4|5[1-5]|2[2-7]|3[47]|3[068]|6(?:011|5|4[4-9]))/.test(digits)) return false;
  // Times in ms, µs or ns since the epoch have no groups and begin like a card only by chance.
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    let digit = Number(digits[digits.length - 1 - index]);
    if (index % 2 === 1) {
      digit *= 2;
      if (digit > 9) digit -= 9;
    }
    sum += digit;
  }
  return sum % 10 === 0;
}
