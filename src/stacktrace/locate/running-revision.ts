import type { RepositoryView } from '#src/domain/repository.ts';
import { parseTime } from '#src/domain/time.ts';
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

/** A revision that was running, and the time after which no commit can have been part of it. */
export type RunningRevision = { revision: string; until: number | null };

/** Commits looked through for the time of a deployed one. */
const REACH = 1000;

/**
 * The revision by which traces are read: the deployed one where it is known, else the newest commit
 * that is not younger than the first occurrence, because a later one cannot have been running.
 * @param firstAt first occurrence, milliseconds since the epoch
 */
export async function startingRevision(
  repo: RepositoryView,
  deployed: string | null | undefined,
  firstAt: number | null,
): Promise<RunningRevision> {
  const known = deployed ? await repo.resolve(deployed) : null;
  if (known) {
    const log = await repo.log({ limit: REACH });
    const at = parseTime(log.find((commit) => commit.sha === known)?.timestamp ?? '');
    return { revision: known, until: least(at, firstAt) };
  }
  if (firstAt === null) return { revision: repo.head, until: null };
  const [newest] = await repo.log({ limit: 1, until: new Date(firstAt).toISOString() });
  return { revision: newest?.sha ?? repo.head, until: firstAt };
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
  start: RunningRevision,
): Promise<RunningRevision> {
  if (fits(await reader.lines(place.file, start.revision), place) !== 'no') return start;
  const until = start.until === null ? {} : { until: new Date(start.until).toISOString() };
  const history = await repo.log({ limit: MAX_STEPS, paths: [place.file], ...until });
  for (const commit of history) {
    const at = parseTime(commit.timestamp);
    const before = at === null ? start.until : at - 1000;
    const [parent] = commit.parents;
    // The version with the commit, then the one without it: the start may lie further along.
    const versions = [{ revision: commit.sha, until: least(at, start.until) }];
    if (parent) versions.push({ revision: parent, until: least(before, start.until) });
    for (const version of versions) {
      if (fits(await reader.lines(place.file, version.revision), place) === 'yes') return version;
    }
  }
  return start;
}

function least(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
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
