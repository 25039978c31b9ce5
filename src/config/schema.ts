import { z } from 'zod';
import {
  correlationSchema,
  listenSchema,
  retentionSchema,
  watchSchema,
} from '#src/config/daemon-schema.ts';
import { fixSchema } from '#src/config/fix-schema.ts';
import { modelSchema, routingSchema } from '#src/config/model-schema.ts';
import { escalationSchema, notifySchema, ticketsSchema } from '#src/config/notify-schema.ts';

const httpUrl = z.url({ protocol: /^https?$/, error: 'expected an http:// or https:// URL' });
const seconds = (fallback: number) => z.number().positive().max(3600).default(fallback);
const count = (fallback: number, most: number) =>
  z.number().int().min(1).max(most).default(fallback);

/** A server that evidence is read from; without `url` it is a gap. */
const server = {
  url: httpUrl.optional(),
  /** Sent as the `Authorization` header. */
  authHeader: z.string().optional(),
};

/** `incident.config.json`. Every key has a default; `docs/configuration.md` is generated from this. */
export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  /** Path of the service registry, relative to the configuration file. */
  serviceRegistry: z.string().default('service_registry.json'),
  /** Where the program keeps its own data, relative to the configuration file. */
  dataDir: z.string().default('.incident'),
  collect: z
    .strictObject({
      /** All sources together, in seconds. */
      deadlineSeconds: seconds(20),
      /** One request to one server, in seconds. */
      requestTimeoutSeconds: seconds(8),
      /** How far before the alert the incident window begins, in minutes. */
      lookbackMinutes: z.number().positive().max(10_080).default(30),
      /** Length of the baseline before the window, in minutes. */
      baselineMinutes: z.number().positive().max(43_200).default(60),
      /** How far back commits and deploys are looked at, in days. */
      changeDays: z.number().positive().max(365).default(14),
    })
    .prefault({}),
  prometheus: z
    .strictObject({
      ...server,
      /** Points a series at the most; the step follows from it. */
      maxPoints: count(240, 11_000),
      /** Series a query at the most; `topk` where there would be more. */
      maxSeries: count(40, 1000),
    })
    .prefault({}),
  loki: z
    .strictObject({
      ...server,
      /** Sent as `X-Scope-OrgID`. */
      tenant: z.string().optional(),
      maxLines: count(5000, 100_000),
    })
    .prefault({}),
  alertmanager: z.strictObject(server).prefault({}),
  tempo: z.strictObject({ ...server, maxTraces: count(20, 200) }).prefault({}),
  github: z
    .strictObject({
      apiUrl: httpUrl.default('https://api.github.com'),
      token: z.string().optional(),
    })
    .prefault({}),
  logs: z
    .strictObject({
      /** Bytes read from the end of each log file at the most. */
      maxBytesPerFile: count(64 * 1024 * 1024, 16 * 1024 ** 3),
      /** Records kept of all log files together. */
      maxRecords: count(20_000, 2_000_000),
    })
    .prefault({}),
  runbooks: z
    .strictObject({
      /** Folder of markdown runbooks, relative to the configuration file. */
      dir: z.string().optional(),
      /** Hosts, such as `wiki.example.com`, whose pages an alert may name as its runbook. */
      hosts: z.array(z.string()).default([]),
    })
    .prefault({}),
  model: modelSchema,
  routing: routingSchema,
  listen: listenSchema,
  correlation: correlationSchema,
  watch: watchSchema,
  retention: retentionSchema,
  fix: fixSchema,
  notify: notifySchema,
  escalation: escalationSchema,
  tickets: ticketsSchema,
  redaction: z
    .strictObject({
      enabled: z.boolean().default(true),
      addresses: z.boolean().default(false),
      /** Own patterns: name of the placeholder → regular expression. */
      patterns: z.record(z.string().regex(/^[a-z0-9-]{1,40}$/), z.string()).default({}),
    })
    .prefault({}),
  proxy: z.strictObject({ https: z.string().optional(), none: z.string().optional() }).prefault({}),
});
export type Config = z.infer<typeof configSchema>;
