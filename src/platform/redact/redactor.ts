import { InputError, messageOf } from '#src/domain/errors.ts';
import {
  ADDRESS_PATTERN,
  SECRET_PATTERNS,
  type SecretPattern,
} from '#src/platform/redact/patterns.ts';
import { neutralize } from '#src/platform/sanitize.ts';

export type RedactionOptions = {
  enabled: boolean;
  /** IP addresses too. */
  addresses: boolean;
  /** Own expressions by the kind that their placeholder shows. */
  patterns: Readonly<Record<string, string>>;
};

/**
 * Takes secrets out of text for one incident: the same secret gets the same placeholder, so that
 * reasoning still works; the number of lines never changes; redacting twice changes nothing.
 */
export type Redactor = {
  redact(text: string): string;
  /** Puts the secrets back, for the owner's own terminal only. */
  restore(text: string): string;
  /** How many different secrets were found. */
  readonly count: number;
};

const MOST_ROUNDS = 4;
const ONLY_PLACEHOLDERS = /^(?:\[redacted-[a-z0-9-]{1,40}\][\s,;]{0,8}){1,50}$/;
const PLACEHOLDER = /\[redacted-([a-z0-9-]{1,40}?)-(\d{1,9})\]/g;

/** @throws InputError when an own expression does not compile */
export function createRedactor(options: RedactionOptions): Redactor {
  const patterns = [...ownPatterns(options.patterns), ...SECRET_PATTERNS];
  if (options.addresses) patterns.push(ADDRESS_PATTERN);
  const placeholders = new Map<string, string>();
  const secrets = new Map<string, string>();
  const taken = new Map<string, number>();

  const placeholderOf = (kind: string, secret: string): string => {
    const key = `${kind}\0${secret}`;
    const known = placeholders.get(key);
    if (known) return known;
    const number = (taken.get(kind) ?? 0) + 1;
    taken.set(kind, number);
    const placeholder = `[redacted-${kind}-${number}]`;
    placeholders.set(key, placeholder);
    secrets.set(placeholder, secret);
    return placeholder;
  };

  /** Placeholders that an earlier redaction left keep their numbers to themselves. */
  const reserve = (text: string): void => {
    if (!text.includes('[redacted-')) return;
    for (const match of text.matchAll(PLACEHOLDER)) {
      const [placeholder, kind = '', number] = match;
      if (!secrets.has(placeholder)) {
        taken.set(kind, Math.max(taken.get(kind) ?? 0, Number(number)));
      }
    }
  };

  const redact = (text: string): string => {
    if (!options.enabled || text.length < 6) return text;
    reserve(text);
    const lower = text.toLowerCase();
    let result = text;
    // A replacement can uncover a secret that touched it, so look again until nothing is found.
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const before = result;
      for (const pattern of patterns) {
        if (pattern.hints.length > 0 && !pattern.hints.some((hint) => lower.includes(hint))) {
          continue;
        }
        result = replaceSecrets(result, pattern, placeholderOf);
      }
      if (result === before) break;
    }
    return result;
  };

  return {
    redact,
    // Twice, since a cookie may hold a token that was taken out before it.
    restore: (text) => {
      const back = (found: string): string => neutralize(secrets.get(found) ?? found);
      return text.replace(PLACEHOLDER, back).replace(PLACEHOLDER, back);
    },
    get count() {
      return placeholders.size;
    },
  };
}

function replaceSecrets(
  text: string,
  pattern: SecretPattern,
  placeholderOf: (kind: string, secret: string) => string,
): string {
  return text.replace(pattern.expression, (...args: unknown[]) => {
    const match = args[0] as string;
    const last = args.at(-1);
    const groups = typeof last === 'object' ? (last as Record<string, string | undefined>) : {};
    const secret = groups.secret ?? groups.bare ?? match;
    if (isRedacted(secret) || pattern.accept?.(secret) === false) return match;
    const lines = secret.split('\n').length - 1;
    const placeholder = placeholderOf(pattern.kind, secret) + '\n'.repeat(lines);
    const at = match.lastIndexOf(secret);
    return match.slice(0, at) + placeholder + match.slice(at + secret.length);
  });
}

/** True for text that an earlier step has replaced, or a part of a placeholder. */
function isRedacted(secret: string): boolean {
  return ONLY_PLACEHOLDERS.test(secret) || /^\[?redacted-[a-z0-9-]{1,40}\]?$/.test(secret);
}

function ownPatterns(sources: Readonly<Record<string, string>>): SecretPattern[] {
  return Object.entries(sources).map(([kind, source]) => {
    try {
      return { kind, hints: [], expression: new RegExp(source, 'g') };
    } catch (error) {
      throw new InputError(`is not a regular expression: ${messageOf(error)}`, {
        where: `redaction.patterns.${kind}`,
        hint: 'Correct it in the configuration.',
      });
    }
  });
}
