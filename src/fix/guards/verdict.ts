import type { Guard } from '#src/fix/guards/contract.ts';

/** The verdict on the cause must be firm enough. */
export const verdict: Guard = ({ cause, settings }) => {
  const ok =
    cause.verdict === 'confirmed' || (cause.verdict === 'likely' && settings.verdict === 'likely');
  const message = ok
    ? `the cause is ${cause.verdict}`
    : `the cause is ${cause.verdict}; a pull request needs ${settings.verdict} (fix.guards.verdict)`;
  return { ok, message };
};
