import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { messageOf } from '#src/domain/errors.ts';
import { MIGRATIONS } from '#src/store/sqlite/migrations.ts';
import { StoreError } from '#src/store/store-error.ts';

const BUSY_MS = 5000;

/**
 * Opens the database file, readable by its owner only, in WAL mode, with its schema up to date.
 * Several processes may have it open.
 * @throws StoreError when it cannot be opened, is no database, or is from a newer version
 */
export function openDatabase(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // Made by us before SQLite does, so that at no moment others can read it.
    closeSync(openSync(path, 'a', 0o600));
    chmodSync(path, 0o600);
    database = new DatabaseSync(path, { timeout: BUSY_MS });
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;',
    );
    migrate(database);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof StoreError) throw error;
    throw new StoreError(`the store cannot be opened: ${messageOf(error)}`, {
      where: path,
      hint: 'Check the permissions and the disk; move the file away to begin with an empty store.',
      cause: error,
    });
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
