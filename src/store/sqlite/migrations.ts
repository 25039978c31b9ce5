/**
 * The schema, one step a version; a step that was released never changes. `user_version` of the
 * file says how many steps it has seen. Times are milliseconds since the epoch.
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

  `CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
   INSERT INTO counter VALUES ('revision', 0), ('turn', 0);

   CREATE TABLE inbox (
     id INTEGER PRIMARY KEY,
     received_at INTEGER NOT NULL,
     alerts INTEGER NOT NULL,       -- how many the body holds
     body TEXT NOT NULL,            -- {alerts, analysis?}
     failures INTEGER NOT NULL DEFAULT 0,
     refused TEXT                   -- why it was set aside
   ) STRICT;

   CREATE TABLE incident (
     id TEXT PRIMARY KEY,
     title TEXT NOT NULL,
     status TEXT NOT NULL,
     severity TEXT NOT NULL,
     service TEXT NOT NULL,
     detected_at INTEGER NOT NULL,
     opened_at INTEGER NOT NULL,
     active_at INTEGER NOT NULL,
     acknowledged_at INTEGER,
     acknowledged_by TEXT,
     resolved_at INTEGER,
     is_flapping INTEGER NOT NULL,
     is_solo INTEGER NOT NULL,
     merged_into TEXT,
     updated_at INTEGER NOT NULL,
     revision INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX incident_by_revision ON incident (revision);
   CREATE INDEX incident_by_detection ON incident (detected_at);
   CREATE INDEX incident_by_resolution ON incident (resolved_at);
   CREATE INDEX incident_unresolved ON incident (status) WHERE status <> 'resolved';

   CREATE TABLE part (
     incident_id TEXT NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
     service TEXT NOT NULL,
     alertname TEXT NOT NULL,
     first_start INTEGER NOT NULL,
     last_start INTEGER NOT NULL,
     firing INTEGER NOT NULL,
     total INTEGER NOT NULL,
     PRIMARY KEY (incident_id, service, alertname)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX part_by_service ON part (service, incident_id);

   CREATE TABLE alert (
     id INTEGER PRIMARY KEY,
     fingerprint TEXT NOT NULL,
     starts_at INTEGER NOT NULL,
     ends_at INTEGER,
     incident_id TEXT REFERENCES incident (id) ON DELETE CASCADE,
     service TEXT NOT NULL,
     alertname TEXT NOT NULL,
     rank INTEGER NOT NULL,         -- of the severity, 0 is the worst
     received_at INTEGER NOT NULL,
     seen_at INTEGER NOT NULL,      -- when it was delivered last
     deliveries INTEGER NOT NULL,
     body TEXT NOT NULL,
     UNIQUE (fingerprint, starts_at)
   ) STRICT;
   CREATE INDEX alert_by_incident ON alert (incident_id);

   CREATE TABLE timeline (
     id INTEGER PRIMARY KEY,
     incident_id TEXT NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
     at INTEGER NOT NULL,
     kind TEXT NOT NULL,
     what TEXT NOT NULL,
     subject TEXT,                  -- repeats of one subject are one line
     count INTEGER NOT NULL DEFAULT 1,
     last_at INTEGER NOT NULL,
     UNIQUE (incident_id, kind, subject)
   ) STRICT;

   CREATE TABLE job (
     incident_id TEXT PRIMARY KEY REFERENCES incident (id) ON DELETE CASCADE,
     service TEXT NOT NULL,
     rank INTEGER NOT NULL,
     state TEXT NOT NULL,           -- queued, running, done or dead
     why TEXT NOT NULL,
     due_at INTEGER NOT NULL,
     touched_at INTEGER NOT NULL,   -- when due_at was set, by the clock of that time
     wanted INTEGER NOT NULL,       -- grows with each wish
     taken INTEGER NOT NULL,        -- the wishes that the present or last attempt knew of
     runs INTEGER NOT NULL DEFAULT 0,
     attempts INTEGER NOT NULL DEFAULT 0,
     lost INTEGER NOT NULL DEFAULT 0,
     lease TEXT,
     role TEXT,
     lease_until INTEGER,
     lease_ms INTEGER,
     last_error TEXT,
     analysis TEXT
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX job_by_state ON job (state, due_at);
   CREATE TABLE turn (service TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;

   CREATE TABLE result (
     incident_id TEXT PRIMARY KEY REFERENCES incident (id) ON DELETE CASCADE,
     run INTEGER NOT NULL,
     at INTEGER NOT NULL,
     headline TEXT NOT NULL,        -- what lists and past incidents need of it
     body BLOB NOT NULL             -- the document, compressed
   ) STRICT;
   CREATE TABLE feature (
     incident_id TEXT NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
     kind TEXT NOT NULL,
     value TEXT NOT NULL,
     PRIMARY KEY (incident_id, kind, value)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX feature_by_value ON feature (kind, value);

   CREATE TABLE outbox (
     id INTEGER PRIMARY KEY,
     key TEXT NOT NULL UNIQUE,
     incident_id TEXT,
     kind TEXT NOT NULL,
     target TEXT NOT NULL,
     lane TEXT NOT NULL,
     payload TEXT NOT NULL,
     state TEXT NOT NULL,           -- waiting, running, done, dead or cancelled
     cancel_on TEXT NOT NULL,       -- kinds of events, each between commas
     due_at INTEGER NOT NULL,
     touched_at INTEGER NOT NULL,
     attempts INTEGER NOT NULL DEFAULT 0,
     created_at INTEGER NOT NULL,
     settled_at INTEGER,
     receipt TEXT,
     last_error TEXT,
     lease TEXT,
     role TEXT,
     lease_until INTEGER,
     lease_ms INTEGER
   ) STRICT;
   CREATE INDEX outbox_by_state ON outbox (state, due_at);
   CREATE INDEX outbox_by_lane ON outbox (lane, id);
   CREATE INDEX outbox_by_incident ON outbox (incident_id);

   CREATE TABLE file_position (
     path TEXT PRIMARY KEY,
     device TEXT NOT NULL,
     inode TEXT NOT NULL,
     offset INTEGER NOT NULL,
     head TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE watch_rules (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL) STRICT;
   CREATE TABLE scrape (
     id INTEGER PRIMARY KEY,
     service TEXT NOT NULL,
     at INTEGER NOT NULL,
     page BLOB NOT NULL             -- compressed
   ) STRICT;
   CREATE INDEX scrape_by_service ON scrape (service, at);`,
];
