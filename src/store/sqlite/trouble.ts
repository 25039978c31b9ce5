import { messageOf } from '#src/domain/errors.ts';
import { StoreError, type StoreTrouble } from '#src/store/store-error.ts';

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html). */
const TROUBLE: Record<number, StoreTrouble> = {
  5: 'busy',
  6: 'busy',
  11: 'corrupt',
  13: 'full',
  26: 'corrupt',
};

/** Extended codes that say more than their primary code. */
const EXTENDED: Record<number, StoreTrouble> = {
  /** READONLY_DBMOVED */
  1032: 'replaced',
};

const WORDS: Record<StoreTrouble, { message: string; hint: string }> = {
  busy: {
    message: 'the store is locked by another process',
    hint: 'Try again; look for a program that keeps it open for writing.',
  },
  full: {
    message: 'the disk of the store is full',
    hint: 'Make room; the store goes on by itself.',
  },
  corrupt: {
    message: 'the store is damaged or is no database',
    hint: 'Move the file away to begin with an empty store; "sqlite3 <file> .recover" saves what can be read.',
  },
  replaced: {
    message: 'the store file was moved, deleted or replaced while in use',
    hint: 'Put the file back, or restart to use the one that is there now.',
  },
  other: { message: 'the store cannot be used', hint: 'Check the permissions and the disk.' },
};

/** What SQLite says, as an error that a person can act on. */
export function asStoreError(error: unknown, path: string): StoreError {
  if (error instanceof StoreError) return error;
  const code = (error as { errcode?: unknown } | null)?.errcode;
  const number = typeof code === 'number' ? code : -1;
  const trouble = EXTENDED[number] ?? TROUBLE[number & 0xff] ?? 'other';
  const { message, hint } = WORDS[trouble];
  const detail = messageOf(error);
  return new StoreError(`${message} (${detail})`, { trouble, where: path, hint, cause: error });
}

/** The error for a file that is no longer the one that was opened. */
export function replacedError(path: string): StoreError {
  const { message, hint } = WORDS.replaced;
  return new StoreError(message, { trouble: 'replaced', where: path, hint });
}
