import type { Config } from '#src/config/schema.ts';
import type { Clean } from '#src/domain/brief.ts';
import { createRedactor } from '#src/platform/redact/redactor.ts';
import { oneLine } from '#src/platform/sanitize.ts';

/** Texts are cut to this before they are looked at; none of what leaves is as long. */
const MOST_LOOKED_AT = 20_000;

/**
 * The one step that everything goes through that leaves in a message or a ticket. Make one for each
 * message: within it the same secret gets the same placeholder.
 * @throws InputError when an expression of the configuration does not compile
 */
export function cleanText({ redaction }: Config): Clean {
  const { redact } = createRedactor(redaction);
  return (text, most) => {
    // Once before and once after: an escape sequence may stand in the middle of a secret.
    const safe = redact(oneLine(redact(text.slice(0, MOST_LOOKED_AT)))).toWellFormed();
    return safe.length <= most
      ? safe
      : `${safe
          .slice(0, most - 1)
          .toWellFormed()
          .trimEnd()}…`;
  };
}
