import type { Guard } from '#src/fix/guards/contract.ts';

/** The confidence in the cause must reach the floor. */
export const confidence: Guard = ({ cause, settings }) => {
  const ok = cause.confidence >= settings.confidence;
  const has = `${percent(cause.confidence)} confidence`;
  const message = ok
    ? has
    : `${has}; a pull request needs ${percent(settings.confidence)} (fix.guards.confidence)`;
  return { ok, message };
};

function percent(share: number): string {
  return `${Math.floor(share * 100 + 1e-9)} %`;
}
