import type { Guard } from '#src/fix/guards/contract.ts';

/** The switch that turns every fix off. */
export const offSwitch: Guard = ({ isSwitchedOn }) =>
  isSwitchedOn
    ? { ok: true, message: 'fixes are switched on' }
    : { ok: false, message: 'fixes are switched off by fix.switch' };
