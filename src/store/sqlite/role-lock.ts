import { DatabaseSync } from 'node:sqlite';
import { asStoreError } from '#src/store/sqlite/trouble.ts';
import { StoreError } from '#src/store/store-error.ts';

/** Held by one process at a time; the operating system gives it back when the process ends. */
export type RoleLock = { release(): void };

/**
 * Takes a role for this process, such as being the one daemon of a store: whoever holds it knows
 * that earlier holders are gone, whatever the clock or a process id says. It is the lock of an
 * otherwise empty database file beside the store.
 * @throws StoreError when another process has the role
 */
export function takeRole(storePath: string, role: string): RoleLock {
  const path = `${storePath}.${role}.lock`;
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: 0 });
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    const failure = asStoreError(error, path);
    if (failure.trouble !== 'busy') throw failure;
    throw new StoreError(`another "incident ${role}" uses this store`, {
      trouble: 'busy',
      where: storePath,
      hint: 'Stop it, or give this one another dataDir.',
      cause: error,
    });
  }
  return {
    release: () => {
      if (database.isOpen) database.close();
    },
  };
}
