import type { DatabaseSync } from 'node:sqlite';
import { parseTime, type Span } from '#src/domain/time.ts';
import { shortHash } from '#src/platform/hash.ts';
import { stableJson } from '#src/platform/stable-json.ts';
import type { RecordedChange } from '#src/store/contract.ts';

const MOST = 1000;

/** Keeps a change unless it is known. @returns true when it is new */
export function addChange(database: DatabaseSync, change: RecordedChange): boolean {
  const body = stableJson(change);
  const done = database
    .prepare(
      'INSERT INTO change (at, kind, service, body, digest) VALUES (?, ?, ?, ?, ?) ON CONFLICT (digest) DO NOTHING',
    )
    .run(
      parseTime(change.timestamp) ?? 0,
      change.kind,
      change.service ?? null,
      body,
      shortHash([body], 32),
    );
  return Number(done.changes) === 1;
}

/** Changes of some services and of none in particular, oldest first; the newest thousand. */
export function listChanges(
  database: DatabaseSync,
  services: readonly string[],
  span: Span,
): RecordedChange[] {
  const rows = database
    .prepare(
      'SELECT service, body FROM change WHERE at >= ? AND at <= ? ORDER BY at DESC, id DESC LIMIT 10000',
    )
    .all(span.start, span.end) as { service: string | null; body: string }[];
  return rows
    .filter(({ service }) => service === null || services.includes(service))
    .slice(0, MOST)
    .reverse()
    .map(({ body }) => JSON.parse(body) as RecordedChange);
}
