import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Result } from '#src/domain/result.ts';
import type { Connection } from '#src/store/sqlite/connection.ts';

/** What lists and past incidents need of a result, so that it need not be unpacked. */
export type Headline = {
  verdict: string;
  confidence: number;
  category: string;
  statement: string;
  remediation: string;
  /** Message templates of the incident window, the most telling first. */
  templates: string[];
};

const MOST_TEMPLATES = 20;
const MOST_CHARACTERS = 300;

/** A document of this size is beyond any real one; a file that claims more is damaged. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Keeps the newest result of an incident. @returns how many there were, this one included */
export function writeResult(
  db: Connection,
  incidentId: string,
  result: Result,
  at: number,
): number {
  const row = db.get<{ run: number }>(
    `INSERT INTO result (incident_id, run, at, headline, body)
     VALUES (:incidentId, 1, :at, :headline, :body)
     ON CONFLICT (incident_id) DO UPDATE SET
       run = run + 1, at = excluded.at, headline = excluded.headline, body = excluded.body
     RETURNING run`,
    {
      incidentId,
      at,
      headline: JSON.stringify(headlineOf(result)),
      body: zstdCompressSync(JSON.stringify(result)),
    },
  );
  return row?.run ?? 1;
}

export function readResult(db: Connection, incidentId: string): Result | null {
  const row = db.get<{ body: Uint8Array }>(
    'SELECT body FROM result WHERE incident_id = :incidentId',
    {
      incidentId,
    },
  );
  if (!row) return null;
  const text = zstdDecompressSync(row.body, { maxOutputLength: MOST_BYTES }).toString('utf8');
  return JSON.parse(text) as Result;
}

export function readHeadline(db: Connection, incidentId: string): Headline | null {
  const row = db.get<{ headline: string }>(
    'SELECT headline FROM result WHERE incident_id = :incidentId',
    { incidentId },
  );
  return row ? (JSON.parse(row.headline) as Headline) : null;
}

function headlineOf({ rootCause, triage, evidence }: Result): Headline {
  const templates = evidence.flatMap(({ data }) =>
    data.type === 'records' && data.template ? [data.template.slice(0, MOST_CHARACTERS)] : [],
  );
  return {
    verdict: rootCause?.verdict ?? 'inconclusive',
    confidence: rootCause?.confidence ?? 0,
    category: rootCause?.category ?? 'unknown',
    statement: rootCause?.statement ?? triage.summary,
    remediation: rootCause?.remediation ?? 'none',
    templates: [...new Set(templates)].slice(0, MOST_TEMPLATES),
  };
}
