import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '#src/platform/redact/redactor.ts';

const on = { enabled: true, addresses: false, patterns: {} };

/** Built in pieces so that no scanner takes this file for a leak. */
const SECRETS: Record<string, string> = {
  aws: `AKIA${'IOSFODNN7EXAMPLE'}`,
  github: `ghp_${'a1B2'.repeat(9)}`,
  jwt: `eyJ${'hbGciOiJIUzI1NiJ9'}.${'eyJzdWIiOiIxMjM0In0'}.${'dozjgNryP4J3jVmNHl0w5N'}`,
  slack: `xoxb-${'123456789012'}-abcdefGHIJKL`,
  openai: `sk-proj-${'Zz09'.repeat(8)}`,
  stripe: `sk_live_${'4eC39HqLyjWDarjtT1zdp7dc'}`,
  google: `AIza${'Sy'.repeat(17)}x`,
  card: '4111 1111 1111 1111',
  email: 'jane.doe+oncall@example.org',
};

describe('redaction', () => {
  for (const [kind, secret] of Object.entries(SECRETS)) {
    it(`takes out: ${kind}`, () => {
      const text = `2026-01-01 ERROR request failed for ${secret} after 3 tries`;
      const redacted = createRedactor(on).redact(text);
      expect(redacted).not.toContain(secret);
      expect(redacted).toMatch(/failed for \[redacted-[a-z-]+-1\] after 3 tries/);
    });
  }

  it.each([
    ['postgres://app:hunter22!@db:5432/shop', 'hunter22!'],
    ['Authorization: Bearer abcdef0123456789', 'abcdef0123456789'],
    ['authorization="Basic dXNlcjpwYXNzd29yZA=="', 'dXNlcjpwYXNzd29yZA=='],
    ['{"password":"correct-horse"}', 'correct-horse'],
    ['DB_PASSWORD=s3cr3t-pass', 's3cr3t-pass'],
    ["api_key: 'Ab12Cd34Ef56'", 'Ab12Cd34Ef56'],
    ['Cookie: sid=8f14e45f; theme=dark', '8f14e45f'],
    ['AccountKey=abcdefghijklmnopqrstuvwxyz0123==', 'abcdefghijklmnopqrstuvwxyz0123'],
  ])('takes the value out of %s', (text, secret) => {
    expect(createRedactor(on).redact(text)).not.toContain(secret);
  });

  it.each([
    'token=12 max_tokens: 4096 retries=3',
    'password = os.environ["DB_PASSWORD"]',
    'const secret = config.secretName;',
    'invalid token: expired',
    'user not found @ 10.0.0.1, order 1234567890123',
    'key=user:42 hit=false latency=12ms',
  ])('leaves alone: %s', (text) => {
    expect(createRedactor(on).redact(text)).toBe(text);
  });

  it('gives the same secret the same placeholder and puts it back on request', () => {
    const redactor = createRedactor(on);
    const text = 'from a@example.org to b@example.org cc a@example.org';
    const redacted = redactor.redact(text);
    expect(redacted).toBe('from [redacted-email-1] to [redacted-email-2] cc [redacted-email-1]');
    expect(redactor.restore(redacted)).toBe(text);
    expect(redactor.count).toBe(2);
  });

  it('keeps the numbers of an earlier redaction apart from new ones', () => {
    const redactor = createRedactor(on);
    expect(redactor.redact('old [redacted-email-7], new x@example.org')).toBe(
      'old [redacted-email-7], new [redacted-email-8]',
    );
  });

  it('keeps the number of lines of a private key', () => {
    const key = [
      '-----BEGIN RSA PRIVATE KEY-----',
      'MIIabc',
      'def',
      '-----END RSA PRIVATE KEY-----',
    ];
    const redacted = createRedactor(on).redact(`a\n${key.join('\n')}\nb`);
    expect(redacted.split('\n')).toHaveLength(6);
    expect(redacted).not.toContain('MIIabc');
  });

  it('takes addresses only on request, and own patterns always', () => {
    expect(createRedactor(on).redact('from 10.1.2.3 port 80')).toContain('10.1.2.3');
    const strict = createRedactor({
      enabled: true,
      addresses: true,
      patterns: { account: 'acct-\\d+' },
    });
    expect(strict.redact('from 10.1.2.3 for acct-991')).toBe(
      'from [redacted-ip-1] for [redacted-account-1]',
    );
  });

  it('is idempotent and keeps lines, whatever the text', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(...Object.values(SECRETS), '\n', 'password=', '"', ' ', '@', '://a:b@'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const redactor = createRedactor(on);
        const once = redactor.redact(text);
        expect(redactor.redact(once)).toBe(once);
        expect(once.split('\n').length).toBe(text.split('\n').length);
      }),
      { numRuns: 500 },
    );
  });

  it('is linear on long hostile lines', () => {
    const lines = [
      'a@'.repeat(50_000),
      'password='.repeat(20_000),
      '1 '.repeat(50_000),
      'x://y:'.repeat(20_000),
      `-----BEGIN PRIVATE KEY-----${'A\n'.repeat(50_000)}`,
      '-----BEGIN PRIVATE KEY-----'.repeat(3000),
      'cookie: a='.repeat(15_000),
      'eyJaaaaaaaa.'.repeat(10_000),
    ];
    for (const line of lines) {
      const started = performance.now();
      createRedactor(on).redact(line);
      expect(performance.now() - started).toBeLessThan(1500);
    }
  });
});
