import { z } from 'zod';
import type { AlertGroup } from '#src/domain/alert-group.ts';
import type { ServiceEntry } from '#src/domain/service.ts';
import { timeWindowSchema } from '#src/domain/time-window.ts';

/**
 * The records of a bundle (`incident-bundle/v1`, docs/bundle-format.md). Foreign bundles are read
 * leniently (unknown fields are kept out), our own are written with exactly these fields.
 */
const labels = z.record(z.string(), z.string());

export const bundleManifestSchema = z.object({
  schema: z.literal('incident-bundle/v1'),
  capturedAt: z.string(),
  window: timeWindowSchema,
  baseline: timeWindowSchema.optional(),
  service: z.string().optional(),
});
export type BundleManifest = z.infer<typeof bundleManifestSchema>;

/** What was sought and could not be had. */
export const gapSchema = z.object({
  source: z.string(),
  why: z.string(),
  hint: z.string().optional(),
});
export type Gap = z.infer<typeof gapSchema>;

/** An alerting rule with its PromQL expression, as `/api/v1/rules` gives it. */
export const ruleSchema = z.object({
  name: z.string(),
  query: z.string(),
  /** Seconds for which the expression must hold before the alert fires. */
  duration: z.number().optional(),
  labels: labels.optional(),
  annotations: labels.optional(),
  state: z.string().optional(),
  type: z.string().optional(),
});
export type Rule = z.infer<typeof ruleSchema>;

export const SIGNALS = ['traffic', 'errors', 'latency', 'saturation', 'up', 'dependency'] as const;
export const signalSchema = z.enum(SIGNALS);
export type Signal = z.infer<typeof signalSchema>;

const sample = z.tuple([z.number(), z.string()]);

/** One series: Prometheus' range answer, with where it came from. Values are [unix seconds, text]. */
export const metricSeriesSchema = z.object({
  metric: labels,
  values: z.array(sample).default([]),
  /** Native histograms, as in a Prometheus range answer. */
  histograms: z.array(z.tuple([z.number(), z.unknown()])).optional(),
  query: z.string().optional(),
  signal: signalSchema.optional().catch(undefined),
  service: z.string().optional(),
  type: z.enum(['counter', 'gauge', 'histogram']).optional().catch(undefined),
  unit: z.string().optional(),
});
export type MetricSeries = z.infer<typeof metricSeriesSchema>;

/** One log record; `line` is the raw text and may hold newlines. */
export const logRecordSchema = z.object({
  timestamp: z.string(),
  service: z.string(),
  line: z.string(),
  labels: labels.optional(),
});
export type LogRecord = z.infer<typeof logRecordSchema>;

export const healthCheckSchema = z.object({
  timestamp: z.string(),
  service: z.string(),
  url: z.string(),
  status: z.number().int().optional(),
  error: z.string().optional(),
  latencyMs: z.number().optional(),
});
export type HealthCheck = z.infer<typeof healthCheckSchema>;

export const commitSchema = z.object({
  sha: z.string(),
  author: z.string().default(''),
  timestamp: z.string(),
  message: z.string().default(''),
  files: z.array(z.string()).default([]),
  /** Unified diff, or null when it is not at hand. */
  diff: z.string().nullable().default(null),
  service: z.string().optional(),
});
export type Commit = z.infer<typeof commitSchema>;

export const deploySchema = z.object({
  timestamp: z.string(),
  service: z.string(),
  commit: z.string().default(''),
  version: z.string().optional(),
});
export type Deploy = z.infer<typeof deploySchema>;

const flagValue = z
  .union([z.string(), z.number(), z.boolean(), z.null()])
  .transform((value) => String(value));

export const flagSchema = z.object({
  timestamp: z.string(),
  name: z.string(),
  from: flagValue.optional(),
  to: flagValue.optional(),
  service: z.string().optional(),
});
export type Flag = z.infer<typeof flagSchema>;

export const changesSchema = z.object({
  commits: z.array(commitSchema).default([]),
  deploys: z.array(deploySchema).default([]),
  flags: z.array(flagSchema).default([]),
});
export type Changes = z.infer<typeof changesSchema>;

export const spanRecordSchema = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentId: z.string().nullish(),
  service: z.string(),
  name: z.string(),
  start: z.string(),
  durationMs: z.number(),
  status: z.enum(['OK', 'ERROR']).catch('OK'),
  attributes: labels.optional(),
});
export type SpanRecord = z.infer<typeof spanRecordSchema>;

/** What happened outside the services: cluster events, maintenance, notices of providers. */
export const outsideEventSchema = z.object({
  timestamp: z.string(),
  source: z.string(),
  title: z.string(),
  body: z.string().optional(),
  service: z.string().optional(),
});
export type OutsideEvent = z.infer<typeof outsideEventSchema>;

/** A past incident that was at hand. */
export const pastIncidentSchema = z.object({
  id: z.string(),
  title: z.string(),
  service: z.string().optional(),
  at: z.string().optional(),
  cause: z.string().optional(),
  remediation: z.string().optional(),
  templates: z.array(z.string()).optional(),
});
export type PastIncident = z.infer<typeof pastIncidentSchema>;

/** A runbook: file name and markdown. */
export type Runbook = { name: string; text: string };

/** Where the history of a service's repository can be read. */
export type RepositorySource =
  | { service: string; kind: 'fast-export'; file: string }
  | { service: string; kind: 'worktree'; dir: string; baseBranch?: string };

/**
 * Everything that one investigation saw, in memory: an analysis gets this and nothing else.
 * `reader` fills it from disk, `collect` from the world.
 */
export type Bundle = {
  manifest: BundleManifest;
  alertGroup: AlertGroup | null;
  rules: Rule[];
  gaps: Gap[];
  services: ReadonlyMap<string, ServiceEntry>;
  metrics: MetricSeries[];
  logs: LogRecord[];
  health: HealthCheck[];
  changes: Changes;
  spans: SpanRecord[];
  events: OutsideEvent[];
  runbooks: Runbook[];
  past: PastIncident[];
  repositories: RepositorySource[];
};
