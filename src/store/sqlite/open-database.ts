import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MIGRATIONS } from '#src/store/sqlite/migrations.ts';
import { asStoreError } from '#src/store/sqlite/trouble.ts';
import { StoreError } from '#src/store/store-error.ts';

/**
 * Opens the database file, readable by its owner only, in WAL mode, with its schema up to date.
 * Several processes may have it open.
 * @param busyMs how long to wait, standing still, for another writer
 * @throws StoreError when it cannot be opened, is no database, or is from a newer version
 */
export function openDatabase(path: string, busyMs: number): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // Made by us before SQLite does, so that at no moment others can read it.
    closeSync(openSync(path, 'a', 0o600));
    chmodSync(path, 0o600);
    // Migrating may have to wait for another process that does.
    database = new DatabaseSync(path, { timeout: Math.max(busyMs, 5000) });
    database.exec(
      `PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
       PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864;
       PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -32768;`,
    );
    migrate(database);
    database.exec(`PRAGMA busy_timeout = ${busyMs}`);
    return database;
  } catch (error) {
    database?.close();
    throw asStoreError(error, path);
  }
}

function migrate(database: DatabaseSync): void {
  const version = (): number =>
    Number(
      (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version,
    );
  if (version() > MIGRATIONS.length) {
    throw new StoreError('the store was written by a newer version of incident', {
      hint: 'Use that version, or another dataDir.',
    });
  }
  if (version() === MIGRATIONS.length) return;
  // The lock comes first: another process may be migrating at this moment.
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const step of MIGRATIONS.slice(version())) database.exec(step);
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
