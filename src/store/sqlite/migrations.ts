/**
 * The schema, one step a version; a step that was released never changes. `user_version` of the
 * file says how many steps it has seen.
 */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE change (
     id INTEGER PRIMARY KEY,
     at INTEGER NOT NULL,          -- milliseconds since the epoch
     kind TEXT NOT NULL,           -- deploy, flag or note
     service TEXT,                 -- null: no service in particular
     body TEXT NOT NULL,           -- the change as JSON
     digest TEXT NOT NULL UNIQUE   -- of kind and body, so that a change is kept once
   ) STRICT;
   CREATE INDEX change_by_time ON change (at);`,
];
