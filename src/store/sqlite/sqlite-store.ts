import type { Store } from '#src/store/contract.ts';
import { addChange, listChanges } from '#src/store/sqlite/changes.ts';
import { openDatabase } from '#src/store/sqlite/open-database.ts';

/** The embedded store: one SQLite file. @throws StoreError when it cannot be opened */
export function openSqliteStore(path: string): Store {
  const database = openDatabase(path);
  return {
    addChange: (change) => addChange(database, change),
    listChanges: (services, span) => listChanges(database, services, span),
    close: () => {
      if (database.isOpen) database.close();
    },
  };
}
