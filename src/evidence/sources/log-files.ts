import { basename } from 'node:path';
import type { Gap, LogRecord } from '#src/domain/bundle.ts';
import type { Service } from '#src/domain/service.ts';
import { formatTime } from '#src/domain/time.ts';
import type {
  Collected,
  CollectRequest,
  EvidenceSource,
  SourceSettings,
  SourceTools,
} from '#src/evidence/contract.ts';
import { Doubles } from '#src/evidence/sources/log-files/doubles.ts';
import { ErrorCounts } from '#src/evidence/sources/log-files/error-counts.ts';
import { EntryKeeper, type LogEntry } from '#src/evidence/sources/log-files/keep-entries.ts';
import { readLog } from '#src/evidence/sources/log-files/read-log.ts';
import type { ReadLogOptions } from '#src/evidence/sources/log-files/reading.ts';

/** The error log first: what stands in it again in another log is then known. */
const KINDS = ['error', 'service', 'api'] as const;
/** Share of the records that the target gets when its neighbours have logs too. */
const TARGET_SHARE = 0.6;

/**
 * Reads the log files of the registry, of the target and its neighbours: from the end, back to the
 * start of the baseline, rotated and packed files too.
 */
export function createLogFilesSource(
  settings: SourceSettings['log-files'],
  tools: SourceTools,
): EvidenceSource {
  return {
    id: 'log-files',
    async collect(request, signal): Promise<Collected> {
      const { target } = request;
      const gaps: Gap[] = [];
      if (!target.log_paths && !settings.hasLoki) {
        const hint = 'Add log_paths to its entry in the service registry, or set LOKI_URL.';
        gaps.push({ source: 'log-files', why: `${target.name} has no log_paths`, hint });
      }
      const others = request.services.filter(
        (service) => service.name !== target.name && service.log_paths,
      );
      const read = (service: Service, most: number): Promise<Collected> =>
        readService(service, request, { ...settings, maxRecords: most }, tools.now(), signal);
      const share = others.length > 0 ? TARGET_SHARE : 1;
      const own = await read(target, Math.ceil(settings.maxRecords * share));
      const left = settings.maxRecords - (own.logs?.length ?? 0);
      const parts: Collected[] = [own];
      // One after another: they share the processor anyway, and memory stays bounded.
      for (const service of others) {
        parts.push(await read(service, Math.floor(left / others.length)));
      }
      return {
        logs: parts.flatMap((part) => part.logs ?? []),
        metrics: parts.flatMap((part) => part.metrics ?? []),
        gaps: [...gaps, ...parts.flatMap((part) => part.gaps ?? [])],
      };
    },
  };
}

async function readService(
  service: Service,
  request: CollectRequest,
  settings: SourceSettings['log-files'],
  now: number,
  signal: AbortSignal,
): Promise<Collected> {
  const options: ReadLogOptions = {
    since: request.baseline.start,
    until: request.window.end,
    maxBytes: settings.maxBytesPerFile,
    timeZone: service.timezone,
    now,
    signal,
  };
  const gaps: Gap[] = [];
  const gap = (why: string, hint?: string): void => {
    gaps.push({ source: 'log-files', why: `${service.name}: ${why}`, ...(hint ? { hint } : {}) });
  };
  const keeper = new EntryKeeper(settings.maxRecords);
  const counts = new ErrorCounts(options.since, options.until);
  const doubles = new Doubles();
  const paths = pathsOf(service);
  let foundZone: string | null = null;
  for (const [index, { kind, path, name }] of paths.entries()) {
    doubles.nextLog(index === paths.length - 1);
    const reading = await readLog(path, options, ({ at, text, isError, level }, file, turn) => {
      if (doubles.isKnown(at, text)) return;
      const labels: Record<string, string> = {
        file: nameOfRotated(name, path, file.path),
        log: kind,
      };
      if (level !== null) labels.level = level;
      if (isError) counts.add(at);
      keeper.add({ at, rank: index * 1e6 - turn, text, labels, isError });
    });
    foundZone ??= reading.foundZone;
    for (const problem of new Set(reading.problems)) gap(`${name} ${problem}`);
  }
  const { entries, seen } = keeper.finish();
  if (foundZone !== null) {
    gap(
      `the times in its logs name no zone and are read as UTC${foundZone}, by when the files were written`,
      'Add timezone to its entry in the service registry.',
    );
  }
  if (paths.length > 0 && seen === 0 && gaps.length === 0) gap('no log lines in this time');
  const isCut = entries.length < seen;
  if (isCut) {
    gap(
      `${entries.length} of ${seen} log records were kept, errors first`,
      'Raise logs.maxRecords, or narrow the time with --since and --until.',
    );
  }
  return {
    logs: entries.map((entry) => toRecord(entry, service.name)),
    // With records left out, their number over time is told apart from them.
    metrics: isCut ? counts.series(service.name) : [],
    gaps,
  };
}

type LogPath = { kind: (typeof KINDS)[number]; path: string; name: string };

/** The logs of a service, each path once, with names that tell them apart. */
function pathsOf(service: Service): LogPath[] {
  const all = KINDS.flatMap((kind) => {
    const given = service.log_paths?.[kind];
    return (typeof given === 'string' ? [given] : (given ?? [])).map((path) => ({ kind, path }));
  });
  const unique = all.filter(
    ({ path }, index) => all.findIndex((other) => other.path === path) === index,
  );
  return unique.map((log) => ({ ...log, name: shortName(log.path, unique) }));
}

/** The end of a path that no other path has; never more than it takes. */
function shortName(path: string, all: readonly { path: string }[]): string {
  const parts = path.split(/[/\\]/).filter(Boolean);
  for (let count = 1; count < parts.length; count++) {
    const name = parts.slice(-count).join('/');
    if (all.every((other) => other.path === path || !isEndOf(other.path, name))) return name;
  }
  return basename(path);
}

function isEndOf(path: string, name: string): boolean {
  return `/${path.replaceAll('\\', '/')}`.endsWith(`/${name}`);
}

function nameOfRotated(name: string, path: string, rotated: string): string {
  return rotated === path ? name : name.slice(0, -basename(path).length) + basename(rotated);
}

function toRecord({ at, text, labels }: LogEntry, service: string): LogRecord {
  return { timestamp: formatTime(at), service, line: text, labels };
}
