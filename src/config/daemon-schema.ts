import { z } from 'zod';

const seconds = (fallback: number, most = 86_400) =>
  z.number().positive().max(most).default(fallback);
const minutes = (fallback: number) => z.number().positive().max(10_080).default(fallback);
/** Also as text, as flags give it. */
const whole = (fallback: number, least: number, most: number) =>
  z
    .union([
      z.number(),
      z
        .string()
        .regex(/^\d{1,12}$/, 'expected a whole number')
        .transform(Number),
    ])
    .pipe(z.number().int().min(least).max(most))
    .default(fallback);

/** Seconds; also as text, as flags give them. */
const wholeOrPart = (fallback: number, most: number) =>
  z
    .union([
      z.number(),
      z
        .string()
        .regex(/^\d{1,6}(?:\.\d{1,3})?$/, 'expected a number of seconds')
        .transform(Number),
    ])
    .pipe(z.number().positive().max(most))
    .default(fallback);

/** `incident listen`. */
export const listenSchema = z
  .strictObject({
    host: z.string().min(1).default('127.0.0.1'),
    port: whole(9100, 0, 65_535),
    /** Names under which the daemon may be called, beside its addresses and `localhost`. */
    hosts: z.array(z.string()).default([]),
    /** Foreign origins whose pages may call the daemon. */
    origins: z.array(z.string()).default([]),
    /** The shared secret of callers; made and kept in dataDir where none is given. */
    token: z.string().min(16, 'expected at least 16 characters').optional(),
    /** A file that holds the token. */
    tokenFile: z.string().optional(),
    /** Ask callers on this machine for the token too. */
    requireToken: z.boolean().default(false),
    /** Whether `/metrics` needs no token. */
    publicMetrics: z.boolean().default(false),
    /** Folders below which paths that a request names may lie; none by default. */
    readRoots: z.array(z.string()).default([]),
    maxBodyBytes: whole(1024 * 1024, 1024, 64 * 1024 * 1024),
    maxConnections: whole(2048, 16, 100_000),
    headersTimeoutSeconds: seconds(10, 300),
    requestTimeoutSeconds: seconds(30, 600),
    keepAliveSeconds: seconds(75, 3600),
    /** Alerts that wait to be sorted at the most; then senders are told to come again. */
    maxQueuedAlerts: whole(50_000, 100, 10_000_000),
    /** How long requests wait for each other, to be made durable together, in milliseconds. */
    groupCommitMs: whole(2, 0, 1000),
    /** Investigations at a time. */
    concurrency: whole(2, 1, 64),
    /** Side effects at a time. */
    senders: whole(4, 1, 64),
    /** For one investigation. */
    budgetSeconds: seconds(300, 7200),
    /** How long a new incident waits for more alerts before it is investigated. */
    settleSeconds: z.number().min(0).max(600).default(5),
    /** The least time between two investigations of one incident; doubles with each. */
    debounceSeconds: seconds(30, 3600),
    maxAttempts: whole(5, 1, 50),
    maxSendAttempts: whole(12, 1, 50),
    /** How long to wait for work under way when told to stop. */
    drainSeconds: z.number().min(0).max(600).default(6),
    /** Structured log for the log shipper, beside stderr. */
    logFile: z.string().optional(),
    logMaxBytes: whole(10 * 1024 * 1024, 64 * 1024, 1024 ** 3),
    /** Rotated log files kept. */
    logKeep: whole(5, 0, 100),
  })
  .prefault({});

/** How alerts become incidents. */
export const correlationSchema = z
  .strictObject({
    /** An alert joins an incident of its own service that had one this near in time. */
    groupMinutes: minutes(30),
    /** An alert joins an incident of a service next to it this near in time. */
    cascadeMinutes: minutes(5),
    /** Neighbours no longer join an incident that was opened longer ago than this. */
    spanMinutes: minutes(60),
    /** An incident that ended less long ago is opened again under its id. */
    reopenMinutes: minutes(30),
    /** So many starts of one alert within `flapMinutes` are flapping. */
    flapStarts: whole(4, 2, 100),
    flapMinutes: minutes(30),
    /** Alerts that nobody has told of for this long count as over. */
    staleHours: z.number().positive().max(8760).default(72),
  })
  .prefault({});

/** `incident watch`. */
export const watchSchema = z
  .strictObject({
    intervalSeconds: wholeOrPart(15, 3600),
    /** How long trouble must last before it is an alert. */
    forSeconds: z.number().min(0).max(3600).default(30),
    /** Error lines within a minute that are a burst. */
    errorBurst: whole(10, 1, 1_000_000),
    /** Lines of each log file that the first look begins with. */
    tail: whole(200, 0, 1_000_000),
    /** Error lines of one look that are kept at the most. */
    maxEvents: whole(500, 1, 1_000_000),
    /** Scrapes of a metrics page that are kept. */
    ring: whole(120, 2, 10_000),
  })
  .prefault({});

/** What is kept, and for how long. */
export const retentionSchema = z
  .strictObject({
    days: z.number().positive().max(3650).default(30),
    maxIncidents: whole(10_000, 10, 10_000_000),
  })
  .prefault({});
