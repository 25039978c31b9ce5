import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { AlertGroup } from '#src/domain/alert-group.ts';
import {
  type Bundle,
  bundleManifestSchema,
  changesSchema,
  gapSchema,
  healthCheckSchema,
  outsideEventSchema,
  pastIncidentSchema,
  type RepositorySource,
  type Runbook,
  spanRecordSchema,
} from '#src/domain/bundle.ts';
import { InputError } from '#src/domain/errors.ts';
import { parseTime } from '#src/domain/time.ts';
import { parseRules, parseServices } from '#src/evidence/bundle/documents.ts';
import { readNdjson } from '#src/evidence/bundle/ndjson.ts';
import { checkLogRecord, checkSeries } from '#src/evidence/bundle/records.ts';
import { compareText } from '#src/platform/compare.ts';
import { checkSchema, readJsonFile, reasonOfFs } from '#src/platform/json-file.ts';

/** Reads a webhook payload; handed in, since evidence does not know intake. */
export type PayloadParser = (value: unknown, where: string) => AlertGroup;

/**
 * Reads a bundle (`incident-bundle/v1`) from a folder. Missing files mean that nothing is known
 * of that kind; `expected.json` is never looked at.
 * @throws InputError that names file, line and what was expected
 */
export async function readBundle(dir: string, parsePayload: PayloadParser): Promise<Bundle> {
  const manifestFile = join(dir, 'bundle.json');
  if (!existsSync(manifestFile)) {
    throw new InputError('is not a bundle (it has no bundle.json)', {
      where: dir,
      hint: 'Give a folder that --record wrote.',
    });
  }
  const manifest = checkSchema(bundleManifestSchema, readJsonFile(manifestFile), manifestFile, {
    isOnce: true,
  });
  for (const window of [manifest.window, manifest.baseline]) {
    if (window && (parseTime(window.start) === null || parseTime(window.end) === null)) {
      throw new InputError('window: expected RFC 3339 times', { where: manifestFile });
    }
  }
  const json = <T>(name: string, parse: (value: unknown, where: string) => T, none: T): T => {
    const path = join(dir, name);
    return existsSync(path) ? parse(readJsonFile(path), path) : none;
  };
  const ndjson = async <T>(name: string, check: (v: unknown, w: string) => T): Promise<T[]> => {
    const path = join(dir, name);
    return existsSync(path) ? readNdjson(path, check) : [];
  };
  const by =
    <T extends z.ZodType>(schema: T) =>
    (value: unknown, where: string): z.output<T> =>
      checkSchema(schema, value, where);

  return {
    manifest,
    alertGroup: json<AlertGroup | null>('alert.json', parsePayload, null),
    rules: json('rules.json', parseRules, []),
    gaps: json('gaps.json', by(z.array(gapSchema)), []),
    services: json('services.json', parseServices, new Map()),
    metrics: await ndjson('metrics.ndjson', checkSeries),
    logs: await ndjson('logs.ndjson', checkLogRecord),
    health: await ndjson('health.ndjson', by(healthCheckSchema)),
    changes: json('changes.json', by(changesSchema), { commits: [], deploys: [], flags: [] }),
    spans: await ndjson('spans.ndjson', by(spanRecordSchema)),
    events: await ndjson('events.ndjson', by(outsideEventSchema)),
    runbooks: readRunbooks(join(dir, 'runbooks')),
    past: json('past.json', by(z.array(pastIncidentSchema)), []),
    repositories: findRepositories(join(dir, 'repos')),
  };
}

function list(dir: string, ending: string): string[] {
  if (!existsSync(dir)) return [];
  try {
    return readdirSync(dir)
      .filter((name) => name.endsWith(ending) && statSync(join(dir, name)).isFile())
      .sort(compareText);
  } catch (error) {
    throw new InputError(`cannot be read (${reasonOfFs(error)})`, { where: dir, cause: error });
  }
}

function readRunbooks(dir: string): Runbook[] {
  return list(dir, '.md').map((name) => ({ name, text: readFileSync(join(dir, name), 'utf8') }));
}

function findRepositories(dir: string): RepositorySource[] {
  return list(dir, '.fast-export').map((name) => ({
    service: name.slice(0, -'.fast-export'.length),
    kind: 'fast-export',
    file: join(dir, name),
  }));
}
