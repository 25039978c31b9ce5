import type { PastIncident } from '#src/domain/bundle.ts';
import type { SimilarIncident } from '#src/domain/incident-record.ts';
import { formatTime } from '#src/domain/time.ts';
import { compareText } from '#src/platform/compare.ts';
import type { SimilarQuery } from '#src/store/contract.ts';
import {
  FEATURE_WEIGHTS,
  type Feature,
  type FeatureKind,
  featuresOfAlerts,
} from '#src/store/features.ts';
import type { Connection } from '#src/store/sqlite/connection.ts';
import { readHeadline } from '#src/store/sqlite/results.ts';

/** A feature that more incidents have than this tells nothing. */
const MOST_WITH_ONE_FEATURE = 500;
/** Below this much in common two incidents are not alike: a shared service alone is too little. */
const LEAST_SCORE = 3;

export function writeFeatures(
  db: Connection,
  incidentId: string,
  features: readonly Feature[],
): void {
  db.run('DELETE FROM feature WHERE incident_id = :incidentId', { incidentId });
  for (const { kind, value } of features) {
    db.run(
      `INSERT INTO feature (incident_id, kind, value) VALUES (:incidentId, :kind, :value)
       ON CONFLICT DO NOTHING`,
      { incidentId, kind, value },
    );
  }
}

export function readFeatures(db: Connection, incidentId: string): Feature[] {
  return db.all<Feature>('SELECT kind, value FROM feature WHERE incident_id = :incidentId', {
    incidentId,
  });
}

/** Incidents that have features in common, most alike first. A rare feature counts more. */
export function findSimilar(
  db: Connection,
  features: readonly Feature[],
  exceptId: string,
  limit: number,
): SimilarIncident[] {
  const all = db.get<{ n: number }>('SELECT count(*) AS n FROM result')?.n ?? 0;
  const scores = new Map<string, { score: number; kinds: Map<FeatureKind, number> }>();
  for (const { kind, value } of features) {
    const rows = db.all<{ id: string }>(
      `SELECT incident_id AS id FROM feature WHERE kind = :kind AND value = :value
       AND incident_id <> :exceptId LIMIT ${MOST_WITH_ONE_FEATURE + 1}`,
      { kind, value, exceptId },
    );
    if (rows.length > MOST_WITH_ONE_FEATURE) continue;
    // Inverse document frequency, at least 1 so that a small store finds something too.
    const rarity = 1 + Math.log((all + 1) / (rows.length + 1));
    for (const { id } of rows) {
      const entry = scores.get(id) ?? { score: 0, kinds: new Map<FeatureKind, number>() };
      entry.score += FEATURE_WEIGHTS[kind] * Math.max(1, rarity);
      entry.kinds.set(kind, (entry.kinds.get(kind) ?? 0) + 1);
      scores.set(id, entry);
    }
  }
  return [...scores]
    .filter(([, { score }]) => score >= LEAST_SCORE)
    .sort(([a, one], [b, other]) => other.score - one.score || compareText(a, b))
    .slice(0, limit)
    .flatMap(([id, { score, kinds }]) => describe(db, id, score, kinds));
}

/** Ended incidents with a result that may tell something about one of this kind. */
export function similarPast(db: Connection, query: SimilarQuery): PastIncident[] {
  const { service, alerts, exceptId = '', limit } = query;
  const features = exceptId ? readFeatures(db, exceptId) : [];
  const wanted = features.length > 0 ? features : featuresOfAlerts(service, alerts);
  return findSimilar(db, wanted, exceptId, limit * 3)
    .flatMap(({ id }) => toPast(db, id))
    .slice(0, limit);
}

function toPast(db: Connection, id: string): PastIncident[] {
  const row = db.get<{ title: string; service: string; detected_at: number }>(
    "SELECT title, service, detected_at FROM incident WHERE id = :id AND status = 'resolved'",
    { id },
  );
  const headline = readHeadline(db, id);
  if (!row || !headline) return [];
  return [
    {
      id,
      title: row.title,
      service: row.service,
      at: formatTime(row.detected_at),
      cause: `${headline.statement} (${headline.verdict}, ${headline.category})`,
      remediation: headline.remediation,
      templates: headline.templates,
    },
  ];
}

const WORDS: Record<FeatureKind, [one: string, more: string]> = {
  stack: ['stack trace', 'stack traces'],
  template: ['log message', 'log messages'],
  commit: ['commit', 'commits'],
  alertname: ['alert', 'alerts'],
  service: ['service', 'services'],
  label: ['label', 'labels'],
};

function describe(
  db: Connection,
  id: string,
  score: number,
  kinds: ReadonlyMap<FeatureKind, number>,
): SimilarIncident[] {
  const row = db.get<{ title: string; detected_at: number }>(
    'SELECT title, detected_at FROM incident WHERE id = :id',
    { id },
  );
  if (!row) return [];
  const why = [...kinds]
    .sort(([a], [b]) => FEATURE_WEIGHTS[b] - FEATURE_WEIGHTS[a] || compareText(a, b))
    .map(
      ([kind, count]) =>
        `${count === 1 ? 'same' : `${count} common`} ${WORDS[kind][count === 1 ? 0 : 1]}`,
    );
  const at = formatTime(row.detected_at);
  return [{ id, title: row.title, at, score: Math.round(score * 10) / 10, why }];
}
