import { parseTime, type Span } from '#src/domain/time.ts';
import { shortHash } from '#src/platform/hash.ts';
import { stableJson } from '#src/platform/stable-json.ts';
import type { RecordedChange } from '#src/store/contract.ts';
import type { Connection } from '#src/store/sqlite/connection.ts';

const MOST = 1000;

/** Keeps a change unless it is known. @returns true when it is new */
export function addChange(db: Connection, change: RecordedChange): boolean {
  const body = stableJson(change);
  const changed = db.run(
    `INSERT INTO change (at, kind, service, body, digest) VALUES (:at, :kind, :service, :body, :digest)
     ON CONFLICT (digest) DO NOTHING`,
    {
      at: parseTime(change.timestamp) ?? 0,
      kind: change.kind,
      service: change.service ?? null,
      body,
      digest: shortHash([body], 32),
    },
  );
  return changed === 1;
}

/** Changes of some services and of none in particular, oldest first; the newest thousand. */
export function listChanges(
  db: Connection,
  services: readonly string[],
  span: Span,
): RecordedChange[] {
  const rows = db.all<{ body: string }>(
    `SELECT body FROM change
     WHERE at >= :start AND at <= :end
       AND (service IS NULL OR service IN (SELECT value FROM json_each(:services)))
     ORDER BY at DESC, id DESC LIMIT ${MOST}`,
    { start: span.start, end: span.end, services: JSON.stringify(services) },
  );
  return rows.reverse().map(({ body }) => JSON.parse(body) as RecordedChange);
}
