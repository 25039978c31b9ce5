import type { DerivedSignal } from '#src/metrics/contract.ts';

/** What a change must at least amount to, so that it matters and not only shows. */
type Floor = {
  /** In the signal's unit. */
  absolute: number;
  /** Against the reference, upward and downward. */
  up: number;
  down: number;
};

function floorOf({ facet, unit, aspect }: DerivedSignal): Floor {
  switch (facet) {
    case 'error-ratio':
      return { absolute: 0.005, up: 0.5, down: 0.5 };
    case 'client-error-ratio':
      return { absolute: 0.02, up: 0.5, down: 0.5 };
    case 'error-rate':
      return { absolute: 0, up: 0.7, down: 0.7 };
    case 'latency': {
      const isTail = aspect === 'max' || aspect === 'p99';
      return { absolute: unit === 'seconds' ? 0.002 : 0, up: isTail ? 0.5 : 0.3, down: 0.25 };
    }
    case 'request-rate':
      return { absolute: 0, up: 0.4, down: 0.3 };
    case 'event-rate':
      return { absolute: 0, up: 0.6, down: 0.4 };
    case 'up':
    case 'presence':
    case 'dependency-up':
      return { absolute: 0.1, up: 0, down: 0 };
    case 'replicas':
      return { absolute: 0.5, up: 0, down: 0 };
    case 'queue':
      return { absolute: unit === 'seconds' ? 0.05 : 2, up: 0.5, down: 0.5 };
    case 'gc':
    case 'event-loop':
      return { absolute: 0.005, up: 0.5, down: 0.5 };
    case 'restart':
    case 'throttling':
      return { absolute: 0, up: 0.5, down: 0.5 };
    default:
      return unit === 'ratio'
        ? { absolute: 0.05, up: 0.15, down: 0.15 }
        : { absolute: 0, up: 0.25, down: 0.2 };
  }
}

/** True where `level` is far enough from `reference` to matter. */
export function matters(signal: DerivedSignal, reference: number, level: number): boolean {
  const floor = floorOf(signal);
  const change = level - reference;
  if (Math.abs(change) < floor.absolute || change === 0) return false;
  const share = change > 0 ? floor.up : floor.down;
  // Downward nothing falls by more than all of it; upward from nothing, anything is enough.
  return Math.abs(change) >= share * Math.abs(reference);
}

/** 0 … 1: how large a change is on the scale of its kind; a doubling is about a third. */
export function sizeOf(signal: DerivedSignal, reference: number, level: number): number {
  const change = Math.abs(level - reference);
  switch (signal.facet) {
    case 'error-ratio':
    case 'client-error-ratio':
      return Math.min(1, Math.sqrt(change / 0.5));
    case 'up':
    case 'presence':
    case 'dependency-up':
      return Math.min(1, change);
    default: {
      const floor = Math.max(Math.abs(reference), 1e-12);
      const ratio =
        level > reference ? (Math.abs(level) + floor) / (2 * floor) : 1 + change / floor;
      return Math.min(
        1,
        Math.log2(Math.max(1, ratio)) / 3 + (level < reference ? change / floor / 3 : 0),
      );
    }
  }
}
