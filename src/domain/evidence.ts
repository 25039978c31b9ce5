import { z } from 'zod';
import { alertSchema } from '#src/domain/alert.ts';
import {
  commitSchema,
  deploySchema,
  flagSchema,
  healthCheckSchema,
  logRecordSchema,
  outsideEventSchema,
  signalSchema,
  spanRecordSchema,
} from '#src/domain/bundle.ts';
import { stackTraceSchema } from '#src/domain/stack-trace.ts';
import { timeWindowSchema } from '#src/domain/time-window.ts';

/** Kinds of evidence in the order in which ids are given, each with the letter of its ids. */
export const EVIDENCE_LETTERS = {
  alert: 'A',
  metric: 'M',
  log: 'L',
  stack: 'K',
  trace: 'T',
  health: 'H',
  change: 'C',
  event: 'E',
  source: 'S',
  runbook: 'R',
  past: 'P',
} as const;
export type EvidenceKind = keyof typeof EVIDENCE_LETTERS;
export const EVIDENCE_KINDS = Object.keys(EVIDENCE_LETTERS) as EvidenceKind[];

/** A pointer into evidence. What it carries beyond the id is checked against the stored bytes. */
export const citeSchema = z.object({
  id: z.string(),
  /** A part of the stored text. */
  quote: z.string().optional(),
  at: z.string().optional(),
  value: z.number().optional(),
  file: z.string().optional(),
  line: z.number().int().optional(),
});
export type Cite = z.infer<typeof citeSchema>;

const points = z.array(z.tuple([z.number(), z.number().nullable()]));

/** The bytes that evidence rests on, by kind. */
export const evidenceDataSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('alert'), alert: alertSchema }),
  z.object({
    type: z.literal('series'),
    metric: z.record(z.string(), z.string()),
    /** [unix seconds, value]; null where the sample was not a finite number. */
    points,
    signal: signalSchema.optional(),
    unit: z.string().optional(),
    /** How the points were derived from the raw samples, e.g. `rate`, `p99`, `ratio`. */
    derived: z.string().optional(),
    baseline: z.number().nullable().optional(),
    peak: z.number().nullable().optional(),
    onset: z.string().nullable().optional(),
  }),
  z.object({
    type: z.literal('records'),
    template: z.string().optional(),
    /** How many records there were in the incident window and in the baseline. */
    count: z.number(),
    baselineCount: z.number().optional(),
    /** Per minute, start of the minute in unix seconds. */
    perMinute: points.optional(),
    records: z.array(logRecordSchema),
  }),
  z.object({ type: z.literal('frames'), trace: stackTraceSchema }),
  z.object({ type: z.literal('spans'), spans: z.array(spanRecordSchema) }),
  z.object({ type: z.literal('check'), checks: z.array(healthCheckSchema) }),
  z.object({
    type: z.literal('change'),
    change: z.discriminatedUnion('type', [
      commitSchema.extend({ type: z.literal('commit') }),
      deploySchema.extend({ type: z.literal('deploy') }),
      flagSchema.extend({ type: z.literal('flag') }),
    ]),
  }),
  z.object({ type: z.literal('event'), event: outsideEventSchema }),
  z.object({
    type: z.literal('source'),
    file: z.string(),
    /** Number of the first line, from 1. */
    startLine: z.number().int(),
    lines: z.array(z.string()),
    revision: z.string().nullable(),
  }),
  z.object({ type: z.literal('text'), title: z.string(), text: z.string() }),
]);
export type EvidenceData = z.infer<typeof evidenceDataSchema>;

/** One observation with a stable id and the bytes it rests on. */
export const evidenceSchema = z.object({
  id: z.string(),
  kind: z.enum(EVIDENCE_KINDS as [EvidenceKind, ...EvidenceKind[]]),
  source: z.string(),
  query: z.string(),
  window: timeWindowSchema,
  service: z.string().nullable(),
  summary: z.string(),
  data: evidenceDataSchema,
});
export type Evidence = z.infer<typeof evidenceSchema>;
