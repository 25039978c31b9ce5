/**
 * Writes the JSON Schemas of our formats into docs/schema/, from the zod schemas that the program
 * uses; a test says whether they are up to date.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { configSchema } from '#src/config/schema.ts';
import {
  bundleManifestSchema,
  changesSchema,
  gapSchema,
  healthCheckSchema,
  logRecordSchema,
  metricSeriesSchema,
  outsideEventSchema,
  pastIncidentSchema,
  spanRecordSchema,
} from '#src/domain/bundle.ts';
import { resultSchema } from '#src/domain/result.ts';
import { serviceEntrySchema } from '#src/domain/service.ts';

const bundleSchema = z.object({
  'bundle.json': bundleManifestSchema,
  'gaps.json': z.array(gapSchema),
  'services.json': z.record(z.string(), serviceEntrySchema),
  'metrics.ndjson': metricSeriesSchema.describe('one a line'),
  'logs.ndjson': logRecordSchema.describe('one a line'),
  'health.ndjson': healthCheckSchema.describe('one a line'),
  'changes.json': changesSchema,
  'spans.ndjson': spanRecordSchema.describe('one a line'),
  'events.ndjson': outsideEventSchema.describe('one a line'),
  'past.json': z.array(pastIncidentSchema),
});

const SCHEMAS: Record<string, z.ZodType> = {
  'incident-result-v1': resultSchema,
  'incident-bundle-v1': bundleSchema,
  'incident-config': configSchema,
  'service-registry': z.record(z.string(), z.union([serviceEntrySchema, z.string()])),
};

/** The JSON Schema text of each format by file name. */
export function schemaFiles(): Map<string, string> {
  const files = new Map<string, string>();
  for (const [name, schema] of Object.entries(SCHEMAS)) {
    const io = name === 'incident-result-v1' ? 'output' : 'input';
    const json = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
    files.set(`${name}.schema.json`, `${JSON.stringify(json, null, 2)}\n`);
  }
  return files;
}

if (import.meta.main) {
  const dir = join(import.meta.dirname, '..', 'docs', 'schema');
  mkdirSync(dir, { recursive: true });
  for (const [name, text] of schemaFiles()) writeFileSync(join(dir, name), text);
}
