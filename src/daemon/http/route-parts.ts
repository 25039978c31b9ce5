import type { DaemonParts, HttpSettings } from '#src/daemon/contract.ts';
import type { Housekeeper } from '#src/daemon/housekeeper.ts';
import type { Hub } from '#src/daemon/hub.ts';
import type { IntakeGate } from '#src/daemon/intake-gate.ts';
import type { DaemonMetrics } from '#src/daemon/metrics.ts';
import type { WorkLoop } from '#src/daemon/work-loop.ts';
import type { ClaimedEffect } from '#src/store/contract.ts';

/** What the routes work with. */
export type RouteParts = {
  parts: DaemonParts;
  settings: HttpSettings;
  gate: IntakeGate;
  hub: Hub;
  housekeeper: Housekeeper;
  metrics: DaemonMetrics;
  deliverer: WorkLoop<ClaimedEffect>;
};
