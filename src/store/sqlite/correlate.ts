import type {
  Arrival,
  CorrelationPlan,
  IncidentSketch,
  Occurrence,
} from '#src/domain/correlation.ts';
import { messageOf } from '#src/domain/errors.ts';
import type { EffectPlanner } from '#src/domain/side-effect.ts';
import { parseTime } from '#src/domain/time.ts';
import type { CorrelateOptions, CorrelateOutcome } from '#src/store/contract.ts';
import { applyPlan } from '#src/store/sqlite/apply-plan.ts';
import type { Connection } from '#src/store/sqlite/connection.ts';
import { dropRows, type InboxRow, refuseRow, takeRows } from '#src/store/sqlite/inbox.ts';
import { readOccurrences, readSketches } from '#src/store/sqlite/sketches.ts';
import { StoreError } from '#src/store/store-error.ts';

const NOTHING: CorrelateOutcome = {
  taken: 0,
  started: 0,
  repeated: 0,
  ended: 0,
  opened: 0,
  merged: 0,
  refused: [],
};

/**
 * Sorts waiting alerts into incidents and takes them out of the inbox, in one transaction. When
 * that fails, rows are tried one by one, and one that fails again and again is set aside.
 */
export function correlate(
  db: Connection,
  planner: EffectPlanner,
  options: CorrelateOptions,
): CorrelateOutcome {
  const step = (limit: number): CorrelateOutcome =>
    db.writeLater(() => sort(db, planner, options, takeRows(db, limit)));
  try {
    return step(options.limit);
  } catch (error) {
    if (error instanceof StoreError) throw error;
  }
  try {
    return step(1);
  } catch (error) {
    if (error instanceof StoreError) throw error;
    return db.write(() => {
      const [row] = takeRows(db, 1);
      if (!row) return NOTHING;
      const why = messageOf(error).slice(0, 500);
      return { ...NOTHING, refused: refuseRow(db, row.id, why) ? [why] : [] };
    });
  }
}

function sort(
  db: Connection,
  planner: EffectPlanner,
  options: CorrelateOptions,
  rows: readonly InboxRow[],
): CorrelateOutcome {
  if (rows.length === 0) return NOTHING;
  const { correlator, now } = options;
  const arrivals = rows.flatMap((row) => arrivalsOf(row, options));
  const known = occurrencesOf(db, arrivals);
  const services = new Set(arrivals.flatMap(({ service }) => correlator.related(service)));
  const ids = [...known.values()].flatMap((list) => list.flatMap((one) => one.incidentId ?? []));
  const incidents = readSketches(db, [...services], ids, now - correlator.reopenMs);
  const plan = correlator.correlate({ now, arrivals, known, incidents });
  applyPlan(db, planner, plan, { before: new Map(incidents.map((one) => [one.id, one])), options });
  dropRows(db, rows);
  return outcomeOf(plan, arrivals.length, incidents);
}

function arrivalsOf(row: InboxRow, { correlator }: CorrelateOptions): Arrival[] {
  return row.alerts.map((alert) => ({
    alert,
    service: correlator.serviceOf(alert),
    receivedAt: row.receivedAt,
    solo: row.analysis !== null,
    analysis: row.analysis,
  }));
}

function occurrencesOf(db: Connection, arrivals: readonly Arrival[]): Map<string, Occurrence[]> {
  const starts = new Map<string, number[]>();
  for (const { alert, receivedAt } of arrivals) {
    const list = starts.get(alert.fingerprint) ?? [];
    starts.set(alert.fingerprint, list);
    list.push(parseTime(alert.startsAt) ?? receivedAt);
  }
  return new Map(
    [...starts].map(([fingerprint, list]) => [fingerprint, readOccurrences(db, fingerprint, list)]),
  );
}

function outcomeOf(
  plan: CorrelationPlan,
  taken: number,
  before: readonly IncidentSketch[],
): CorrelateOutcome {
  const knownIds = new Set(before.map(({ id }) => id));
  return {
    taken,
    started: plan.started.length,
    repeated: plan.repeated.length,
    ended: plan.ended.length,
    opened: plan.incidents.filter(({ id }) => !knownIds.has(id)).length,
    merged: plan.merged.length,
    refused: [],
  };
}
