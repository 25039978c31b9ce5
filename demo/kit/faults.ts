import { setTimeout as pause } from 'node:timers/promises';

/** Faults that a service can do to itself; those of its neighbours are done to the neighbours. */
export const SELF_FAULTS = ['memory-leak', 'slow-handler', 'crash'] as const;
export type SelfFault = (typeof SELF_FAULTS)[number];

const LEAK_BYTES = 2 * 1024 * 1024;
/** Where the leak ends, so that a forgotten demo does not take the machine down. */
const MOST_LEAKED = 300;
const SLOW_MS = 1800;

export type Faults = {
  set(fault: SelfFault, isOn: boolean): void;
  /** Called for each request, before it is handled. */
  beforeRequest(): Promise<void>;
};

/** Real faults, switched on from outside: memory that is kept, a handler that waits, a crash. */
export function createFaults(): Faults {
  const on = new Set<SelfFault>();
  const kept: Buffer[] = [];
  return {
    set: (fault, isOn) => {
      if (isOn) on.add(fault);
      else on.delete(fault);
      if (fault === 'memory-leak' && !isOn) kept.length = 0;
      if (fault === 'crash' && isOn) {
        setImmediate(() => {
          throw new Error('worker state is corrupt: segment table does not match its checksum');
        });
      }
    },
    beforeRequest: async () => {
      if (on.has('memory-leak') && kept.length < MOST_LEAKED)
        kept.push(Buffer.alloc(LEAK_BYTES, 1));
      if (on.has('slow-handler')) await pause(SLOW_MS);
    },
  };
}
