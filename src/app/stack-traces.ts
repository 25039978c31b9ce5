import { openRepository } from '#src/changes/repository.ts';
import { UsageError } from '#src/domain/errors.ts';
import type { RepositoryView } from '#src/domain/repository.ts';
import type { Service } from '#src/domain/service.ts';
import type { LogSource } from '#src/logs/reading/byte-source.ts';
import { lineText, readLines } from '#src/logs/reading/read-lines.ts';
import { TraceCollector, type TraceReading } from '#src/stacktrace/extract.ts';
import { type Located, locate } from '#src/stacktrace/locate.ts';
import type { CommitNote, TraceView } from '#src/stacktrace/view/terminal.ts';

/** What `incident stacktrace` is asked for. */
export type StackTraceRequest = {
  /** A log file, `-` for standard input. */
  file: string;
  stdin: AsyncIterable<Uint8Array>;
  /** The folder of the repository; that of the service where absent. */
  repoDir?: string | undefined;
  service?: Service | undefined;
  /** The commit that was running. */
  revision?: string | undefined;
};

/** Commits looked through for the names of the suspects. */
const NOTED_COMMITS = 500;

/**
 * The stack traces in a log and, with a repository, the lines and commits behind them.
 * @throws InputError when the log or the repository cannot be read
 * @throws UsageError when the revision is not in the repository
 */
export async function readStackTracesOf(request: StackTraceRequest): Promise<TraceView> {
  const reading = await readLog(request);
  const repoDir = request.repoDir ?? request.service?.repo_path;
  if (repoDir === undefined) {
    return {
      stackTraces: reading.traces,
      locations: [],
      commits: [],
      notes: new Map(),
      hasRepository: false,
    };
  }
  const repository = await openRepository(repoDir, { head: request.service?.base_branch });
  try {
    const located = await locateIn(repository, reading, request);
    const notes = await notesOf(repository, located);
    return { stackTraces: reading.traces, ...located, notes, hasRepository: true };
  } finally {
    await repository.close();
  }
}

async function readLog({ file, stdin, service }: StackTraceRequest): Promise<TraceReading> {
  const source: LogSource = file === '-' ? { iterable: stdin, name: 'standard input' } : { file };
  const own = Object.keys(service?.path_map ?? {});
  const collector = new TraceCollector({ ownCode: () => own });
  await readLines(source, (bytes, start, end) => {
    collector.add({ text: lineText(bytes, start, end), at: null, service: service?.name ?? null });
  });
  return collector.finish();
}

async function locateIn(
  repository: RepositoryView,
  { traces, details }: TraceReading,
  { service, revision }: StackTraceRequest,
): Promise<Located> {
  if (revision !== undefined && (await repository.resolve(revision)) === null) {
    throw new UsageError('the revision is not in the repository', { where: '--revision' });
  }
  return locate(traces, repository, {
    details,
    pathMap: service?.path_map ?? {},
    revision: revision ?? null,
  });
}

async function notesOf(
  repository: RepositoryView,
  { commits }: Located,
): Promise<Map<string, CommitNote>> {
  const notes = new Map<string, CommitNote>();
  if (commits.length === 0) return notes;
  const wanted = new Set(commits.map((commit) => commit.sha));
  for (const commit of await repository.log({ limit: NOTED_COMMITS })) {
    const { sha, timestamp, author, message } = commit;
    if (wanted.has(sha))
      notes.set(sha, { timestamp, author, subject: message.split('\n', 1)[0] ?? '' });
  }
  return notes;
}
