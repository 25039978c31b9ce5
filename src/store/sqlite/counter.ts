import type { Connection } from '#src/store/sqlite/connection.ts';

/** The next number of a counter that never repeats, whatever the clock does. */
export function nextOf(db: Connection, name: 'revision' | 'turn'): number {
  const row = db.get<{ value: number }>(
    'UPDATE counter SET value = value + 1 WHERE name = :name RETURNING value',
    { name },
  );
  return row?.value ?? 0;
}

/** The last number that was given. */
export function lastOf(db: Connection, name: 'revision' | 'turn'): number {
  return (
    db.get<{ value: number }>('SELECT value FROM counter WHERE name = :name', { name })?.value ?? 0
  );
}
