import { utimesSync, writeFileSync } from 'node:fs';
import type { Service } from '#src/domain/service.ts';
import { createLogFilesSource } from '#src/evidence/sources/log-files.ts';
import { NOW, requestFor, toolsAt, unending } from './request.ts';

export const MINUTE = 60_000;

/** `2026-03-01 11:59:00,000`, some minutes before {@link NOW}, in UTC. */
export function stamp(minutesAgo: number): string {
  const time = new Date(NOW - minutesAgo * MINUTE).toISOString();
  return time.replace('T', ' ').replace('Z', '').replace('.', ',');
}

export const line = (minutesAgo: number, level: string, message: string): string =>
  `${stamp(minutesAgo)} ${level} app.api ${message}\n`;

/** Writes a log as if its last line had just been written. */
export function log(path: string, content: string | Buffer, minutesAgo = 0): string {
  writeFileSync(path, content);
  const at = (NOW - minutesAgo * MINUTE) / 1000;
  utimesSync(path, at, at);
  return path;
}

/** What the source finds for the services. */
export async function collect(
  services: [Service, ...Service[]],
  settings: { maxBytesPerFile?: number; maxRecords?: number; hasLoki?: boolean } = {},
) {
  const source = createLogFilesSource(
    { maxBytesPerFile: 64 * 1024 * 1024, maxRecords: 20_000, hasLoki: false, ...settings },
    toolsAt(),
  );
  const found = await source.collect(requestFor(services), unending());
  return {
    records: found.logs ?? [],
    lines: (found.logs ?? []).map((record) => record.line),
    gaps: (found.gaps ?? []).map((gap) => gap.why),
    hints: (found.gaps ?? []).map((gap) => gap.hint ?? ''),
    metrics: found.metrics ?? [],
  };
}

export const app = (
  log_paths: NonNullable<Service['log_paths']>,
  more: Partial<Service> = {},
): Service => ({
  name: 'app',
  timezone: 'UTC',
  log_paths,
  ...more,
});
