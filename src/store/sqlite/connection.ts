import { statSync } from 'node:fs';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { openDatabase } from '#src/store/sqlite/open-database.ts';
import { asStoreError, replacedError } from '#src/store/sqlite/trouble.ts';

export type Parameters = Record<string, SQLInputValue>;

/** One open database file: prepared statements, transactions, and a watch over the file itself. */
export class Connection {
  readonly path: string;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #files: string;

  constructor(path: string, busyMs: number) {
    this.path = path;
    this.#database = openDatabase(path, busyMs);
    this.#files = this.#identity();
  }

  get isOpen(): boolean {
    return this.#database.isOpen;
  }

  all<T>(sql: string, parameters: Parameters = {}): T[] {
    return this.#prepare(sql).all(parameters) as T[];
  }

  get<T>(sql: string, parameters: Parameters = {}): T | undefined {
    return this.#prepare(sql).get(parameters) as T | undefined;
  }

  /** @returns how many rows changed */
  run(sql: string, parameters: Parameters = {}): number {
    return Number(this.#prepare(sql).run(parameters).changes);
  }

  exec(sql: string): void {
    this.#database.exec(sql);
  }

  /** Reads; what SQLite throws becomes a StoreError. */
  read<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw asStoreError(error, this.path);
    }
  }

  /**
   * One transaction that moves what is durable already: after a loss of power it may be undone as
   * a whole, and is then done again. The next durable transaction makes it durable too. It saves
   * synchronising the disk.
   */
  writeLater<T>(work: () => T): T {
    try {
      this.#database.exec('PRAGMA synchronous = NORMAL');
      try {
        return this.write(work);
      } finally {
        this.#database.exec('PRAGMA synchronous = FULL');
      }
    } catch (error) {
      throw isForeign(error) ? error : asStoreError(error, this.path);
    }
  }

  /**
   * One transaction, durable when it returns.
   * @throws StoreError when nothing was changed, or when the change went to a file that is no
   * longer there: what is told to others as kept must be found after a restart
   */
  write<T>(work: () => T): T {
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      let result: T;
      try {
        result = work();
        this.#database.exec('COMMIT');
      } catch (error) {
        // A failed COMMIT may have rolled back by itself.
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
        throw error;
      }
      this.checkFiles();
      return result;
    } catch (error) {
      throw isForeign(error) ? error : asStoreError(error, this.path);
    }
  }

  /** @throws StoreError when database or log file are not those that are open */
  checkFiles(): void {
    const now = this.#identity();
    if (now === this.#files) return;
    // The log file is made by the first write after an opening.
    if (this.#files.endsWith('/-') && now.startsWith(this.#files.slice(0, -1))) this.#files = now;
    else throw replacedError(this.path);
  }

  /** Whether the database under the path is the one that is open. */
  isSameFile(): boolean {
    return this.#files.startsWith(`${identityOf(this.path)}/`);
  }

  /** Writes all that is kept into another file, which must be empty or not there. */
  copyTo(path: string): void {
    this.#database.prepare('VACUUM INTO :path').run({ path });
  }

  close(): void {
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #identity(): string {
    return `${identityOf(this.path)}/${identityOf(`${this.path}-wal`)}`;
  }
}

function identityOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found ? `${found.dev}:${found.ino}` : '-';
}

/** Errors of a callback within a transaction, as opposed to those of the database. */
function isForeign(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code !== 'ERR_SQLITE_ERROR' && code !== 'ERR_INVALID_STATE';
}
