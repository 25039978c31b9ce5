import type { CorrelationEvent, IncidentEventKind } from '#src/domain/correlation.ts';
import type { Result } from '#src/domain/result.ts';
import type { EffectPlanner } from '#src/domain/side-effect.ts';
import type { Connection } from '#src/store/sqlite/connection.ts';
import { addEffects, cancelEffects } from '#src/store/sqlite/outbox-rows.ts';
import { readResult } from '#src/store/sqlite/results.ts';
import { readSummary } from '#src/store/sqlite/summaries.ts';
import { addLine } from '#src/store/sqlite/timeline.ts';

/** Events after which the newest result is of use to whoever is told. */
const WITH_RESULT: ReadonlySet<IncidentEventKind> = new Set([
  'investigated',
  'resolved',
  'mitigated',
]);

/**
 * Tells an event in the timeline, cancels the side effects that it makes needless and writes those
 * that it gives rise to. Call it after the incident was written, in the same transaction.
 */
export function recordEvent(
  db: Connection,
  planner: EffectPlanner,
  event: CorrelationEvent,
  given?: Result,
): void {
  const { incidentId, kind, at, what } = event;
  addLine(db, incidentId, { at, kind, what });
  cancelEffects(db, incidentId, kind, at);
  // Whoever took it has seen it end: somebody must be found anew.
  if (kind === 'reopened') {
    db.run(
      'UPDATE incident SET acknowledged_at = NULL, acknowledged_by = NULL WHERE id = :incidentId',
      { incidentId },
    );
  }
  const incident = readSummary(db, incidentId);
  if (!incident) return;
  const result = given ?? (WITH_RESULT.has(kind) ? readResult(db, incidentId) : null);
  addEffects(db, incidentId, planner({ kind, at, what, incident, result }), at);
}
