import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Bundle,
  commitSchema,
  deploySchema,
  flagSchema,
  healthCheckSchema,
  metricSeriesSchema,
  outsideEventSchema,
  spanRecordSchema,
} from '#src/domain/bundle.ts';
import { InputError } from '#src/domain/errors.ts';
import { type ServiceEntry, serviceEntrySchema } from '#src/domain/service.ts';
import { inOrderOf } from '#src/evidence/bundle/key-order.ts';
import { writeFileAtomic } from '#src/platform/atomic-write.ts';
import { reasonOfFs } from '#src/platform/json-file.ts';

/** Writes the history of a service's repository as a redacted fast-export stream. */
export type RepositoryExporter = (service: string, file: string) => Promise<void>;

const orderEntry = inOrderOf<ServiceEntry>(serviceEntrySchema);

/** Files that a bundle of an earlier recording may have left. `expected.json` is somebody's work. */
const OWN_FILES = [
  'alert.json',
  'rules.json',
  'gaps.json',
  'services.json',
  'metrics.ndjson',
  'logs.ndjson',
  'health.ndjson',
  'changes.json',
  'spans.ndjson',
  'events.ndjson',
  'runbooks',
  'past.json',
  'repos',
];

/**
 * Writes a bundle into a folder. `bundle.json` comes last: a folder without it is no bundle, so
 * a recording that was cut short cannot be mistaken for a whole one.
 * @throws InputError when the folder cannot be written
 */
export async function writeBundle(
  bundle: Bundle,
  dir: string,
  exportRepository: RepositoryExporter,
): Promise<void> {
  try {
    mkdirSync(dir, { recursive: true });
    rmSync(join(dir, 'bundle.json'), { force: true });
    for (const name of OWN_FILES) rmSync(join(dir, name), { force: true, recursive: true });
    const json = (name: string, value: unknown, isEmpty: boolean): void => {
      if (!isEmpty) writeFileAtomic(join(dir, name), `${JSON.stringify(value, null, 2)}\n`);
    };
    const ndjson = (name: string, items: readonly unknown[]): void => {
      if (items.length === 0) return;
      writeFileAtomic(join(dir, name), items.map((item) => `${JSON.stringify(item)}\n`).join(''));
    };
    json('alert.json', bundle.alertGroup, bundle.alertGroup === null);
    json('rules.json', { groups: [{ rules: bundle.rules }] }, bundle.rules.length === 0);
    json('gaps.json', bundle.gaps, bundle.gaps.length === 0);
    const services = [...bundle.services].map(([name, entry]) => [name, orderEntry(entry)]);
    json('services.json', Object.fromEntries(services), services.length === 0);
    ndjson('metrics.ndjson', bundle.metrics.map(inOrderOf(metricSeriesSchema)));
    ndjson('logs.ndjson', bundle.logs);
    ndjson('health.ndjson', bundle.health.map(inOrderOf(healthCheckSchema)));
    const { commits, deploys, flags } = bundle.changes;
    const changes = {
      commits: commits.map(inOrderOf(commitSchema)),
      deploys: deploys.map(inOrderOf(deploySchema)),
      flags: flags.map(inOrderOf(flagSchema)),
    };
    json('changes.json', changes, commits.length + deploys.length + flags.length === 0);
    ndjson('spans.ndjson', bundle.spans.map(inOrderOf(spanRecordSchema)));
    ndjson('events.ndjson', bundle.events.map(inOrderOf(outsideEventSchema)));
    for (const runbook of bundle.runbooks) {
      writeFileAtomic(join(dir, 'runbooks', runbook.name), runbook.text);
    }
    json('past.json', bundle.past, bundle.past.length === 0);
    for (const { service } of bundle.repositories) {
      const file = join(dir, 'repos', `${fileNameOf(service)}.fast-export`);
      mkdirSync(join(dir, 'repos'), { recursive: true });
      await exportRepository(service, file);
    }
    json('bundle.json', bundle.manifest, false);
  } catch (error) {
    if (error instanceof Error && 'code' in error) {
      throw new InputError(`cannot be written (${reasonOfFs(error)})`, {
        where: dir,
        cause: error,
      });
    }
    throw error;
  }
}

/** A service name that stays inside the folder. */
function fileNameOf(service: string): string {
  return service.replace(/[/\\\0]/g, '_').replace(/^\.+/, '_');
}
