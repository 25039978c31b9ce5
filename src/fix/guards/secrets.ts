import type { Guard } from '#src/fix/guards/contract.ts';
import { quoted } from '#src/fix/guards/touched.ts';

/** No secret may come in, a reverted one neither. */
export const secrets: Guard = ({ files, patch, redact }) => {
  const found = files
    .filter(({ added }) => {
      const text = added.join('\n');
      return redact(text) !== text;
    })
    .map(({ path }) => path);
  if (patch.test !== null && redact(patch.test.text) !== patch.test.text)
    found.push(patch.test.file);
  return found.length === 0
    ? { ok: true, message: 'no secret in the diff' }
    : { ok: false, message: `${quoted(found)} given what looks like a secret` };
};
