import { closeSync, existsSync, openSync, renameSync, rmSync } from 'node:fs';
import { messageOf } from '#src/domain/errors.ts';
import { Connection } from '#src/store/sqlite/connection.ts';
import { StoreError } from '#src/store/store-error.ts';

/**
 * Saves what is kept after the file under the store's path was moved, deleted or replaced while it
 * was open. The open file still holds everything: where nothing has taken its place it is put back,
 * else a copy is laid beside it, and the store stays closed for writing until a person decides.
 * @returns the connection to go on with
 * @throws StoreError when a person must decide; its hint names the copy
 */
export function recover(lost: Connection, busyMs: number): Connection {
  const { path } = lost;
  if (lost.isSameFile()) {
    // Only the write-ahead log is gone from its place: bring its content home.
    lost.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    lost.close();
    return new Connection(path, busyMs);
  }
  const copy = freePath(path);
  try {
    // Made by us first, so that at no moment others can read it.
    closeSync(openSync(copy, 'wx', 0o600));
    lost.copyTo(copy);
  } catch (error) {
    throw new StoreError(
      `the store file was replaced and could not be saved: ${messageOf(error)}`,
      {
        trouble: 'replaced',
        where: path,
        hint: 'Keep this process running; what it holds is nowhere else.',
        cause: error,
      },
    );
  }
  if (existsSync(path)) {
    // Not closed: closing would delete the log file of whatever is there now.
    throw new StoreError('the store file was replaced by another one while in use', {
      trouble: 'replaced',
      where: path,
      hint: `All that was accepted is saved in ${copy}: move it to ${path} and restart, or restart to use the file that is there.`,
    });
  }
  lost.close();
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
  renameSync(copy, path);
  return new Connection(path, busyMs);
}

function freePath(path: string): string {
  for (let number = 1; ; number++) {
    const candidate = `${path}.saved-${number}`;
    if (!existsSync(candidate)) return candidate;
  }
}
