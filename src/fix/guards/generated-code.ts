import type { Guard } from '#src/fix/guards/contract.ts';
import { quoted } from '#src/fix/guards/touched.ts';

/** What generators write into the first lines (Go's rule, `@generated`, and the usual words). */
const MARK =
  /\bcode generated\b.{0,200}\bdo not edit\b|@generated\b|\bauto-?generated\b.{0,80}\bdo not (?:edit|modify)\b|\bthis file (?:is|was) (?:auto-?matically )?generated\b/i;

/** Code that a generator writes is not changed by hand. */
export const generatedCode: Guard = ({ files }) => {
  const found = files.filter(({ head }) => MARK.test(head)).map(({ path }) => path);
  return found.length === 0
    ? { ok: true, message: 'no generated code' }
    : { ok: false, message: `${quoted(found)} generated: change what it is generated from` };
};
