import type { IncidentEventKind } from '#src/domain/correlation.ts';
import type { EffectDraft } from '#src/domain/side-effect.ts';
import type { Connection } from '#src/store/sqlite/connection.ts';
import { foldEffect } from '#src/store/sqlite/fold-effects.ts';

/** Writes side effects; one whose key is there already was decided before. */
export function addEffects(
  db: Connection,
  incidentId: string | null,
  drafts: readonly EffectDraft[],
  now: number,
): void {
  for (const draft of drafts) {
    if (draft.fold && foldEffect(db, incidentId, draft, draft.fold, now)) continue;
    db.run(
      `INSERT INTO outbox (key, incident_id, kind, target, lane, payload, state, cancel_on, due_at,
                           touched_at, created_at)
       VALUES (:key, :incidentId, :kind, :target, :lane, :payload, 'waiting', :cancelOn, :dueAt,
               :now, :now)
       ON CONFLICT (key) DO NOTHING`,
      {
        key: draft.key,
        incidentId,
        kind: draft.kind,
        target: draft.target,
        lane: draft.lane,
        payload: JSON.stringify(draft.payload ?? null),
        cancelOn: `,${(draft.cancelOn ?? []).join(',')},`,
        dueAt: Math.max(draft.notBefore ?? now, now),
        now,
      },
    );
  }
}

/** Takes back what was not sent yet and is needless after an event. */
export function cancelEffects(
  db: Connection,
  incidentId: string,
  kind: IncidentEventKind,
  now: number,
): void {
  db.run(
    `UPDATE outbox SET state = 'cancelled', settled_at = :now, touched_at = :now
     WHERE incident_id = :incidentId AND state = 'waiting' AND attempts = 0
       AND instr(cancel_on, :kind) > 0`,
    { incidentId, kind: `,${kind},`, now },
  );
}
