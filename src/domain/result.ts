import { z } from 'zod';
import { severitySchema } from '#src/domain/alert.ts';
import { gapSchema } from '#src/domain/bundle.ts';
import { citeSchema, evidenceSchema } from '#src/domain/evidence.ts';
import { fixSchema } from '#src/domain/fix.ts';
import { incidentSchema } from '#src/domain/incident.ts';
import { stackTraceSchema } from '#src/domain/stack-trace.ts';

const cites = z.array(citeSchema);
const score = z.number().min(0).max(1);

export const CONDITIONS = ['failing', 'degraded', 'healthy', 'unknown'] as const;
export const conditionSchema = z.enum(CONDITIONS);
export type Condition = z.infer<typeof conditionSchema>;

export const CATEGORIES = [
  'code',
  'configuration',
  'dependency',
  'infrastructure',
  'traffic',
  'data',
  'external',
  'none',
  'unknown',
] as const;
export const categorySchema = z.enum(CATEGORIES);
export type Category = z.infer<typeof categorySchema>;

export const REMEDIATIONS = [
  'rollback',
  'roll-forward',
  'config-revert',
  'feature-flag-disable',
  'scale',
  'failover',
  'rotate-certificate',
  'fix-data',
  'wait-upstream',
  'restart',
  'none',
] as const;
export const remediationSchema = z.enum(REMEDIATIONS);
export type Remediation = z.infer<typeof remediationSchema>;

export const VERDICTS = ['confirmed', 'likely', 'inconclusive'] as const;
export const verdictSchema = z.enum(VERDICTS);
export type Verdict = z.infer<typeof verdictSchema>;

export const errorTypeSchema = z.enum(['service_error', 'api_error']);
export type ErrorType = z.infer<typeof errorTypeSchema>;

/** A statement with what it rests on. */
export const statementSchema = z.object({ text: z.string(), cites });
export type Statement = z.infer<typeof statementSchema>;

/** Agent 1: what is failing, how bad, since when, who else suffers. */
export const triageSchema = z.object({
  service: z.string(),
  condition: conditionSchema,
  severity: severitySchema,
  errorType: errorTypeSchema.nullable(),
  summary: z.string(),
  tags: z.array(z.string()),
  indicators: z.array(statementSchema),
  onsetAt: z.string().nullable(),
  firstFailingService: z.string().nullable(),
  blastRadius: z.array(z.string()),
  nextChecks: z.array(statementSchema),
  /** In a model's words, as far as each sentence holds; absent without one. */
  explanation: z.array(statementSchema).optional(),
  cites,
});
export type Triage = z.infer<typeof triageSchema>;

/** A competing explanation, what speaks for and against it, and what would settle it. */
export const hypothesisSchema = z.object({
  id: z.string(),
  statement: z.string(),
  category: categorySchema,
  status: z.enum(['supported', 'refuted', 'untested']),
  score,
  supports: cites,
  contradicts: cites,
  test: z.string(),
});
export type Hypothesis = z.infer<typeof hypothesisSchema>;

export const suspectServiceSchema = z.object({
  service: z.string(),
  metric: z.string().nullable(),
  score,
  cites,
});
export const suspectCommitSchema = z.object({
  sha: z.string(),
  score,
  reasons: z.array(z.string()),
  cites,
});
export const suspectLocationSchema = z.object({
  file: z.string(),
  line: z.number().int(),
  function: z.string().nullable(),
  score,
  cites,
});
export type SuspectService = z.infer<typeof suspectServiceSchema>;
export type SuspectCommit = z.infer<typeof suspectCommitSchema>;
export type SuspectLocation = z.infer<typeof suspectLocationSchema>;

/** Agent 2: what the runtime says. */
export const investigationSchema = z.object({
  hypotheses: z.array(hypothesisSchema),
  suspects: z.object({
    services: z.array(suspectServiceSchema),
    commits: z.array(suspectCommitSchema),
    locations: z.array(suspectLocationSchema),
  }),
  stackTraces: z.array(stackTraceSchema),
});
export type Investigation = z.infer<typeof investigationSchema>;

/** Agent 3: which code, configuration, dependency or outside event did it. */
export const rootCauseSchema = z.object({
  verdict: verdictSchema,
  confidence: score,
  category: categorySchema,
  statement: z.string(),
  service: z.string().nullable(),
  commit: z.string().nullable(),
  location: z.object({ file: z.string(), line: z.number().int() }).nullable(),
  remediation: remediationSchema,
  nextSteps: z.array(statementSchema),
  nextQuery: z.string().nullable(),
  alternatives: z.array(z.string()),
  acquitted: z.array(z.object({ suspect: z.string(), why: z.string(), cites })),
  /** In a model's words, as far as each sentence holds; absent without one. */
  explanation: z.array(statementSchema).optional(),
  cites,
});
export type RootCause = z.infer<typeof rootCauseSchema>;

export const modelUseSchema = z.object({
  provider: z.string(),
  name: z.string(),
  calls: z.number().int(),
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  droppedStatements: z.number().int(),
});
export type ModelUse = z.infer<typeof modelUseSchema>;

/** Milliseconds spent; the only part of a result that a replay need not repeat. */
export const timingsSchema = z.object({
  collectMs: z.number(),
  analyseMs: z.number(),
  modelMs: z.number(),
  totalMs: z.number(),
});
export type Timings = z.infer<typeof timingsSchema>;

/** The one document that `triage`, `investigate`, `fix` and `show` print with `--json`. */
export const resultSchema = z.object({
  schema: z.literal('incident-result/v1'),
  incident: incidentSchema,
  triage: triageSchema,
  investigation: investigationSchema.nullable(),
  rootCause: rootCauseSchema.nullable(),
  fix: fixSchema.nullable(),
  evidence: z.array(evidenceSchema),
  gaps: z.array(gapSchema),
  model: modelUseSchema.nullable(),
  timings: timingsSchema,
});
export type Result = z.infer<typeof resultSchema>;
