import type { LoggedCommit, RepositoryView } from '#src/domain/repository.ts';
import { definitionOf, functionAround } from '#src/stacktrace/locate/function-extent.ts';
import type { SourceReader } from '#src/stacktrace/locate/source-reader.ts';

/** A place that a frame names, as the running code had it. */
export type FramePlace = {
  file: string;
  line: number;
  function: string | null;
  source: string | null;
};

const MAX_STEPS = 12;

/**
 * The revision by which traces are read: the deployed one where it is known, else the newest commit
 * that is not younger than the first occurrence, because a later one cannot have been running.
 */
export async function startingRevision(
  repo: RepositoryView,
  deployed: string | null | undefined,
  firstAt: number | null,
): Promise<string> {
  const known = deployed ? await repo.resolve(deployed) : null;
  if (known) return known;
  if (firstAt === null) return repo.head;
  const [newest] = await repo.log({ limit: 1, until: new Date(firstAt).toISOString() });
  return newest?.sha ?? repo.head;
}

/**
 * The revision in which a frame's line makes sense. Code that was deployed some commits ago has
 * other line numbers; going back through the file's history, the first version is taken in which
 * the line has the printed source, or lies inside the function that the frame names.
 */
export async function runningRevision(
  repo: RepositoryView,
  reader: SourceReader,
  place: FramePlace,
  start: string,
  startTime: number | null,
): Promise<string> {
  if (fits(await reader.lines(place.file, start), place) !== 'no') return start;
  const until = startTime === null ? {} : { until: new Date(startTime).toISOString() };
  const history = await repo.log({ limit: MAX_STEPS, paths: [place.file], ...until });
  for (const commit of history) {
    for (const revision of versionsOf(commit)) {
      if (fits(await reader.lines(place.file, revision), place) === 'yes') return revision;
    }
  }
  return start;
}

/** The file before a commit, and after it: history may hold commits newer than the start. */
function versionsOf(commit: LoggedCommit): string[] {
  const [parent] = commit.parents;
  return parent ? [commit.sha, parent] : [commit.sha];
}

/** Whether a version of a file fits what the frame says; `unknown` where nothing can be checked. */
function fits(lines: readonly string[], place: FramePlace): 'yes' | 'no' | 'unknown' {
  if (place.line > lines.length) return 'no';
  const text = lines[place.line - 1]?.trim() ?? '';
  if (place.source !== null && place.source !== '')
    return text === place.source.trim() ? 'yes' : 'no';
  if (place.function === null) return text === '' ? 'no' : 'unknown';
  if (functionAround(lines, place.line, place.function)) return 'yes';
  // Defined elsewhere in the file it has moved; not recognised in this language it proves nothing.
  if (definitionOf(lines, place.function)) return 'no';
  const isNamed = lines.some((line) => line.includes(place.function ?? ''));
  return isNamed && text !== '' ? 'unknown' : 'no';
}
