import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Span } from '#src/domain/time.ts';
import type { FilePosition, KeptScrape } from '#src/store/contract.ts';
import type { Connection } from '#src/store/sqlite/connection.ts';

const MOST_PAGE_BYTES = 16 * 1024 * 1024;

export function readPositions(db: Connection): FilePosition[] {
  const rows = db.all<{
    path: string;
    device: string;
    inode: string;
    offset: number;
    head: string;
  }>('SELECT path, device, inode, offset, head FROM file_position ORDER BY path');
  return rows.map(({ device, inode, ...row }) => ({
    ...row,
    device: Number(device),
    inode: Number(inode),
  }));
}

export function saveWatch(db: Connection, positions: readonly FilePosition[], rules: string): void {
  for (const { path, device, inode, offset, head } of positions) {
    db.run(
      `INSERT INTO file_position (path, device, inode, offset, head)
       VALUES (:path, :device, :inode, :offset, :head)
       ON CONFLICT (path) DO UPDATE SET device = excluded.device, inode = excluded.inode,
         offset = excluded.offset, head = excluded.head`,
      // As text: inodes of some file systems are larger than a safe integer.
      { path, device: String(device), inode: String(inode), offset, head },
    );
  }
  db.run(
    'INSERT INTO watch_rules (id, body) VALUES (1, :rules) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
    { rules },
  );
}

export function readRules(db: Connection): string | null {
  return db.get<{ body: string }>('SELECT body FROM watch_rules')?.body ?? null;
}

export function addScrape(
  db: Connection,
  service: string,
  { at, page }: KeptScrape,
  most: number,
): void {
  db.run('INSERT INTO scrape (service, at, page) VALUES (:service, :at, :page)', {
    service,
    at,
    page: zstdCompressSync(page),
  });
  db.run(
    `DELETE FROM scrape WHERE service = :service AND id NOT IN (
       SELECT id FROM scrape WHERE service = :service ORDER BY at DESC, id DESC LIMIT :most)`,
    { service, most },
  );
}

export function listScrapes(db: Connection, service: string, span: Span): KeptScrape[] {
  const rows = db.all<{ at: number; page: Uint8Array }>(
    `SELECT at, page FROM scrape WHERE service = :service AND at >= :start AND at <= :end
     ORDER BY at, id`,
    { service, start: span.start, end: span.end },
  );
  return rows.map(({ at, page }) => ({
    at,
    page: zstdDecompressSync(page, { maxOutputLength: MOST_PAGE_BYTES }).toString('utf8'),
  }));
}
