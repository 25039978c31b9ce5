import { PROOF_LEVELS } from '#src/fix/contract.ts';
import type { Guard } from '#src/fix/guards/contract.ts';

/** The patch must be proven far enough, and nothing that was run may fail with it. */
export const proof: Guard = ({ proof: { level, isRefuted, isRed }, settings }) => {
  if (isRefuted) return { ok: false, message: 'something that worked before fails with the patch' };
  if (isRed) return { ok: false, message: 'a command of the registry fails with the patch' };
  const ok = PROOF_LEVELS.indexOf(level) >= PROOF_LEVELS.indexOf(settings.proof);
  const needs = `needs "${settings.proof}" (fix.guards.proof)`;
  const missing = level === 'tests' || level === 'reproduced' ? '' : missingStep(level);
  return {
    ok,
    message: ok ? `proven up to "${level}"` : `proven up to "${level}"; ${needs}${missing}`,
  };
};

function missingStep(level: string): string {
  return level === 'none' ? '' : '. Give the service a test_command in the registry';
}
